"""One search over all names of a page tells what one of each would, as long as no pattern asks where a name ends."""

from __future__ import annotations

import re

import pytest

from govspider.extract.marks.mark_patterns import pattern
from govspider.extract.marks.named_elements import any_holds

_SEARCHED_TOGETHER = [
    ("conac", "picture"),
    ("jiucuo", "picture"),
    ("jiucuo", "information_page"),
    ("jiucuo", "own_form_words"),
    ("contact", "words"),
    ("sitemap", "words"),
]
# ends of a text, and whatever may match the sign between two names
_UNFIT = re.compile(r"[\^$.]|\\[AZBDWS]")


@pytest.mark.parametrize(("section", "name"), _SEARCHED_TOGETHER)
def test_no_pattern_that_is_searched_in_all_names_at_once_asks_for_an_end_or_for_any_character(
    section: str, name: str
) -> None:
    written = pattern(section, name).pattern.replace(r"\.", "")
    assert not _UNFIT.search(written), f"{section}.{name} is searched in joined names and must not hold {written!r}"


def test_a_word_cut_in_two_by_the_end_of_a_name_is_not_found() -> None:
    wanted = re.compile("找错")
    assert any_holds(["我为政府网站找错", "首页"], wanted)
    assert not any_holds(["找", "错"], wanted)
    assert not any_holds([], wanted)
