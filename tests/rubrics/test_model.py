"""Rubric files: what they hold, and the sentence for every slip."""

from __future__ import annotations

import copy
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
import yaml

from govspider.checks.catalogue import CHECKS
from govspider.rubrics.model import DEFAULT_RUBRIC, RubricError, load_rubric, parse_rubric, rubric_ids

NAME = "guoban-2019.yaml"
CONTENT = (files("govspider.rubrics") / NAME).read_bytes()
DATA: dict[str, Any] = yaml.safe_load(CONTENT)


def complaint(change: Callable[[dict[str, Any]], object]) -> str:
    """What the loader says about the file after a change."""
    data = copy.deepcopy(DATA)
    change(data)
    with pytest.raises(RubricError) as caught:
        parse_rubric(yaml.safe_dump(data, allow_unicode=True).encode(), NAME)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_every_rubric_in_the_house_loads() -> None:
    assert DEFAULT_RUBRIC in rubric_ids()
    for rubric_id in rubric_ids():
        assert load_rubric(rubric_id).meta.id == rubric_id


def test_the_2019_rubric_has_its_four_automatic_vetoes() -> None:
    rubric = load_rubric("guoban-2019")
    assert {(rule.id, rule.level) for rule in rubric.automatic} == {
        ("W-V3", "veto"),
        ("W-V4.1", "veto"),
        ("W-V4.2", "veto"),
        ("W-V4.3", "veto"),
    }
    assert rubric.scoring.marks.all == ("conac", "site_code", "icp", "police", "sponsor", "contact")
    assert set(yaml.safe_load(CONTENT)) == {"meta", "scoring", "rules"}


def test_every_check_is_asked_by_some_rule() -> None:
    asked = {rule.check for rubric_id in rubric_ids() for rule in load_rubric(rubric_id).rules}
    assert asked == set(CHECKS)


def test_a_finding_of_supervision_carries_no_clause() -> None:
    rules = {rule.id: rule for rule in load_rubric("guoban-2019").rules}
    assert rules["W-D4.2"].printed_clause == "W-D4.2"
    assert rules["retired-site"].printed_clause == ""


def test_an_unknown_rubric_is_refused_with_those_there_are() -> None:
    with pytest.raises(RubricError, match="no rubric 'guoban-1999'; there are: guoban-2019"):
        load_rubric("guoban-1999")
    with pytest.raises(RubricError, match="no rubric"):
        load_rubric("../guoban-2019")


def test_a_misspelt_parameter_is_named_with_file_clause_and_field() -> None:
    sentence = complaint(lambda data: data["rules"][1]["parameters"].update(treshold=5))
    assert sentence.startswith("guoban-2019.yaml, clause W-V4.1, field parameters.treshold: ")


def test_a_wrong_window_is_named_down_to_its_entry() -> None:
    sentence = complaint(lambda data: data["rules"][1]["parameters"]["windows"][0].update(window={"days": "soon"}))
    assert sentence.startswith("guoban-2019.yaml, clause W-V4.1, field parameters.windows.0.window.days: ")
    assert "soon" in sentence


def test_an_unknown_key_of_a_clause_is_named() -> None:
    sentence = complaint(lambda data: data["rules"][0].update(pionts=1))
    assert sentence.startswith("guoban-2019.yaml, clause W-V3, field pionts: ")


def test_a_missing_field_is_named() -> None:
    sentence = complaint(lambda data: data["rules"][0].pop("source"))
    assert sentence.startswith("guoban-2019.yaml, clause W-V3, field source: ")


def test_a_clause_that_stands_twice_is_named() -> None:
    sentence = complaint(lambda data: data["rules"].append(data["rules"][0]))
    assert sentence == "guoban-2019.yaml, clause W-V3, field id: stands twice"


def test_an_unknown_section_check_source_and_mark_are_named() -> None:
    assert "unknown section 'rule'" in complaint(lambda data: data.update(rule=[]))
    assert "no check 'home_stail'" in complaint(lambda data: data["rules"][0].update(check="home_stail"))
    assert "'KPP' is not among meta.sources" in complaint(lambda data: data["rules"][0].update(source=["KPP"]))
    sentence = complaint(lambda data: data["scoring"]["marks"].update(all=["konac"]))
    assert "field scoring.marks" in sentence
    assert "konac" in sentence


def test_a_file_under_another_name_is_refused() -> None:
    with pytest.raises(RubricError, match=r"^other\.yaml, field meta\.id: 'guoban-2019'"):
        parse_rubric(CONTENT, "other.yaml")


def test_a_key_that_stands_twice_is_not_swallowed() -> None:
    content = CONTENT.replace(b"      threshold: 10\n", b"      threshold: 10\n      threshold: 1\n")
    assert content != CONTENT
    with pytest.raises(RubricError, match="key 'threshold' stands twice"):
        parse_rubric(content, NAME)


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"meta: [\n", b"\xff\xfe"])
def test_a_file_that_is_no_rubric_is_one_sentence(content: bytes) -> None:
    with pytest.raises(RubricError, match=r"^guoban-2019\.yaml: "):
        parse_rubric(content, NAME)


def test_the_hash_is_that_of_the_file() -> None:
    other = parse_rubric(CONTENT + b"# a remark\n", NAME)
    assert other.sha256 != load_rubric("guoban-2019").sha256
