"""Rubric files: what they hold, and the sentence for every slip."""

from __future__ import annotations

import copy
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
import yaml

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


def clause(data: dict[str, Any], clause_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(rule for rule in data["rules"] if rule["id"] == clause_id)
    return found


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
    assert rubric.footer_marks.all == ("conac", "site_code", "icp", "police", "sponsor", "contact")
    assert set(yaml.safe_load(CONTENT)) == {"meta", "scoring", "rules"}


def test_a_finding_of_supervision_carries_no_clause() -> None:
    rules = {rule.id: rule for rule in load_rubric("guoban-2019").rules}
    assert rules["W-D4.2"].printed_clause == "W-D4.2"
    assert rules["retired-site"].printed_clause == ""


def test_an_unknown_rubric_is_refused_with_those_there_are() -> None:
    with pytest.raises(RubricError, match="no rubric 'guoban-1999'; there are: guoban-2015, guoban-2019"):
        load_rubric("guoban-1999")
    with pytest.raises(RubricError, match="no rubric"):
        load_rubric("../guoban-2019")


def test_a_misspelt_parameter_is_named_with_file_clause_and_field() -> None:
    sentence = complaint(lambda data: clause(data, "W-V4.1")["parameters"].update(treshold=5))
    assert sentence.startswith("guoban-2019.yaml, clause W-V4.1, field parameters.treshold: ")


def test_a_wrong_window_is_named_down_to_its_entry() -> None:
    sentence = complaint(
        lambda data: clause(data, "W-V4.1")["parameters"]["windows"][0].update(window={"days": "soon"})
    )
    assert sentence.startswith("guoban-2019.yaml, clause W-V4.1, field parameters.windows.0.window.days: ")
    assert "soon" in sentence


def test_an_unknown_key_of_a_clause_is_named() -> None:
    sentence = complaint(lambda data: clause(data, "W-V3").update(pionts=1))
    assert sentence.startswith("guoban-2019.yaml, clause W-V3, field pionts: ")


def test_a_missing_field_is_named() -> None:
    sentence = complaint(lambda data: clause(data, "W-V3").pop("source"))
    assert sentence.startswith("guoban-2019.yaml, clause W-V3, field source: ")


def test_a_clause_that_stands_twice_is_named() -> None:
    sentence = complaint(lambda data: data["rules"].append(clause(data, "W-V3")))
    assert sentence == "guoban-2019.yaml, clause W-V3, field id: stands twice"


def test_an_unknown_section_check_source_and_mark_are_named() -> None:
    assert "unknown section 'rule'" in complaint(lambda data: data.update(rule=[]))
    assert "no check 'home_stail'" in complaint(lambda data: clause(data, "W-V3").update(check="home_stail"))
    assert "'KPP' is not among meta.sources" in complaint(lambda data: clause(data, "W-V3").update(source=["KPP"]))
    sentence = complaint(lambda data: data["scoring"]["marks"].update(all=["konac"]))
    assert "field scoring.marks" in sentence
    assert "konac" in sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda data: clause(data, "W-D4.2").update(cap=0.1),
            "clause W-D4.2, field cap: 0.1 lies below its points 0.5",
        ),
        (lambda data: clause(data, "W-D4.2").pop("per"), "clause W-D4.2, field per: "),
        (lambda data: clause(data, "W-D4.2").pop("group"), "clause W-D4.2, field group: "),
        (lambda data: clause(data, "W-D4.2").update(points=-1), "clause W-D4.2, field points: "),
        (lambda data: clause(data, "W-D4.2").update(cap=2), "the caps of '功能设计' make 20, not 21"),
        (lambda data: clause(data, "W-D4.3b").update(cap=2), "clause W-D4.3b, field cap: 2 differs from 1 of its item"),
        (lambda data: clause(data, "W-V3").update(points=1), "clause W-V3, field points: a clause of level veto"),
        (lambda data: clause(data, "W-V1.2").update(check="home_stale"), "clause W-V1.2, field check: "),
        (lambda data: clause(data, "W-V1.2").update(parameters={"a": 1}), "clause W-V1.2, field parameters: "),
        (lambda data: clause(data, "W-V3").pop("check"), "clause W-V3, field check: a clause with status automatic"),
        (lambda data: clause(data, "W-V3").update(not_for=["portals"]), "field not_for: no object class 'portals'"),
        (lambda data: clause(data, "W-D1.2a").update(variants={"x": {}}), "field variants: no object class 'x'"),
        (lambda data: clause(data, "W-B1.1a").update(exclusive_with="W-B9"), "field exclusive_with: no clause 'W-B9'"),
        (lambda data: clause(data, "W-B2.2").pop("tiers"), "clause W-B2.2, field tiers: "),
        (
            lambda data: data["scoring"]["objects"].pop(),
            "field scoring.objects: no class for a department site of city",
        ),
        (lambda data: data["scoring"]["objects"][1].update(id="other"), "class 'other' stands twice"),
        (lambda data: data["scoring"]["objects"][1].pop("score"), "level deduct and a score belong together"),
        (lambda data: data["scoring"]["objects"][0].update(code_pattern="("), "field scoring.objects.0.code_pattern: "),
        (lambda data: data["scoring"].pop("marks"), "field scoring.marks: "),
        (lambda data: data["scoring"]["objects"][1]["score"].update(base=99), "the groups make 100, the base is 99"),
        (lambda data: data["scoring"]["objects"][1]["score"].update(bonus_max=31), "score.bonus_max: 31 is more"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_clause_and_field(
    change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    assert sentence in complaint(change)


def test_an_earlier_version_keeps_its_number_in_the_name_of_its_file() -> None:
    assert parse_rubric(CONTENT, "guoban-2019@1.yaml").key == "guoban-2019@1"
    with pytest.raises(RubricError, match=r"field meta\.id"):
        parse_rubric(CONTENT, "guoban-2019@2.yaml")


def test_an_unknown_clause_is_refused_with_those_there_are() -> None:
    with pytest.raises(RubricError, match=r"no clause 'W-V9'; there are: W-V1\.1"):
        load_rubric("guoban-2019").clause("W-V9")


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
