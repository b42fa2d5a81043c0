"""A block that was read on one page gives the same links on the next one as if it had been read there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from govspider.extract.document import page_walk
from govspider.extract.document.block_memory import BlockMemory
from govspider.extract.document.page import Page
from govspider.extract.links import links
from govspider.extract.links.links import find_links, link_blocks
from govspider.items import Link
from tests.city.model import Asked
from tests.city.plan import make_plan
from tests.city.routes import site_routes

MENU = "".join(f'<li><a href="/column{number}/" title="t">栏目{number}</a></li>' for number in range(20))
BESIDE = "".join(f'<li><a href="./page{number}.htm">文章{number}</a></li>' for number in range(20))
ASKING = "".join(f'<li><a href="/search?q=公开{number}">搜索{number}</a></li>' for number in range(20))


def page(address: str, inner: str, charset: str = "utf-8") -> Page:
    text = f"<html><body><div class='nav'><ul>{inner}</ul></div></body></html>"
    return Page(address, text.encode(charset), f"text/html; charset={charset}")


def plainly(address: str, body: bytes, content_type: str | None, monkeypatch: pytest.MonkeyPatch) -> tuple[Link, ...]:
    """Links without any memory of blocks."""
    with monkeypatch.context() as patched:
        patched.setattr(page_walk, "_bounds", lambda: (12, 0))
        return find_links(Page(address, body, content_type))


def test_a_menu_that_repeats_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = (find_links(page(f"http://www.once.gov.cn/a/{number}.htm", MENU)) for number in (1, 2))
    assert first == again

    def no_reading(*_: object) -> None:
        raise AssertionError("an element of the second page was read")

    monkeypatch.setattr(links, "_read", no_reading)
    assert find_links(page("http://www.once.gov.cn/b/2.htm", MENU)) == first


def test_links_beside_the_page_are_resolved_against_their_own_page() -> None:
    for folder in ("a", "b", "a"):
        found = find_links(page(f"http://www.beside.gov.cn/{folder}/index.htm", BESIDE))
        assert found[0].url == f"http://www.beside.gov.cn/{folder}/page0.htm"


def test_the_same_markup_on_another_host_leads_to_that_host() -> None:
    hosts = [f"http://{name}.gov.cn/" for name in ("www.one", "www.two", "www.one")]
    assert [find_links(page(host, MENU))[0].url for host in hosts] == [f"{host}column0/" for host in hosts]


def test_a_query_travels_in_the_encoding_of_its_own_page() -> None:
    asked = [find_links(page("http://www.ask.gov.cn/", ASKING, charset))[0].url for charset in ("utf-8", "gbk")]
    assert asked == [
        "http://www.ask.gov.cn/search?q=%E5%85%AC%E5%BC%800",
        "http://www.ask.gov.cn/search?q=%B9%AB%BF%AA0",
    ]


def test_a_block_moved_into_the_footer_stands_there() -> None:
    text = "<html><body><div class='%s'><div><ul>" + MENU + "</ul></div></div></body></html>"
    pages = [Page("http://www.moved.gov.cn/", (text % place).encode()) for place in ("nav", "footer")]
    assert [find_links(one)[0].place for one in pages] == ["navigation", "footer"]


def test_the_pages_of_a_city_hold_the_same_links_with_and_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(7, datetime(2026, 11, 20, tzinfo=UTC))
    for site in plan.sites[:8]:
        for path, route in site_routes(plan, site).items():
            answer = route(Asked("GET", site.scheme, site.host, path))
            if answer.content_type.startswith("text/html") and answer.body:
                address = site.origin + path
                found = find_links(Page(address, answer.body, answer.content_type))
                assert found == plainly(address, answer.body, answer.content_type, monkeypatch), address


def test_captured_pages_hold_the_same_links_with_and_without_memory(
    captured_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in sorted(captured_pages.rglob("*.html")):
        body = path.read_bytes()
        for address in ("http://www.x.gov.cn/a/b.html", "http://www.x.gov.cn/c/d.html"):
            assert find_links(Page(address, body)) == plainly(address, body, None, monkeypatch), path.name


def test_links_of_one_name_are_the_same_links_on_every_page() -> None:
    pages = [page(f"http://www.named.gov.cn/{folder}/1.htm", inner) for folder in "ab" for inner in (MENU, BESIDE)]
    of_name: dict[str, set[tuple[Link, ...]]] = {}
    for one in pages:
        found = find_links(one)
        for block in link_blocks(one):
            of_name.setdefault(block.digest, set()).add(found[block.start : block.start + block.count])
    assert sorted(len(links) for links in of_name.values()) == [1, 1, 1]
    assert {len(links) for named in of_name.values() for links in named} == {20}


def test_a_block_that_is_kept_in_part_has_another_name() -> None:
    above = "<p><a href='/column3/' title='t'>栏目3</a></p>"
    text = "<html><body>%s<div class='nav'><ul>" + MENU + "</ul></div></body></html>"
    whole, part = (Page("http://www.part.gov.cn/", (text % before).encode()) for before in ("", above))
    (one,), (other,) = link_blocks(whole), link_blocks(part)
    assert (one.count, other.start, other.count) == (20, 1, 19)
    assert one.digest != other.digest


def test_what_is_a_block_does_not_depend_on_what_was_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        f"<html><body><div class='nav'>{'<div>' * 3}<ul>{MENU}</ul>{'</div>' * 3}</div><ul>{BESIDE}</ul></body></html>"
    )
    memory = BlockMemory(1_000_000, 1_000)
    monkeypatch.setattr(page_walk, "block_memory", lambda: memory)
    first, *others = (link_blocks(Page("http://www.again.gov.cn/a/", text.encode())) for _ in range(4))
    assert others == [first] * 3
    assert [block.count for block in first] == [20, 20]


def test_a_known_menu_gives_what_its_page_has_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = '<p><a href="/column7/" title="t">栏目7</a></p><p><a href="/column3/" title="t">栏目3</a></p>'
    pages = [page(f"http://www.partly.gov.cn/a/{number}.htm", f"{shown}<ul>{MENU}</ul>") for number in range(3)]
    for one in pages:
        found = find_links(one)
        assert found == plainly(one.url, one.body, one.content_type, monkeypatch)
        assert [link.text for link in found[:4]] == ["栏目7", "栏目3", "栏目0", "栏目1"]
        assert len(found) == 20


def test_a_known_menu_beyond_the_most_links_of_a_page_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [
        page(f"http://www.cut.gov.cn/a/{number}.htm", f"<li><a href='/x{number}'>x</a></li><ul>{MENU}</ul>")
        for number in range(4)
    ]
    for one in pages[:3]:
        assert len(find_links(one)) == 21
    monkeypatch.setattr(links, "_bounds", lambda: links._Bounds(links=15, path_steps=6, address=4000))
    assert len(find_links(pages[3])) == 15
    assert links.links_were_cut(pages[3])
