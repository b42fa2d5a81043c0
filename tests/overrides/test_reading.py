"""Override files: what is refused, and what an accepted one does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.override_list import override_for
from govspider.extract.document.page import Page
from govspider.items import ColumnKind, ColumnState, ColumnTarget, UnknownReason
from govspider.overrides.reading import OverrideError, read_overrides, usable_overrides
from govspider.spiders.column_targets import overridden

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
URL = "http://jyt.example.gov.cn/jyt/c110634/zwgklist.shtml"
_PAGE = """<html><body><div class="odd"><p><b>2026年11月17日</b><i data-u="/a/1.html">关于甲的通知</i></p>
<p><b>2026年11月3日</b><i data-u="/a/2.html">关于乙的通知</i></p></div>
<ul class="hot"><li><a href="/h/1.html">热点一</a><span>2026-11-22</span></li></ul></body></html>"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an override with its fixture; values given replace those of a file that is in order."""

    def make(name: str = "jyt", **values: Any) -> Path:
        (tmp_path / "page.html").write_text(_PAGE, encoding="utf-8")
        content = {
            "match": {"host": "jyt.example.gov.cn", "path": "/jyt/c*/zwgklist*.shtml"},
            "list": {"item": "div.odd p", "title": "i", "day": "b"},
            "why": "记录不是链接，由脚本打开",
            "author": "张三",
            "expires": date(2027, 5, 1),
            "fixture": {"file": "page.html", "url": URL, "saved_at": NOW, "items": 2, "newest": date(2026, 11, 17)},
            **values,
        }
        kept = {key: value for key, value in content.items() if value is not None}
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
        return tmp_path

    return make


def test_an_override_that_reads_its_fixture_is_used_until_it_expires(write: Write) -> None:
    folder = write()
    (used,) = usable_overrides(str(folder), TODAY)
    assert override_for(URL, (used,), TODAY) == used
    assert override_for(URL, (used,), date(2027, 5, 2)) is None
    assert override_for("http://other.example.gov.cn/jyt/c1/zwgklist.shtml", (used,), TODAY) is None
    assert usable_overrides(str(folder), date(2027, 5, 2)) == ()
    assert [one.expired for one in read_overrides(folder, date(2027, 5, 2))] == [True]


def test_no_folder_means_no_override_and_a_wrong_folder_is_told(tmp_path: Path) -> None:
    assert usable_overrides("", TODAY) == ()
    with pytest.raises(OverrideError, match="不是目录"):
        usable_overrides(str(tmp_path / "none"), TODAY)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"fixture": {"file": "gone.html", "url": URL, "saved_at": NOW, "items": 2, "newest": TODAY}}, "不存在"),
        (
            {"fixture": {"file": "page.html", "url": URL, "saved_at": NOW, "items": 3, "newest": date(2026, 11, 17)}},
            "读到 2 条",
        ),
        (
            {"fixture": {"file": "page.html", "url": URL, "saved_at": NOW, "items": 2, "newest": date(2026, 11, 18)}},
            "应为 2 条、最新 2026-11-18",
        ),
        (
            {"fixture": {"file": "page.html", "url": "http://a.cn/", "saved_at": NOW, "items": 2, "newest": TODAY}},
            "match",
        ),
        ({"fixture": {"file": "page.html", "url": URL, "saved_at": NOW}}, "fixture.items"),
        ({"fixture": None}, "fixture"),
        ({"why": None}, "why"),
        ({"expires": None}, "expires"),
        ({"list": {"item": "div..odd"}}, "no CSS selector"),
        ({"list": None}, "changes nothing"),
        ({"selector": "li"}, "selector"),
        ({"kind": "news!"}, "kind"),
    ],
)
def test_an_override_that_is_not_in_order_is_refused_with_a_sentence(write: Write, values: Any, words: str) -> None:
    with pytest.raises(OverrideError, match=r"jyt\.yaml") as refused:
        read_overrides(write(**values), TODAY)
    assert words in str(refused.value)


def test_a_file_that_is_no_yaml_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("match: [", encoding="utf-8")
    with pytest.raises(OverrideError, match=r"odd\.yaml"):
        read_overrides(tmp_path, TODAY)


def test_an_override_reads_the_list_and_nothing_beside_it(write: Write) -> None:
    (used,) = usable_overrides(str(write()), TODAY)
    seen = observe_look(Page(URL, _PAGE.encode()), NOW, override=used)
    assert (seen.state, seen.newest, seen.items, seen.source) == (ColumnState.LIST, date(2026, 11, 17), 2, "override")


@pytest.mark.parametrize(
    "body", ["<html><body><p>暂无内容</p></body></html>", _PAGE.replace("年", "/").replace("日", "x")]
)
def test_an_override_that_finds_nothing_where_its_fixture_did_says_drift_and_never_blank(
    write: Write, body: str
) -> None:
    (used,) = usable_overrides(str(write()), TODAY)
    seen = observe_look(Page(URL, body.replace("2026", "x").encode()), NOW, override=used)
    assert (seen.state, seen.reason, seen.newest) == (ColumnState.UNKNOWN, UnknownReason.DRIFT, None)
    assert "jyt" in seen.evidence_text


def test_items_of_the_future_are_kept_apart_by_an_override_too(write: Write) -> None:
    (used,) = usable_overrides(str(write()), TODAY)
    seen = observe_look(Page(URL, _PAGE.encode()), NOW - timedelta(days=10), override=used)
    assert seen.newest == date(2026, 11, 3)
    assert [item.published for item in seen.future_items] == [date(2026, 11, 17)]


def test_an_override_settles_a_guessed_kind_but_not_that_of_the_registry(write: Write) -> None:
    used = usable_overrides(str(write(kind="policy", list=None)), TODAY)
    guessed = ColumnTarget("文件", URL, ColumnKind.OTHER, "guess", 0.3, "", 1, "navigation")
    told = overridden(guessed, used, TODAY)
    assert (told.kind, told.kind_source, told.kind_confidence) == (ColumnKind.POLICY, "override", 1.0)
    registered = ColumnTarget("文件", URL, ColumnKind.NEWS, "registry", 1.0, "", 1, "registry")
    assert overridden(registered, used, TODAY).kind is ColumnKind.NEWS
