"""What is known of a block from other pages never hides what this page does with it."""

from __future__ import annotations

import pytest

from govspider.extract.dark import in_sight
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.in_sight import all_in_sight
from govspider.extract.document import page_walk
from govspider.extract.document.block_memory import BlockMemory
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import sketch_page
from govspider.items import DarkLinkObservation

FRIENDS = "".join(f'<li class="friend"><a href="http://www.friend{n}-demo.org/">友好单位{n}</a></li>' for n in range(9))
BLOCK = f'<div class="friends" id="links"><ul class="list">{FRIENDS}</ul></div>'
# where the block stands, and what else the page says
WAYS = {
    "style around it": '<div style="display:none">BLOCK</div>',
    "style further out": '<div style="position:absolute;left:-9999px"><div><p>A</p>BLOCK</div></div>',
    "attribute": "<div hidden>BLOCK</div>",
    "noscript": "<noscript>BLOCK</noscript>",
    "marquee": '<marquee width="1" height="1">BLOCK</marquee>',
    "sheet that names the block": "<style>.friends{display:none}</style>BLOCK",
    "sheet that names what stands around it": "<style>#far{height:0;overflow:hidden}</style><div id='far'>BLOCK</div>",
    "sheet that names its links": "<style>.friend{text-indent:-9999px}</style>BLOCK",
    "script": "BLOCK<script>document.getElementById('links').style.display='none';</script>",
    "split script": "BLOCK<script>document.getElementById('li'+'nks').style.display='no'+'ne';</script>",
    "written box": (
        "<script>document.write('<div style=\"display:none\">')</script>BLOCK<script>document.write('</div>')</script>"
    ),
}


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> BlockMemory:
    """A memory of its own, empty."""
    memory = BlockMemory(2_000_000, 5_000)
    monkeypatch.setattr(page_walk, "block_memory", lambda: memory)
    monkeypatch.setattr(in_sight, "block_memory", lambda: memory)
    return memory


def page_with(body: str, path: str = "/") -> Page:
    html = f"<html><head><title>云景市人民政府</title></head><body><div class='top'>欢迎</div>{body}</body></html>"
    return Page(f"http://www.yunjing-demo.gov.cn{path}", html.encode(), "text/html; charset=utf-8")


def walked_over(body: str, path: str = "/") -> Page:
    page = page_with(body, path)
    sketch_page(page)
    return page


def see_often(body: str) -> None:
    for number in range(3):
        find_dark_links(walked_over(f"<p>第{number}页</p>{body}", f"/{number}.html"))


def plainly(body: str) -> tuple[DarkLinkObservation, ...]:
    """What is found where nothing is known."""
    return find_dark_links(page_with(body))


def test_a_page_of_known_blocks_in_plain_sight_needs_no_search() -> None:
    see_often(BLOCK)
    page = walked_over(f"<p>正文</p>{BLOCK}")
    assert all_in_sight(page)
    assert find_dark_links(page) == plainly(f"<p>正文</p>{BLOCK}") == ()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_block_known_in_plain_sight_is_found_where_this_page_hides_it(way: str) -> None:
    see_often(BLOCK)
    hidden = way.replace("BLOCK", BLOCK)
    assert plainly(hidden), "the way hides nothing, and shows nothing here"
    assert find_dark_links(walked_over(hidden)) == plainly(hidden)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_what_hides_a_block_is_found_on_every_page_that_repeats_it(way: str) -> None:
    hidden = way.replace("BLOCK", BLOCK)
    see_often(hidden)
    assert find_dark_links(walked_over(hidden)) == plainly(hidden) != ()


def test_a_block_that_hides_one_of_its_links_is_never_in_plain_sight() -> None:
    hidden = BLOCK.replace("<li class", '<li style="display:none" class', 1)
    see_often(hidden)
    assert find_dark_links(walked_over(hidden)) == plainly(hidden) != ()


def test_a_known_block_with_a_link_in_a_colour_of_its_own_is_searched() -> None:
    pale = BLOCK.replace('id="links"', 'id="links" bgcolor="#ffffff"').replace(
        "友好单位3", '<font color="#ffffff">友好单位3</font>'
    )
    see_often(pale)
    assert not all_in_sight(walked_over(pale))


def test_a_frame_of_no_size_is_found_in_a_known_block() -> None:
    framed = BLOCK.replace("</ul>", '</ul><iframe src="http://www.stranger-demo.com/" width="0" height="0"></iframe>')
    see_often(framed)
    assert find_dark_links(walked_over(framed)) == plainly(framed) != ()


def test_whose_a_host_is_depends_on_the_page_and_not_on_where_its_block_was_seen() -> None:
    hidden = BLOCK.replace("<li class", '<li style="display:none" class', 1)
    for number in range(3):
        own = Page(f"http://www.friend0-demo.org/{number}.html", page_with(hidden).body, "text/html; charset=utf-8")
        sketch_page(own)
        assert find_dark_links(own) == ()
    assert find_dark_links(walked_over(hidden)) == plainly(hidden) != ()
