"""The corpus is what it claims to be: covered, reproducible, and its unseen words are unseen."""

from __future__ import annotations

import pytest

from govspider.extract.dark.dark_words import find_words, lexicon
from govspider.extract.document.page import Page
from govspider.items import Strength
from tests.dark_corpus.clean_pages import clean_draft
from tests.dark_corpus.corpus import PLACEMENTS, SPELLINGS, Case, cases, clean_specimen, specimen, split, techniques
from tests.dark_corpus.hard_negatives import HARD_NEGATIVES
from tests.dark_corpus.scene import planted_words

CATEGORIES = planted_words()["categories"]


def test_the_injector_covers_techniques_categories_placements_and_spellings() -> None:
    assert len(techniques()) >= 22
    assert len(CATEGORIES) == 6
    assert len(PLACEMENTS) == 3
    assert len(list(cases())) == len(techniques()) * 6 * 3 * len(SPELLINGS) * 2


def test_every_technique_stands_on_exactly_one_side_of_the_split() -> None:
    assert split()["tuned"] | split()["held"] == set(techniques())
    assert not split()["tuned"] & split()["held"]
    assert len(split()["held"]) >= 4


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_forty_percent_of_the_words_never_stand_in_the_lexicon(category: str) -> None:
    known, unseen = CATEGORIES[category]["known"], CATEGORIES[category]["unseen"]
    assert len(unseen) >= 0.4 * (len(known) + len(unseen))
    listed = {entry.word for entry in lexicon().words}
    for word in unseen:
        assert word not in listed, f"{word} is planted as unseen: take it out of tests/dark_corpus/words.yaml first"
        assert find_words(word) == (), f"the lexicon reads {word}, which is planted as unseen"
    for word in known:
        assert any(found.strength is Strength.STRONG for found in find_words(word)), f"{word} is not known"


def test_the_same_case_is_the_same_page_and_its_twin_is_another() -> None:
    case = Case("off_screen", "gambling", "mid", "odd", False, False)
    twin = Case("off_screen", "gambling", "mid", "odd", True, False)
    assert specimen(case) == specimen(case)
    assert specimen(case).body != specimen(twin).body
    assert specimen(case).targets
    assert not specimen(twin).targets


def test_planted_targets_stand_in_the_page_as_addresses() -> None:
    given = specimen(Case("display_none", "surrogacy", "tail", "plain", False, False))
    page = Page(given.url, given.body)
    linked = {str(address) for address in page.xpath("//a/@href")}
    assert set(given.targets) <= linked


def test_clean_pages_have_the_size_of_real_ones_and_show_every_hard_negative() -> None:
    sizes = [len(clean_specimen(number).body) for number in range(0, 40)]
    assert min(sizes) >= 20_000
    assert max(sizes) <= 110_000
    shown = " ".join("".join(clean_draft(number).blocks) + clean_draft(number).title for number in range(60))
    for mark in (
        "大汉版通",
        "中科汇联",
        "cnzz.com",
        "wza_toolbar",
        "sr-only",
        "清河县人民检察院",
        "福利彩票",
        "onchange",
    ):
        assert mark in shown, mark
    assert len(HARD_NEGATIVES) >= 40
