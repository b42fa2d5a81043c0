"""The request behind a list that a browser showed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from govspider.extract.columns.learned_request import (
    brings_list,
    learn,
    rendered_list,
    replay,
    shell_fingerprint,
    stands,
)
from govspider.extract.document.page import Page
from govspider.items import FollowUpPurpose

NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
URL = "http://www.example.gov.cn/tzgg/"
_TITLES = ["关于开展安全生产检查的通知", "关于公布办事指南的公告", "关于征求意见稿的函", "关于召开座谈会的通知"]


def _shell(script: str = "app.js?v=1") -> Page:
    return Page(URL, f'<html><body><div id="app"></div><script src="{script}"></script></body></html>'.encode())


def _rendered(titles: list[str] = _TITLES) -> Page:
    rows = "".join(
        f'<li><a href="/a/{n}.html">{title}</a><span>2026-11-{18 - n:02d}</span></li>' for n, title in enumerate(titles)
    )
    body = f'<html><body><div id="app"><ul>{rows}</ul></div></body></html>'
    return Page(URL, body.encode(), rendered=True)


def _answer(titles: list[str] = _TITLES, first_day: int = 18) -> Page:
    rows = [
        {"title": title, "url": f"/a/{n}.html", "pubDate": f"2026-11-{first_day - n:02d}"}
        for n, title in enumerate(titles)
    ]
    body = json.dumps({"data": {"list": rows, "total": len(rows)}}, ensure_ascii=False).encode()
    return Page(f"{URL}api", body, "application/json")


def test_the_answer_that_holds_what_is_shown_is_the_list() -> None:
    other = _answer(["热点推荐第一条消息内容", "热点推荐第二条消息内容", "热点推荐第三条消息内容"])
    found = rendered_list(_shell(), _rendered(), [other, _answer()], whole=False, now=NOW)
    assert found is not None
    assert (found.answer, found.observation.newest, found.observation.source) == (1, date(2026, 11, 18), "browser")


def test_a_list_that_no_answer_holds_is_trusted_only_where_nothing_is_missing() -> None:
    assert rendered_list(_shell(), _rendered(), [], whole=False, now=NOW) is None
    whole = rendered_list(_shell(), _rendered(), [], whole=True, now=NOW)
    assert whole is not None
    assert whole.answer is None


def test_an_answer_with_another_newest_day_is_not_learned() -> None:
    found = rendered_list(_shell(), _rendered(), [_answer(first_day=20)], whole=True, now=NOW)
    assert found is not None
    assert found.answer is None


def test_words_of_emptiness_in_a_browser_are_no_blank() -> None:
    empty = Page(URL, "<html><body><div id='app'><p>暂无内容</p></div></body></html>".encode(), rendered=True)
    assert rendered_list(_shell(), empty, [], whole=True, now=NOW) is None


@pytest.mark.parametrize(
    ("asked", "kept", "again"),
    [
        ("a?_={ms}", "a?_={unix_ms}", "a?_={later_ms}"),
        ("a?t={s}&id=1234567890", "a?t={unix}&id=1234567890", "a?t={later_s}&id=1234567890"),
        ("a?id=1600000000000", "a?id=1600000000000", "a?id=1600000000000"),
        ("a?code=9{s}9", "a?code=9{s}9", "a?code=9{s}9"),
    ],
)
def test_the_time_of_asking_is_filled_in_anew_and_other_numbers_stay(asked: str, kept: str, again: str) -> None:
    later = NOW + timedelta(days=3)
    values = {"s": int(NOW.timestamp()), "ms": int(NOW.timestamp() * 1000)}
    values |= {"later_s": int(later.timestamp()), "later_ms": int(later.timestamp() * 1000)}

    def told(form: str) -> str:
        for name, value in values.items():
            form = form.replace(f"{{{name}}}", str(value))
        return form

    learned = learn(_shell(), "POST", URL + told(asked), told(asked), {"Cookie": "x", "Accept": "*/*"}, NOW)
    assert (learned.url, learned.body, dict(learned.headers)) == (URL + told(kept), told(kept), {"accept": "*/*"})
    follow_up = replay(learned, later)
    assert (follow_up.url, follow_up.body, follow_up.method) == (URL + told(again), told(again), "POST")
    assert follow_up.purpose is FollowUpPurpose.LIST_DATA


def test_a_learned_request_stands_for_the_same_scripts_and_a_limited_time() -> None:
    learned = learn(_shell(), "GET", URL, "", {}, NOW)
    assert stands(learned, _shell("app.js?v=2"), NOW + timedelta(days=29), 30)
    assert not stands(learned, _shell("main.js"), NOW, 30)
    assert not stands(learned, _shell(), NOW + timedelta(days=31), 30)
    assert not stands(replace(learned, shell_sha256=""), _shell(), NOW, 30)


def test_numbers_that_change_by_themselves_are_no_new_script() -> None:
    assert shell_fingerprint(_shell("app.12ab34cd56ef7890.js")) == shell_fingerprint(_shell("app.99ab34cd56ef7811.js"))


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"code":500,"msg":"error"}', b"<html>login</html>", b'{"data":{"list":']
)
def test_an_answer_without_records_brings_no_list(body: bytes) -> None:
    part: Any = Page(f"{URL}api", body, "application/json")
    assert not brings_list(_shell(), part, NOW)
    assert brings_list(_shell(), _answer(), NOW)
