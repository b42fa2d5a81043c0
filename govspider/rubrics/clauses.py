"""One clause of an official document as a rubric file states it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from govspider.checks.catalogue import CHECKS
from govspider.checks.windows import Parameters

Level = Literal["veto", "deduct", "bonus", "supervision"]
SCORED_LEVELS = ("deduct", "bonus")


class Strict(BaseModel):
    """Base of everything in a rubric file: an unknown key is an error, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Tier(Strict):
    """Points for a count of `at_least` so many."""

    at_least: int = Field(ge=1)
    points: Decimal = Field(gt=0)


class Variant(Strict):
    """Other points and cap for one class of objects; None = as the clause says."""

    points: Decimal | None = Field(default=None, gt=0)
    cap: Decimal | None = Field(default=None, gt=0)


class Rule(Strict):
    """One clause.

    `automation` says what a machine can find out in principle: full, partial, manual (a person alone)
    or import (a ledger of another system). `status` says what this program does about it: automatic
    gives a verdict, collected makes findings (a person decides, or points are charged for what is
    confirmed), entered waits for a person.
    `parameters` are read by the check; `facts` are numbers of the clause that a person applies.
    `points` None on a scored clause: the official value was not found in any readable copy.
    Clauses of one `group`, `name` and `cap_group` share one `cap`.
    Level supervision marks a fault that notices name but the document does not: its findings carry no clause.
    """

    id: str
    name: str
    clause: str
    level: Level
    automation: Literal["full", "partial", "manual", "import"]
    status: Literal["automatic", "collected", "entered"]
    group: str = ""
    check: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    points: Decimal | None = Field(default=None, gt=0)
    per: Literal["once", "fault", "sample", "tier"] | None = None
    """once; for each fault; counted by a person over a sample; by tiers of a count."""
    tiers: tuple[Tier, ...] = ()
    cap: Decimal | None = Field(default=None, gt=0)
    cap_group: str = ""
    exclusive_with: str | None = None
    not_for: tuple[str, ...] = ()
    """Object classes that the clause does not apply to."""
    variants: dict[str, Variant] = Field(default_factory=dict)
    only_with_service: bool = False
    """True: only for sites with external service functions (有对外服务职能)."""
    source: tuple[str, ...] = Field(min_length=1)
    confidence: str = Field(min_length=1)
    notes: str = ""

    @property
    def printed_clause(self) -> str:
        """Clause id as findings carry it, '' where the document has none."""
        return "" if self.level == "supervision" else self.id

    @property
    def cap_key(self) -> tuple[str, str, str]:
        """Clauses with the same key share a cap (二级指标)."""
        return self.group, self.name, self.cap_group

    def bind(self) -> Parameters:
        """Parameters of the check. Raises pydantic.ValidationError or KeyError; load_rubric has tried it."""
        return CHECKS[self.check or ""].parameters.model_validate(self.parameters)

    def points_for(self, object_class: str) -> Decimal | None:
        """Points for one finding of this clause on such an object."""
        variant = self.variants.get(object_class)
        return variant.points if variant and variant.points is not None else self.points

    def cap_for(self, object_class: str) -> Decimal | None:
        """Most that all clauses of the same item may charge or give; None = no cap is known."""
        variant = self.variants.get(object_class)
        return variant.cap if variant and variant.cap is not None else self.cap

    def most_for(self, object_class: str) -> Decimal | None:
        """Most that this clause alone may charge or give; None where no number was found."""
        if self.per == "tier":
            return max(tier.points for tier in self.tiers)
        points = self.points_for(object_class)
        return points if self.per == "once" or points is None else self.cap_for(object_class)
