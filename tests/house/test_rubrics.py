"""Closure of rubrics and checks, and published files that stay as they are."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from govspider.checks.catalogue import CHECKS
from govspider.rubrics.model import Rubric, Rule, load_rubric, parse_rubric, rubric_ids
from tests.house.test_arrows import ROOT

RUBRICS = {rubric_id: load_rubric(rubric_id) for rubric_id in rubric_ids()}
CLAUSES = [(rubric, rule) for rubric in RUBRICS.values() for rule in rubric.rules]
FOLDER = files("govspider.rubrics")
PUBLISHED: dict[str, str] = json.loads((FOLDER / "published.json").read_text("utf-8"))
FILES = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".yaml"))


def name_of(value: object) -> str:
    return value.id if isinstance(value, Rule) else value.key if isinstance(value, Rubric) else str(value)


@pytest.mark.parametrize("name", FILES)
def test_a_published_rubric_file_is_never_edited(name: str) -> None:
    rubric = parse_rubric((FOLDER / name).read_bytes(), name)
    version = f"{rubric.meta.id}@{rubric.meta.version}"
    assert PUBLISHED.get(version) == rubric.sha256, (
        f"{name} is not the {version} of published.json. After a release: keep the old file as {version}.yaml, raise "
        f"meta.version, add the new digest {rubric.sha256}. Before its first release: write the new digest in."
    )


def test_every_published_version_is_still_there() -> None:
    held = {(load_rubric(key).meta.id, load_rubric(key).meta.version) for key in rubric_ids()}
    published = {(key.split("@")[0], int(key.split("@")[1])) for key in PUBLISHED}
    assert published == held
    for rubric_id, version in published:
        assert version == 1 or (rubric_id, version - 1) in published


def test_every_check_is_asked_by_some_clause() -> None:
    assert {rule.check for _, rule in CLAUSES if rule.check} == set(CHECKS)


@pytest.mark.parametrize(("rubric", "rule"), CLAUSES, ids=name_of)
def test_a_clause_has_a_check_exactly_where_a_machine_answers_it(rubric: Rubric, rule: Rule) -> None:
    assert (rule.check in CHECKS) == (rule.status in {"automatic", "collected"})
    assert rule.status != "automatic" or rule.automation == "full" or rule.id in {"W-V4.2", "P15-V3.2"}


@pytest.mark.parametrize(("rubric", "rule"), CLAUSES, ids=name_of)
def test_every_parameter_of_a_clause_is_one_of_its_check(rubric: Rubric, rule: Rule) -> None:
    known = set(CHECKS[rule.check].parameters.model_fields) if rule.check else set()
    assert set(rule.parameters) <= known


@pytest.mark.parametrize(("rubric", "rule"), CLAUSES, ids=name_of)
def test_every_clause_has_its_name_words_source_and_confidence(rubric: Rubric, rule: Rule) -> None:
    assert rule.name
    assert rule.clause
    assert rule.confidence
    assert set(rule.source) <= set(rubric.meta.sources)
    if rule.level in {"deduct", "bonus"} and rule.points is None and not rule.tiers:
        assert "not found" in rule.confidence, "a number that is missing says so; none is invented"


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_every_check_has_a_file_a_test_and_answers_of_each_kind(check: str) -> None:
    module = CHECKS[check].judge.__module__
    assert module == f"govspider.checks.{check}"
    twin = ROOT / "tests/checks" / f"test_{check}.py"
    assert twin.exists(), f"tests/checks/test_{check}.py is missing"
    told = twin.read_text("utf-8") + (ROOT / "tests/checks/test_answers.py").read_text("utf-8")
    assert f'"{check}"' in told, f"tests/checks/test_answers.py shows no pass, fail and unknown of {check}"


def test_the_2019_document_is_whole() -> None:
    rules = [rule for rule in RUBRICS["guoban-2019"].rules if rule.level != "supervision"]
    counts = {level: sum(rule.level == level for rule in rules) for level in ("veto", "deduct", "bonus")}
    assert counts == {"veto": 16, "deduct": 56, "bonus": 18}
    score = RUBRICS["guoban-2019"].scoring.objects[1].score
    assert score is not None
    assert sum(score.groups.values()) == 100
    assert sum(score.bonus_groups.values()) == score.bonus_max == 30
