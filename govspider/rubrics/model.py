"""What a rubric file may say, and a sentence for everything it may not.

One file per official document, read with importlib.resources so that it is found in an egg too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from govspider.rubrics.clauses import Rule, Strict
from govspider.rubrics.consistency import RubricError, refuse_inconsistent
from govspider.rubrics.scoring_rules import MarkScoring, ObjectClass, Scoring

__all__ = ["DEFAULT_RUBRIC", "Meta", "Rubric", "RubricError", "Rule", "Scoring", "load_rubric", "parse_rubric"]
__all__ += ["rubric_ids"]

DEFAULT_RUBRIC = "guoban-2019"
_SECTIONS = ("meta", "scoring", "rules")
_MERGE = "tag:yaml.org,2002:merge"


class Meta(Strict):
    """Which document the file encodes."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: int = Field(ge=1)
    """Raised by every change of a published file; the old file stays as `<id>@<version>.yaml`."""
    object: Literal["website", "account"]
    title: str
    document_number: str
    issuer: str
    issued_on: date | None
    effective_from: date | None
    """None where no readable copy says."""
    scope: str
    sources: dict[str, str] = Field(min_length=1)
    """Key of a source → what it is."""


class Rubric(Strict):
    """A rubric file as loaded. `sha256` is that of the file's bytes."""

    meta: Meta
    scoring: Scoring
    rules: tuple[Rule, ...] = Field(min_length=1)
    sha256: str
    file: str

    @property
    def automatic(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.status == "automatic")

    @property
    def key(self) -> str:
        """Name of the file without its ending: the id, or id@version of an earlier version."""
        return self.file.removesuffix(".yaml")

    @property
    def footer_marks(self) -> MarkScoring:
        """Raises RubricError for a rubric that is not about websites."""
        if self.scoring.marks is None:
            raise RubricError(f"{self.file}, field scoring.marks: there are none, this rubric is not about websites")
        return self.scoring.marks

    def object_of(self, site_type: str, place: str, code: str) -> ObjectClass:
        """The class of such a site. Raises LookupError; load_rubric has seen that every site has one."""
        for one in self.scoring.objects:
            if one.fits(site_type, place, code):
                return one
        raise LookupError(f"{self.file}: no object class for a {site_type} site of {place}")

    def clause(self, clause_id: str) -> Rule:
        """Raises RubricError that names the clauses there are."""
        for rule in self.rules:
            if rule.id == clause_id:
                return rule
        known = ", ".join(rule.id for rule in self.rules)
        raise RubricError(f"{self.file}: no clause '{clause_id}'; there are: {known}")


def rubric_ids() -> list[str]:
    """Ids of the rubrics in the house, sorted."""
    names = (entry.name for entry in files("govspider.rubrics").iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
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
        rubric = Rubric.model_validate({**data, "sha256": hashlib.sha256(content).hexdigest(), "file": name})
    except ValidationError as error:
        raise RubricError(_sentence(name, data, error)) from error
    refuse_inconsistent(rubric, name)
    return rubric


class _UniqueKeyLoader(yaml.SafeLoader):
    """YAML keeps the last of two equal keys in silence; a rubric must not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        own = (key for key, _ in node.value if key.tag != _MERGE)
        keys = Counter(self.construct_object(key, deep=True) for key in own)
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
