"""What stands on a page never acts on the terminal that shows it."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from govspider.reports import screen
from govspider.reports.spreadsheet import Sheet
from govspider.reports.terminal import plain, plain_json, plain_lines

HOSTILE = "\x1b[31m红\x1b]0;owned\x07[bold]粗[/bold]\u202e反\r\n\x9b2J"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m红", "\\x1b[31m红"),
        ("\x9b2J", "\\x9b2J"),
        ("甲\u202e乙", "甲\\u202e乙"),
        ("甲\r\n乙\t丙", "甲\\x0d\\x0a乙\\x09丙"),
        ("\ud800", "\\ud800"),
        ("[bold]甲[/bold] 政府网站　“标识码”", "[bold]甲[/bold] 政府网站　“标识码”"),
    ],
)
def test_only_what_a_terminal_would_act_on_is_written_out(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_line_ends_of_a_text_of_several_lines_stay() -> None:
    assert plain_lines("甲\n\x1b乙") == "甲\n\\x1b乙"


def test_a_table_shows_markup_of_a_page_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    screen.print_sheets([Sheet("问题", ("网址",), [(HOSTILE,), (None,), (3,)])])
    shown = capsys.readouterr().out
    assert "[bold]粗[/bold]" in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\r"} & set(shown)


def test_a_terminal_that_knows_colours_gets_no_sequence_of_a_page() -> None:
    console = Console(force_terminal=True, width=100, color_system="truecolor")
    with console.capture() as captured:
        console.print(screen.table_of(Sheet("问题", ("网址",), [(HOSTILE,)])))
    assert "]0;owned\x07" not in captured.get()
    assert "\\x1b[31m红" in captured.get()


def test_json_for_a_terminal_is_the_same_value_without_active_characters() -> None:
    value = {"词": ["\x1b[31m百家乐\x9b0m\u202e", "第一行\n第二行"]}
    shown = plain_json(value)
    assert json.loads(shown) == value
    assert "百家乐" in shown
    assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 or char == "\u202e" for char in shown)
