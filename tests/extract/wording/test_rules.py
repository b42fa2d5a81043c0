"""The lexicons of wording hold what they promise: sources, enough phrases, nothing that contradicts itself."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.extract.lexicons import read_lexicon
from govspider.extract.wording.near_miss import Edit, first_edit
from govspider.extract.wording.rules import interchangeable, like, wording_rules
from govspider.items import WordingSeverity
from tests.extract.wording.pages import told

LEXICONS = ("wording_phrases", "wording_pairs", "wording_context", "wording_sounds")


def test_there_are_at_least_three_hundred_protected_phrases() -> None:
    assert len(wording_rules().phrases) >= 300


@pytest.mark.parametrize("name", LEXICONS)
def test_every_lexicon_says_when_it_was_added(name: str) -> None:
    assert isinstance(read_lexicon(name)["meta"]["added_on"], date)


def test_every_group_names_its_source_and_class() -> None:
    for name in ("wording_phrases", "wording_pairs"):
        for group in read_lexicon(name)["groups"]:
            assert group["source"]
            assert group["class"] in "ABCDEFG"


def test_only_classes_a_to_d_are_ever_grave() -> None:
    grave = {pair.letter for pair in wording_rules().pairs if pair.severity is WordingSeverity.GRAVE}
    assert grave <= set("ABCD")


@pytest.mark.parametrize("phrase", [phrase.text for phrase in wording_rules().phrases])
def test_no_rule_objects_to_a_protected_phrase(phrase: str) -> None:
    assert told(f"关于{phrase}的材料。") == ()
    assert told(f"，{phrase}，") == ()


def test_no_rule_objects_to_a_known_variant() -> None:
    for group in read_lexicon("wording_phrases")["groups"]:
        for entry in group["phrases"]:
            for variant in entry.get("variants", ()) if isinstance(entry, dict) else ():
                assert told(f"关于{variant}的材料。") == (), variant


def test_every_pair_finds_its_own_wrong_wording() -> None:
    plain = [
        pair
        for pair in wording_rules().pairs
        if not (pair.pattern or pair.before or pair.after or pair.unless or pair.first_day)
    ]
    assert len(plain) > 60
    for pair in plain:
        assert pair.wrong in "".join(one.text for one in told(f"本次{pair.wrong}，材料。")), pair.wrong


def test_characters_of_one_sound_or_shape_are_alike() -> None:
    assert "意" in like("义")
    assert "己" in like("已")
    assert "义" not in like("义")
    assert interchangeable("国", "省")
    assert not interchangeable("国", "家")


@pytest.mark.parametrize(
    ("found", "edit"),
    [
        ("甲乙丙丁", None),
        ("甲X丙丁", (Edit.REPLACED, 1)),
        ("甲丙丁戊", (Edit.MISSING, 1)),
        ("甲X乙丙丁", (Edit.ADDED, 1)),
        ("乙甲丙丁", (Edit.SWAPPED, 0)),
        ("甲乙丙", (Edit.MISSING, 3)),
        ("甲乙XY", None),
        ("", None),
    ],
)
def test_exactly_one_edit_is_told_with_its_place(found: str, edit: tuple[Edit, int] | None) -> None:
    assert first_edit("甲乙丙丁", found) == edit


def test_no_phrase_is_longer_than_the_search_for_right_phrases_reaches() -> None:
    assert max(len(sought.text) for sought in wording_rules().sought) < 60
