"""Dead letters are whole lines; half a line that a stopped machine left is told and spoils no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from govspider.evidence.dead_letters import DeadLettersError, append, read
from scripts import dead_letters

_FIRST = {"error": "integer out of range", "item": "PageSeen", "row": {"url": "'http://www.a.gov.cn/\u4e91'"}}
_SECOND = {"error": "too long", "item": "LinkAnswered", "row": {"url": "'http://www.b.gov.cn/'"}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "dead-letters.jsonl"


def test_what_is_appended_is_read_in_order(path: Path) -> None:
    append(path, _FIRST)
    append(path, _SECOND)
    assert read(path).letters == (_FIRST, _SECOND)
    assert read(path).broken == ()


@pytest.mark.parametrize("kept", [1, 20, 60])
def test_half_a_line_is_told_and_the_next_letter_stands_in_a_line_of_its_own(path: Path, kept: int) -> None:
    append(path, _FIRST)
    whole = path.stat().st_size
    append(path, _SECOND)
    with path.open("r+b") as file:
        file.truncate(whole + kept)
    append(path, _FIRST)
    found = read(path)
    assert found.letters == (_FIRST, _FIRST)
    assert len(found.broken) == 1
    assert "第 2 行只写了一半" in found.broken[0]


def test_bytes_that_are_no_text_are_told_too(path: Path) -> None:
    append(path, _FIRST)
    with path.open("ab") as file:
        file.write(b"\xff\xfe\x00{")
    assert len(read(path).broken) == 1
    assert read(path).letters == (_FIRST,)


def test_a_line_that_is_no_letter_is_told(path: Path) -> None:
    append(path, _FIRST)
    with path.open("ab") as file:
        file.write(b'"a"\n{"error": "x"}\n\n')
    assert [sentence.count("只写了一半") for sentence in read(path).broken] == [1, 1]


def test_a_file_that_is_not_there_is_named(path: Path) -> None:
    with pytest.raises(DeadLettersError, match="无法读取"):
        read(path)


def test_the_script_lists_the_letters_and_is_incomplete_where_a_line_is_half_there(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dead_letters.main([str(path)]) == 2
    append(path, _FIRST)
    append(path, _SECOND)
    monkeypatch.setenv("GOVSPIDER_DEAD_LETTERS", str(path))
    assert dead_letters.main([]) == 0
    shown = capsys.readouterr().out
    assert "共 2 条死信（PageSeen 1 条、LinkAnswered 1 条）" in shown
    assert "integer out of range" in shown
    with path.open("ab") as file:
        file.write(b'{"error"')
    assert dead_letters.main([str(path)]) == 3
    told = capsys.readouterr()
    assert "共 2 条死信" in told.out
    assert "第 3 行只写了一半" in told.err
