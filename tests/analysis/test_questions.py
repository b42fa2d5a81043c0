"""Every statement of docs/questions.md, run by the role analyst, with the answers counted by hand."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govspider.db.analysis.views import views
from tests.analysis.conftest import Ask
from tests.analysis.expected import EXPECTED
from tests.observed_city import CHECK_DAY

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "questions.md").read_text("utf-8")
STATEMENTS: dict[str, str] = dict(
    re.findall(r"^### ([^\n]+)\n.*?^```sql\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
)
# answered by tests of their own: what they list grows with every clause of the rubric
OPEN_ENDED = {"Clauses that no site failed", "Clauses that cost most"}


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, (Decimal, date, datetime)) else value


def run(ask: Ask, title: str) -> list[tuple[Any, ...]]:
    """The answer as on the day of the check, whenever the test runs."""
    question = STATEMENTS[title].replace("current_date", f"date '{CHECK_DAY}'")
    return [tuple(plain(value) for value in row.values()) for row in ask(question)]


@pytest.mark.parametrize("title", sorted(set(STATEMENTS) - OPEN_ENDED))
def test_a_question_gets_the_answer_counted_by_hand(ask: Ask, title: str) -> None:
    assert run(ask, title) == EXPECTED[title]


def test_clauses_that_cost_most_begin_with_the_one_of_the_stale_columns(ask: Ask) -> None:
    assert run(ask, "Clauses that cost most")[0] == ("W-V4.1", 1, 3, 2, 5, 0)


def test_a_clause_that_nobody_failed_is_listed_and_one_that_somebody_failed_is_not(ask: Ask) -> None:
    listed = {row[0]: row[1:] for row in run(ask, "Clauses that no site failed")}
    assert listed["W-V3"] == (4, 2)
    assert "W-V4.1" not in listed


def test_every_statement_names_the_period_unless_its_view_has_none() -> None:
    periodic = {view.name for view in views() if "period" in view.columns}
    for title, statement in STATEMENTS.items():
        if periodic & set(re.findall(r"analysis\.(\w+)", statement)):
            assert "period = '2026Q4'" in statement, title


def test_every_view_stands_in_a_statement_and_every_view_named_exists() -> None:
    named = {name for statement in STATEMENTS.values() for name in re.findall(r"\banalysis\.(\w+)", statement)}
    assert named == {view.name for view in views()}


def numbers(words: str) -> set[int]:
    """Numbers of questions in `2b`, `29, 30` or `43–50`."""
    found: set[int] = set()
    for part in re.findall(r"\d+(?:–\d+)?", words):
        first, _, last = part.partition("–")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def test_each_of_the_seventy_questions_is_answered_or_said_not_to_be() -> None:
    answered = {
        number for words in re.findall(r"^Question (\d+)b?\.", DOCUMENT, re.MULTILINE) for number in numbers(words)
    }
    table = DOCUMENT.partition("## Not answered yet")[2]
    refused = {number for words in re.findall(r"^\| ([\d–, ]+) \|", table, re.MULTILINE) for number in numbers(words)}
    assert answered | refused == set(range(1, 71))
    assert not answered & refused
