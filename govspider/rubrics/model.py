"""What a rubric file may say, and a sentence for everything it may not.

One file per official document, read with importlib.resources so that it is found in an egg too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from importlib.resources import files
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from govspider.checks.catalogue import CHECKS
from govspider.checks.windows import Parameters
from govspider.items import MARKS

DEFAULT_RUBRIC = "guoban-2019"
_SECTIONS = ("meta", "scoring", "rules")


class RubricError(ValueError):
    """A rubric that does not exist or cannot be used, in one sentence."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Meta(_Strict):
    """Which document the file encodes."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    document_number: str
    issuer: str
    issued_on: date
    effective_from: date
    scope: str
    sources: dict[str, str] = Field(min_length=1)
    """Key of a source → what it is."""


class MarkScoring(_Strict):
    """Footer marks whose add-ratio is reported, and those that together make “all marks”."""

    reported: tuple[str, ...] = Field(min_length=1)
    all: tuple[str, ...] = Field(min_length=1)
    outside_footer: dict[str, tuple[str, ...]]
    """Mark → kinds of places that no reader of the footer sees: standing only there, it is not listed."""
    source: tuple[str, ...] = Field(min_length=1)
    confidence: str

    @model_validator(mode="after")
    def _known(self) -> Self:
        unknown = sorted({*self.reported, *self.all} - set(MARKS))
        if unknown:
            raise ValueError(f"no such mark: {', '.join(unknown)}; known are {', '.join(MARKS)}")
        return self


class Scoring(_Strict):
    """How clauses become a verdict and verdicts become rates."""

    verdict: Literal["any_automatic_clause"]
    verdict_label: str
    rate_places: int = Field(ge=0, le=4)
    rate_source: tuple[str, ...] = Field(min_length=1)
    marks: MarkScoring


class Rule(_Strict):
    """One clause. automatic: gives a verdict; collected: findings only, a person decides.

    level supervision marks a fault that notices name but the document does not: its findings carry
    no clause.
    """

    id: str
    name: str
    clause: str
    level: Literal["veto", "deduct", "bonus", "supervision"]
    status: Literal["automatic", "collected"]
    check: str
    parameters: dict[str, Any]
    source: tuple[str, ...] = Field(min_length=1)
    confidence: str
    notes: str = ""

    @property
    def printed_clause(self) -> str:
        """Clause id as findings carry it, '' where the document has none."""
        return "" if self.level == "supervision" else self.id

    def bind(self) -> Parameters:
        """Parameters of the check. Raises pydantic.ValidationError or KeyError; load_rubric has tried it."""
        return CHECKS[self.check].parameters.model_validate(self.parameters)


class Rubric(_Strict):
    """A rubric file as loaded. `sha256` is that of the file's bytes."""

    meta: Meta
    scoring: Scoring
    rules: tuple[Rule, ...] = Field(min_length=1)
    sha256: str

    @property
    def automatic(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.status == "automatic")


def rubric_ids() -> list[str]:
    """Ids of the rubrics in the house, sorted."""
    names = (entry.name for entry in files("govspider.rubrics").iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def load_rubric(rubric_id: str) -> Rubric:
    """Load and check a rubric. Raises RubricError with file, clause and field."""
    if rubric_id not in rubric_ids():
        raise RubricError(f"no rubric '{rubric_id}'; there are: {', '.join(rubric_ids())}")
    name = f"{rubric_id}.yaml"
    return parse_rubric((files("govspider.rubrics") / name).read_bytes(), name)


def parse_rubric(content: bytes, name: str) -> Rubric:
    """Check the bytes of a rubric file; `name` stands in every complaint. Raises RubricError."""
    data = _read_yaml(content, name)
    strange = [key for key in data if key not in _SECTIONS]
    if strange:
        raise RubricError(f"{name}: unknown section '{strange[0]}'; a rubric has {', '.join(_SECTIONS)}")
    try:
        rubric = Rubric.model_validate({**data, "sha256": hashlib.sha256(content).hexdigest()})
    except ValidationError as error:
        raise RubricError(_sentence(name, data, error)) from error
    _refuse_inconsistent(rubric, name)
    return rubric


class _UniqueKeyLoader(yaml.SafeLoader):
    """YAML keeps the last of two equal keys in silence; a rubric must not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(self.construct_object(key, deep=True) for key, _ in node.value)
        twice = [key for key, count in keys.items() if count > 1]
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"key '{twice[0]}' stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _read_yaml(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = yaml.load(content, Loader=_UniqueKeyLoader)
    except yaml.YAMLError as error:
        raise RubricError(f"{name}: not readable as YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise RubricError(f"{name}: holds no sections; a rubric has {', '.join(_SECTIONS)}")
    return data


def _sentence(name: str, data: dict[str, Any], error: ValidationError) -> str:
    first = error.errors()[0]
    place = list(first["loc"])
    clause = ""
    if place[:1] == ["rules"] and len(place) > 1 and isinstance(place[1], int):
        rule = data["rules"][place[1]]
        clause = f", clause {rule.get('id', place[1]) if isinstance(rule, dict) else place[1]}"
        place = place[2:]
    field = ".".join(str(part) for part in place) or "whole"
    return f"{name}{clause}, field {field}: {first['msg']} (found {first['input']!r:.80})"


def _refuse_inconsistent(rubric: Rubric, name: str) -> None:
    if f"{rubric.meta.id}.yaml" != name:
        raise RubricError(f"{name}, field meta.id: '{rubric.meta.id}' is not the name of the file")
    twice = [key for key, count in Counter(rule.id for rule in rubric.rules).items() if count > 1]
    if twice:
        raise RubricError(f"{name}, clause {twice[0]}, field id: stands twice")
    for rule in rubric.rules:
        _refuse_rule(rule, rubric.meta.sources, name)


def _refuse_rule(rule: Rule, sources: dict[str, str], name: str) -> None:
    if rule.check not in CHECKS:
        raise RubricError(f"{name}, clause {rule.id}, field check: no check '{rule.check}'; known: {', '.join(CHECKS)}")
    unknown = [key for key in rule.source if key not in sources]
    if unknown:
        raise RubricError(f"{name}, clause {rule.id}, field source: '{unknown[0]}' is not among meta.sources")
    try:
        rule.bind()
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in ("parameters", *first["loc"]))
        found = f"{first['input']!r:.80}"
        raise RubricError(f"{name}, clause {rule.id}, field {field}: {first['msg']} (found {found})") from error
