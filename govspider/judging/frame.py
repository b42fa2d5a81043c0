"""What a rubric asks of one site: its class of objects, its services, and what persons entered for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from govspider.db.manual_entries import ManualEntry
from govspider.rubrics.clauses import Level
from govspider.rubrics.model import Rubric, Rule
from govspider.rubrics.scoring_rules import ObjectClass, ServiceDeclared


@dataclass(frozen=True, slots=True)
class Frame:
    """`entries` by clause. `without_service`: the registry says there are no external service functions."""

    rubric: Rubric
    object_class: ObjectClass
    without_service: bool = False
    entries: Mapping[str, ManualEntry] = field(default_factory=dict)

    def asks(self, rule: Rule) -> bool:
        """True when the check of the clause is to be asked: also for findings of clauses that give no points here."""
        return self.object_class.id not in rule.not_for and not (rule.only_with_service and self.without_service)

    def applies(self, rule: Rule) -> bool:
        """True when the clause counts for this site."""
        if rule.level not in self.object_class.levels or not self.asks(rule):
            return False
        return not (rule.level == "deduct" and rule.group == self._dropped_group)

    def clauses(self, *levels: Level) -> Iterator[Rule]:
        """Clauses of these levels that count for this site, in the order of the document."""
        return (rule for rule in self.rubric.rules if rule.level in levels and self.applies(rule))

    @property
    def _dropped_group(self) -> str | None:
        score = self.object_class.score
        if not self.without_service or score is None or score.without_service is None:
            return None
        return score.without_service.drop_group


def lacks_service(declared: ServiceDeclared | None, extra: Mapping[str, Any]) -> bool:
    """Does the registry say, in one of the columns the rubric names, that there are no external services?"""
    if declared is None:
        return False
    words = (str(extra.get(header, "")).strip() for header in declared.headers)
    return any(word in declared.words_for_no for word in words)
