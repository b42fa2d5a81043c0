"""What one field of a rubric file cannot see: that clauses, caps, groups and objects fit together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import ValidationError

from govspider.checks.catalogue import CHECKS
from govspider.rubrics.clauses import SCORED_LEVELS, Rule
from govspider.rubrics.scoring_rules import PLACES, SITE_TYPES, ObjectClass

if TYPE_CHECKING:
    from govspider.rubrics.model import Rubric


class RubricError(ValueError):
    """A rubric that does not exist or cannot be used, in one sentence."""


def refuse_inconsistent(rubric: Rubric, name: str) -> None:
    """Raise RubricError with file, clause and field for the first thing that does not fit."""
    expected = {f"{rubric.meta.id}.yaml", f"{rubric.meta.id}@{rubric.meta.version}.yaml"}
    if name not in expected:
        raise RubricError(f"{name}, field meta.id: '{rubric.meta.id}' is not the name of the file")
    twice = [key for key, count in Counter(rule.id for rule in rubric.rules).items() if count > 1]
    if twice:
        raise RubricError(f"{name}, clause {twice[0]}, field id: stands twice")
    _refuse_objects(rubric, name)
    ids = {rule.id for rule in rubric.rules}
    classes = {one.id for one in rubric.scoring.objects}
    for rule in rubric.rules:
        wrong = next(_wrong_with(rule, rubric.meta.sources, ids, classes), None)
        if wrong:
            raise RubricError(f"{name}, clause {rule.id}, field {wrong}")
    for one in rubric.scoring.objects:
        _refuse_caps(rubric, one, name)


def _refuse_objects(rubric: Rubric, name: str) -> None:
    scoring = rubric.scoring
    twice = [key for key, count in Counter(one.id for one in scoring.objects).items() if count > 1]
    if twice:
        raise RubricError(f"{name}, field scoring.objects: class '{twice[0]}' stands twice")
    if rubric.meta.object != "website":
        return
    if scoring.marks is None:
        raise RubricError(f"{name}, field scoring.marks: a rubric of websites says which marks make “all marks”")
    for site_type in SITE_TYPES:
        for place in PLACES:
            if not any(one.fits(site_type, place, "0000000000") for one in scoring.objects):
                raise RubricError(f"{name}, field scoring.objects: no class for a {site_type} site of {place}")


def _wrong_with(rule: Rule, sources: dict[str, str], ids: set[str], classes: set[str]) -> Iterator[str]:
    """Field and complaint for everything wrong with one clause."""
    yield from _wrong_check(rule)
    yield from (f"source: '{key}' is not among meta.sources" for key in rule.source if key not in sources)
    yield from _wrong_points(rule)
    if rule.exclusive_with is not None and rule.exclusive_with not in ids:
        yield f"exclusive_with: no clause '{rule.exclusive_with}'"
    yield from (f"not_for: no object class '{one}'" for one in rule.not_for if one not in classes)
    yield from (f"variants: no object class '{one}'" for one in rule.variants if one not in classes)


def _wrong_check(rule: Rule) -> Iterator[str]:
    if rule.status == "entered":
        if rule.check is not None:
            yield f"check: a clause that a person enters has none (found '{rule.check}')"
        if rule.parameters:
            yield f"parameters: no check reads them; numbers of the clause stand under facts (found {rule.parameters})"
        return
    if rule.check is None:
        yield f"check: a clause with status {rule.status} needs one"
    elif rule.check not in CHECKS:
        yield f"check: no check '{rule.check}'; known: {', '.join(CHECKS)}"
    else:
        try:
            rule.bind()
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in ("parameters", *first["loc"]))
            yield f"{field}: {first['msg']} (found {first['input']!r:.80})"


def _wrong_points(rule: Rule) -> Iterator[str]:
    if rule.level not in SCORED_LEVELS:
        if rule.points is not None or rule.cap is not None or rule.per is not None or rule.tiers:
            yield f"points: a clause of level {rule.level} has no points, cap, per or tiers"
        return
    if not rule.group:
        yield "group: a scored clause stands in a group"
    if rule.per is None:
        yield "per: say for what the points count: once, fault, sample or tier"
    if (rule.per == "tier") != bool(rule.tiers):
        yield "tiers: per tier and tiers belong together"
    for object_class in ("", *rule.variants):
        cap = rule.cap_for(object_class)
        highest = max([rule.points_for(object_class) or Decimal(0), *(tier.points for tier in rule.tiers)])
        if cap is not None and cap < highest:
            yield f"cap: {cap} lies below its points {highest}"


def applicable(rule: Rule, one: ObjectClass) -> bool:
    """Does the clause apply to this class of objects?"""
    return rule.level in one.levels and one.id not in rule.not_for


def _refuse_caps(rubric: Rubric, one: ObjectClass, name: str) -> None:
    score = one.score
    if score is None:
        return
    place = f"{name}, field scoring.objects.{one.id}.score"
    if score.groups and sum(score.groups.values()) != score.base:
        raise RubricError(f"{place}.groups: the groups make {sum(score.groups.values())}, the base is {score.base}")
    if score.bonus_groups and sum(score.bonus_groups.values()) < score.bonus_max:
        raise RubricError(f"{place}.bonus_max: {score.bonus_max} is more than all bonus groups together")
    if score.without_service and score.groups and score.without_service.drop_group not in score.groups:
        raise RubricError(f"{place}.without_service.drop_group: no group '{score.without_service.drop_group}'")
    for level, groups in (("deduct", score.groups), ("bonus", score.bonus_groups)):
        if groups:
            _refuse_group_sums(rubric, one, level, groups, name)


def _refuse_group_sums(rubric: Rubric, one: ObjectClass, level: str, groups: dict[str, Decimal], name: str) -> None:
    caps: dict[tuple[str, str, str], Decimal] = {}
    for rule in rubric.rules:
        if rule.level != level or not applicable(rule, one):
            continue
        cap = rule.cap_for(one.id)
        if rule.group not in groups or cap is None:
            field = "cap" if rule.group in groups else "group"
            raise RubricError(f"{name}, clause {rule.id}, field {field}: '{rule.group}' has fixed points in {one.id}")
        if caps.setdefault(rule.cap_key, cap) != cap:
            raise RubricError(
                f"{name}, clause {rule.id}, field cap: {cap} differs from {caps[rule.cap_key]} of its item"
            )
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for (group, _, _), cap in caps.items():
        sums[group] += cap
    for group, points in groups.items():
        if sums[group] != points:
            raise RubricError(
                f"{name}, field scoring.objects.{one.id}.score: the caps of '{group}' make {sums[group]}, not {points}"
            )
