"""How clauses become a verdict, a score and a rate: the scoring section of a rubric file."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from govspider.items import MARKS
from govspider.rubrics.clauses import Level, Strict

SiteType = Literal["portal", "department", "special"]
Place = Literal["city", "district", "department", "unassigned"]

SITE_TYPES: tuple[SiteType, ...] = ("portal", "department", "special")
PLACES: tuple[Place, ...] = ("city", "district", "department", "unassigned")


class MarkScoring(Strict):
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


class WithoutService(Strict):
    """What changes for an object without external service functions (没有对外服务职能).

    `drop_group` is not checked. method multiply: the rest times `numerator`/`denominator`; spread: the
    rest is scaled so that the remaining groups make the whole base; keep: the group counts in full.
    """

    drop_group: str
    method: Literal["multiply", "spread", "keep"]
    numerator: int | None = Field(default=None, ge=1)
    denominator: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _a_factor_where_one_is_needed(self) -> Self:
        given = self.numerator is not None and self.denominator is not None
        if given != (self.method == "multiply"):
            raise ValueError("numerator and denominator belong to method multiply, and to no other")
        return self


class ScoreRule(Strict):
    """The score of one class of objects: base less deductions, a bonus above a threshold."""

    base: Decimal = Field(gt=0)
    groups: dict[str, Decimal] = Field(default_factory=dict)
    """Group (一级指标) → its points; empty where the document states none."""
    fail_below: Decimal = Field(ge=0)
    bonus_above: Decimal | None = None
    """The bonus is tested strictly above this deduct score; None = no bonus."""
    bonus_max: Decimal = Field(default=Decimal(0), ge=0)
    bonus_groups: dict[str, Decimal] = Field(default_factory=dict)
    vetoed: Decimal | None = None
    """Score printed for a vetoed object; None = no score is made."""
    places: int = Field(ge=0, le=4)
    without_service: WithoutService | None = None
    source: tuple[str, ...] = Field(min_length=1)
    confidence: str


class ObjectClass(Strict):
    """Which sites a rule set is for: by type, by place in the tree, by code. The first class that fits counts."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str
    site_types: tuple[SiteType, ...] = SITE_TYPES
    places: tuple[Place, ...] = PLACES
    code_pattern: str | None = None
    levels: tuple[Level, ...] = Field(min_length=1)
    score: ScoreRule | None = None

    @field_validator("code_pattern")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"no regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _a_score_for_what_is_scored(self) -> Self:
        if ("deduct" in self.levels) != (self.score is not None):
            raise ValueError("level deduct and a score belong together")
        return self

    def fits(self, site_type: str, place: str, code: str) -> bool:
        """True for such a site."""
        if site_type not in self.site_types or place not in self.places:
            return False
        return self.code_pattern is None or re.match(self.code_pattern, code) is not None


class ServiceDeclared(Strict):
    """Where the registry says that a site has no external service functions; silence means it has them."""

    headers: tuple[str, ...] = Field(min_length=1)
    words_for_no: tuple[str, ...] = Field(min_length=1)


class Scoring(Strict):
    """How clauses become a verdict and verdicts become rates."""

    verdict: Literal["any_automatic_clause"]
    verdict_label: str
    complete_label: str
    rate_places: int = Field(ge=0, le=4)
    rate_source: tuple[str, ...] = Field(min_length=1)
    objects: tuple[ObjectClass, ...] = Field(min_length=1)
    service: ServiceDeclared | None = None
    marks: MarkScoring | None = None
