"""The corpus is what it says: seeded, covered, in the bytes it declares, with truths that agree with its pages."""

from __future__ import annotations

import re
from collections import Counter

from govspider.items import ColumnState
from tests.accuracy.date_forms import FORMS, JSON_FORMS, forms_of
from tests.accuracy.generator import SEED, corpus, split
from tests.accuracy.layouts import LAYOUTS
from tests.accuracy.scene import months_before, window_starts
from tests.accuracy.traps import TRAPS
from tests.accuracy.truth import PARTS, TODAY, CorpusPage, digest

_LISTS = (ColumnState.LIST, ColumnState.PORTAL)


def text_of(page: CorpusPage) -> str:
    """Page and parts as text, in the encoding the page was written in."""
    gbk = "gbk" in page.trap or page.trap == "charset_in_the_header_only"
    whole = page.body.decode("gb18030" if gbk else "utf-8")
    return whole + "".join(part.body.decode("utf-8") for part in page.parts)


def test_the_same_seed_makes_the_same_bytes() -> None:
    assert digest(corpus.__wrapped__(SEED)) == digest(corpus())


def test_another_seed_makes_another_corpus() -> None:
    assert digest(corpus(SEED + 1)) != digest(corpus())


def test_page_names_are_never_used_twice() -> None:
    names = Counter(page.name for page in corpus())
    assert [name for name, times in names.items() if times > 1] == []


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(corpus()) >= 300
    assert len({page.layout for page in corpus()}) >= 25


def test_every_layout_and_trap_stands_in_one_part() -> None:
    for registered, parts in ((LAYOUTS, split()["layouts"]), (TRAPS, split()["traps"])):
        assert sorted(name for part in PARTS for name in parts[part]) == sorted(registered)


def test_every_layout_is_covered_in_its_own_part() -> None:
    for part in PARTS:
        seen = {page.layout for page in corpus() if page.part == part}
        assert set(split()["layouts"][part]) <= seen


def test_every_trap_is_set_several_times_in_its_own_part() -> None:
    for part in PARTS:
        times = Counter(page.trap for page in corpus() if page.part == part)
        assert [name for name in split()["traps"][part] if times[name] < 3] == []


def test_no_page_uses_a_layout_or_trap_of_a_part_that_is_kept_further_away() -> None:
    for number, part in enumerate(PARTS):
        further = {name for other in PARTS[number + 1 :] for told in split().values() for name in told.get(other, ())}
        assert [page.name for page in corpus() if page.part == part and further & {page.layout, page.trap}] == []


def test_the_tuned_part_is_about_half() -> None:
    tuned = sum(not page.held for page in corpus())
    assert 0.45 <= tuned / len(corpus()) <= 0.65


def test_traps_lie_in_both_directions_in_every_part() -> None:
    for part in PARTS:
        assert {TRAPS[name].tempts for name in split()["traps"][part]} >= {"updated", "outdated", "blank", "nothing"}


def test_every_form_of_a_day_is_covered() -> None:
    used = {page.form for page in corpus()}
    assert {*FORMS, *JSON_FORMS} - used == set()


def test_gbk_pages_are_gbk_and_nothing_else() -> None:
    pages = [page for page in corpus() if page.trap in ("gbk_declared", "gbk_undeclared", "gbk_declared_as_utf8")]
    assert pages
    for page in pages:
        assert "栏目" in page.body.decode("gb18030") or "公开" in page.body.decode("gb18030"), page.name
        assert not _is_utf8(page.body), f"{page.name} can be read as UTF-8"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_declared_character_sets_stand_in_the_pages() -> None:
    declared = [page for page in corpus() if page.trap == "gbk_declared"]
    assert all(b"charset=gb2312" in page.body or b'charset="gb2312"' in page.body for page in declared)
    undeclared = [page for page in corpus() if page.trap == "gbk_undeclared"]
    assert not any(re.search(rb"<meta[^>]+charset", page.body) for page in undeclared)


def test_the_newest_day_stands_in_the_page_as_its_form_writes_it() -> None:
    plain = {"iso": "%Y-%m-%d", "slashes": "%Y/%m/%d", "dots": "%Y.%m.%d", "json_day": "%Y-%m-%d"}
    checked = 0
    for page in corpus():
        if page.form not in plain or page.truth.newest is None or page.trap == "newest_in_another_form":
            continue
        if page.layout in (
            "month_headings",
            "year_headings",
            "day_headings",
            "parallel_arrays",
            "rowspan_months",
        ):  # no whole day in one place
            continue
        checked += 1
        assert f"{page.truth.newest:{plain[page.form]}}" in text_of(page), page.name
    assert checked > 60


def test_no_truth_lies_in_the_future() -> None:
    assert [page.name for page in corpus() if page.truth.newest and page.truth.newest > TODAY] == []


def test_a_dead_column_with_a_tempting_day_is_really_dead() -> None:
    tempting = {name for name, trap in TRAPS.items() if trap.tempts == "updated"}
    half_year = months_before(TODAY, 6)
    for page in corpus():
        if page.trap in tempting and page.truth.newest is not None:
            assert page.truth.newest < half_year, page.name


def test_a_live_column_with_a_tempting_day_is_really_live() -> None:
    tempting = {name for name, trap in TRAPS.items() if trap.tempts == "outdated"}
    for page in corpus():
        if page.trap in tempting and page.truth.newest is not None:
            assert page.truth.newest >= window_starts()["14d"], page.name


def test_truths_of_lists_count_items_and_others_have_no_day() -> None:
    for page in corpus():
        truth = page.truth
        if truth.state in _LISTS:
            assert truth.items is None or truth.items > 0, page.name
        else:
            assert truth.newest is None and not truth.items, page.name


def test_a_list_without_a_day_is_undated_by_design_only() -> None:
    undated = [page for page in corpus() if page.truth.state is ColumnState.LIST and page.truth.newest is None]
    assert {page.form for page in undated} == set(forms_of("undated"))


def test_days_without_years_are_those_of_live_lists_and_of_dead_ones_and_some_have_no_articles() -> None:
    pages = [page for page in corpus() if page.form in forms_of("order")]
    witnessed = [page for page in pages if page.articles]
    assert {page.truth.state for page in pages if not page.articles} == {ColumnState.UNKNOWN}
    newest = [page.truth.newest for page in witnessed if page.truth.newest]
    assert sum(day >= window_starts()["14d"] for day in newest) > 3
    assert sum(day < window_starts()["6mo"] for day in newest) > 3
    assert not any(f"{page.truth.newest}" in text_of(page) for page in witnessed), "the page tells no year"


def test_unknown_is_the_truth_only_where_reasons_say_why() -> None:
    assert all(page.truth.reasons for page in corpus() if page.truth.state is ColumnState.UNKNOWN)


def test_both_sides_of_every_window_are_covered() -> None:
    days = {(TODAY - page.truth.newest).days for page in corpus() if page.truth.newest}
    assert {14, 15} <= days
    starts = window_starts()
    ages = [page.truth.newest for page in corpus() if page.truth.newest]
    for start in starts.values():
        assert sum(day >= start for day in ages) > 30
        assert sum(day < start for day in ages) > 30


def test_the_windows_count_calendar_months_back_from_the_day_of_looking() -> None:
    assert {name: f"{day}" for name, day in window_starts().items()} == {
        "14d": "2026-11-08",
        "6mo": "2026-05-22",
        "1y": "2025-11-22",
    }
