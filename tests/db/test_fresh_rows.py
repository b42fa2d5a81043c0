"""Rows on their way into the database: every character arrives."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db.fresh_rows import add_fresh_rows, lines_of, open_fresh_rows
from govspider.db.verdicts import VerdictRow, verdict_lines

ODD = ["栏目「甲\t乙」", "两\n行", "C:\\new\\table", '引号"', "\\N", "\\.", "回\r车", ""]


@pytest.mark.parametrize("words", ODD)
def test_text_arrives_as_it_was(emptied_engine: Engine, words: str) -> None:
    row = VerdictRow(1, None, words, "pass", [words, words], [], bad=2, points_low=Decimal("0.5"))
    with emptied_engine.begin() as connection:
        open_fresh_rows(connection)
        add_fresh_rows(connection, "fresh_verdict", verdict_lines([row]))
        [found] = connection.execute(text("select * from fresh_verdict"))
    assert (found.clause, found.reasons, found.findings, found.look_id) == (words, [words, words], [], None)
    assert (found.bad, found.threshold, found.points_low, found.version) == (2, None, Decimal("0.5"), 1)


def test_no_rows_are_no_lines(emptied_engine: Engine) -> None:
    assert lines_of([]) == ""
    with emptied_engine.begin() as connection:
        open_fresh_rows(connection)
        add_fresh_rows(connection, "fresh_change", "")
        assert connection.scalar(text("select count(*) from fresh_change")) == 0
