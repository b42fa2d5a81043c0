"""No text runs in a spreadsheet, and none is changed on its way there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govspider.formula_text import harmless, original
from tests.hostile_cells import PLAIN, TEXTS, runs

_UNSEEN = {"\x00=1+1": "=1+1", "\x0b=1+1": "=1+1"}


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_begins_like_a_formula_is_made_harmless_and_comes_back(text: str) -> None:
    assert not runs(harmless(text))
    assert original(harmless(text)) == _UNSEEN.get(text, text)


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
    assert original(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\n＝－\ufeffa1"), max_size=8))
def test_whatever_is_written_is_read_again(text: str) -> None:
    assert original(harmless(text)) == text
    assert not runs(harmless(text))


def test_text_that_no_encoding_holds_is_written_all_the_same() -> None:
    assert harmless("\ud800=1") == "?=1"
