"""Hostile pages: bounded work, and what was left unread is said."""

from __future__ import annotations

import pytest

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.style_sheets import style_sheets
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.dark.unread import unread_parts
from govspider.extract.document.hiding import hiding_rules
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of

SITE = "http://www.example-county.gov.cn/"
BETTING = '<div style="display:none"><a href="http://www.stranger-bet.net/">百家乐</a></div>'
LIMITS = hiding_rules().limits


def page_of(body: str, head: str = "") -> Page:
    return Page(SITE, f"<html><head><title>某县</title>{head}</head><body>{body}</body></html>".encode())


def test_an_ordinary_page_is_read_to_its_end() -> None:
    assert unread_parts(page_of("<p>正文</p>" * 2000 + "<style>.a{color:red}</style><script>var a=1</script>")) == ()


def test_a_hundred_thousand_nested_elements_are_said_to_be_unread() -> None:
    page = page_of('<div style="color:red">' * 100_000 + BETTING)
    assert isinstance(find_dark_links(page), tuple)
    assert isinstance(find_tampering(page), tuple)
    assert any("嵌套过深" in told for told in unread_parts(page))


def test_a_hundred_thousand_style_rules_are_read_up_to_a_bound() -> None:
    sheet = "".join(f".c{number}{{display:none}}" for number in range(100_000))
    page = page_of(
        BETTING + '<b class="c7"><a href="http://www.stranger-shop.net/">甲</a></b>', f"<style>{sheet}</style>"
    )
    assert len(find_dark_links(page)) >= 1
    assert sum(len(css) for css, _ in style_sheets(page).read) <= LIMITS["style_text"]
    assert any("样式表" in told for told in unread_parts(page))


def test_a_page_of_a_million_style_rules_ends() -> None:
    """It is larger than any page that is parsed: only its text is looked over."""
    page = page_of(BETTING, f"<style>{'.c{display:none}' * 1_000_000}</style>")
    assert isinstance(find_dark_links(page), tuple)
    assert any("样式表" in told for told in unread_parts(page))


def test_megabytes_of_packed_script_are_read_up_to_a_bound() -> None:
    crumbs = "var a=" + "+".join(["'ab'"] * 400_000) + ";"
    page = page_of(f"<script>{crumbs}</script>{BETTING}")
    assert len(find_dark_links(page)) == 1
    assert sum(len(script.source) for script in scripts_of(page)) <= LIMITS["script_total"]
    assert any("脚本" in told for told in unread_parts(page))


def test_more_links_than_are_read_are_said() -> None:
    page = page_of('<a href="http://s.stranger-shop.net/">甲</a>' * (LIMITS["raw_links"] + 1))
    assert isinstance(find_dark_links(page), tuple)
    assert any("链接超过" in told for told in unread_parts(page))


def test_a_planted_box_behind_thousands_of_links_to_one_host_is_found() -> None:
    page = page_of('<a href="http://www.partner-county.gov.cn/">甲</a>' * 6000 + BETTING)
    assert len(find_dark_links(page)) == 1


def test_more_hosts_than_are_told_apart_are_said() -> None:
    named = (f'<a href="http://www.stranger{number}.net/">甲</a>' for number in range(LIMITS["hosts"] + 1))
    assert any("域名超过" in told for told in unread_parts(page_of("".join(named))))


def test_more_links_than_are_looked_at_for_farms_are_said() -> None:
    page = page_of('<a href="http://s.stranger-shop.net/">甲</a>' * (tampering_rules().limits["links"] + 1))
    assert any("成片的推广链接" in told for told in unread_parts(page))


@pytest.mark.parametrize(
    "trap",
    [
        "<" * 300_000,
        "<a " * 60_000,
        "<style>" * 30_000,
        "<style>/*" + "/*" * 100_000,
        "<style>" + ".x{" * 60_000,
        "<!--" * 60_000,
        "<script>'" + "\\'" * 100_000,
        "<script>" + "a[" * 60_000,
        "<script>eval(" * 20_000,
        "<script>" + "$('#a')" * 30_000,
        "&#" * 100_000,
        "//" + "a" * 200_000,
        "//a." * 50_000,
        "会" * 100_000 + "。" * 10,
        "百家乐 " * 30_000,
        "<p style='" + "a:b;" * 50_000 + "'>",
        "國會發時" * 30_000,
        "<div id=x>" * 20_000,
        "</html>" * 30_000,
        "<title>" * 30_000,
        f'<div id="{"1" * 300_000}x" style="display:none">{BETTING}</div>',
        f'<iframe src="http://www.stranger-shop.net/" width="{"1" * 300_000}x" height=0></iframe>',
        f'<marquee width="{"1" * 300_000}x">{BETTING}</marquee>',
        f"<b id=q>{BETTING}</b><script>with(document.getElementById('q').style){' ' * 200_000}x</script>",
        f"<b id=q>{BETTING}</b><script>$('#q').css({' ' * 200_000}x</script>",
        f"<b id=q>{BETTING}</b><script>$('#q').fadeOut({' ' * 200_000}x</script>",
        f"<b id=q>{BETTING}</b><script>{'try{' * 60_000}{'$(`#q`).hide();'.replace('`', chr(39)) * 200}</script>",
        f"<script>{'+ ' * 100_000}</script>",
        f"<script>{' [' * 100_000}</script>",
        "// " * 100_000,
        "\\" * 200_000,
        "&amp;#" * 60_000,
        "①" * 100_000,
    ],
    ids=lambda trap: trap[:12],
)
def test_traps_for_regular_expressions_end(trap: str) -> None:
    """Each of these would take minutes where work grew with the square of the page."""
    page = page_of(f"{BETTING}{trap}{BETTING}")
    assert isinstance(find_dark_links(page), tuple)
    assert isinstance(find_tampering(page), tuple)


def test_a_script_of_more_blocks_than_are_followed_is_said() -> None:
    page = page_of(f"<script>{'try{}' * LIMITS['script_blocks']}</script>")
    assert any("花括号超过" in told for told in unread_parts(page))
    assert unread_parts(page_of(f"<script>{'if(a){b()}' * 5000}</script>")) == ()


def test_a_head_of_many_keywords_is_judged_up_to_a_bound() -> None:
    """Each one is compared with the page's text: thousands of them once took minutes."""
    metas = "".join(f'<meta name="keywords" content="百家乐,六合彩,{number}">' for number in range(20_000))
    page = page_of("<p>正文</p>", metas)
    assert 1 <= len(find_tampering(page)) <= 20
    assert any("关键词与描述超过20条" in told for told in unread_parts(page))
    once = page_of("<p>正文</p>", '<meta name="keywords" content="百家乐">' * 100)
    assert unread_parts(once) == ()


def test_thousands_of_links_at_a_wrong_place_are_weighed_once() -> None:
    links = "".join(f'<a href="http://h{number}.com/">甲</a>' for number in range(15_000))
    html = f"<html><head></head><body><p>正文</p></body></html>{links}".encode()
    assert len(find_dark_links(Page(SITE, html))) == LIMITS["observations"]
