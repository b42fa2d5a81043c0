"""Rules of the page's own sheets: what holds on every screen accuses, what holds on some or in print does not."""

from __future__ import annotations

import pytest

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page

SITE = "http://www.example-county.gov.cn/index.html"
BOX = '<div class="qzk7"><a href="http://www.stranger-shop.net/">低温恒温槽</a></div>'
HIDING = ".qzk7{position:absolute;left:-3000px}"


def techniques(head: str, body: str = BOX) -> list[str]:
    html = f"<html><head><meta charset='utf-8'><title>某县</title>{head}</head><body><p>正文</p>{body}</body></html>"
    return [link.technique for link in find_dark_links(Page(SITE, html.encode()))]


def sheet(css: str) -> str:
    return f"<style>{css}</style>"


@pytest.mark.parametrize(
    "condition",
    [
        "@media screen",
        "@media all",
        "@MEDIA only screen",
        "@media screen,print",
        "@media not print",
        "@media (min-width:1px)",
        "@media screen and (min-width: 0.1em) and (max-width:99999px)",
        "@media (width >= 1px)",
        "@supports (display:block)",
        "@layer base",
    ],
)
def test_a_condition_that_every_screen_meets_hides_nothing_from_us(condition: str) -> None:
    assert techniques(sheet(f"p{{color:red}}{condition}{{{HIDING}}}")) == ["style_rule"]
    assert techniques(sheet(f"@import url(a.css);{condition} {{p{{margin:0}} {HIDING}}}")) == ["style_rule"]


def test_conditions_inside_of_each_other_are_read() -> None:
    assert techniques(sheet(f"@supports (display:grid){{@media screen{{p{{margin:0}}{HIDING}}}}}")) == ["style_rule"]
    assert techniques(sheet(f"@media print{{@media screen{{{HIDING}}}}}p{{margin:0}}")) == []


@pytest.mark.parametrize(
    "condition",
    [
        "@media print",
        "@media (max-width:768px)",
        "@media screen and (min-width:769px)",
        "@media only screen and (max-device-width:480px)",
        "@media (orientation:portrait)",
        "@media (width < 600px)",
        "@media not screen",
        "@media not all and (min-width:1px)",
        "@media speech",
        "@supports not (display:grid)",
        "@container (min-width:1px)",
        "@-moz-document url-prefix()",
    ],
)
def test_print_and_other_widths_of_the_window_accuse_nobody(condition: str) -> None:
    assert techniques(sheet(f"{condition}{{{HIDING}}}")) == []
    assert techniques(sheet(f"{condition}{{p{{margin:0}}{HIDING}}}p{{color:red}}")) == []


def test_what_stands_behind_a_block_of_print_is_read_again() -> None:
    assert techniques(sheet(f"@media print{{p{{margin:0}}}}{HIDING}")) == ["style_rule"]


def test_a_menu_that_another_width_shows_is_a_menu() -> None:
    hidden, shown = ".qzk7{display:none}", "@media (max-width:768px){.qzk7{display:block}}"
    assert techniques(sheet(hidden)) == ["style_rule"]
    assert techniques(sheet(hidden + shown)) == []
    assert techniques(sheet(shown + hidden)) == []
    assert techniques(sheet(hidden + "@media print{.qzk7{display:none}}")) == ["style_rule"]
    assert techniques(sheet(hidden + "@media print{.qzk7{color:red}}")) == ["style_rule"]


def test_a_later_rule_of_the_same_selector_takes_a_hiding_back() -> None:
    assert techniques(sheet(".qzk7{display:none}.qzk7{display:block}")) == []
    assert techniques(sheet(".qzk7{display:block}.qzk7{display:none}")) == ["style_rule"]


def test_a_sheet_for_print_accuses_nobody_and_one_for_screens_does() -> None:
    assert techniques(f'<style media="print">{HIDING}</style>') == []
    assert techniques(f"<style type='text/css' media='screen'>{HIDING}</style>") == ["style_rule"]
    assert techniques(f"<style media=all>{HIDING}</style>") == ["style_rule"]


def test_every_block_is_a_sheet_of_its_own() -> None:
    assert techniques(f"<style>p{{color:red</style>{sheet(HIDING)}") == ["style_rule"]
    assert techniques(f"<style>@media print{{</style>{sheet(HIDING)}") == ["style_rule"]
    assert techniques(f"<style>/* open</style>{sheet(HIDING)}") == ["style_rule"]


def test_marks_of_comments_and_missing_braces_do_not_save_a_rule() -> None:
    assert techniques(sheet(f"<!-- {HIDING} -->")) == ["style_rule"]
    assert techniques(sheet(f"/* a }} */ {HIDING}")) == ["style_rule"]
    assert techniques(sheet(".qzk7{display:none")) == ["style_rule"]
    assert techniques(sheet("} } " + HIDING)) == ["style_rule"]
