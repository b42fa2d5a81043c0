"""What a check hands back: the faults it saw, what it could not establish, and the result that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from govspider.checks.words import REASON_WORDS
from govspider.items import UnknownReason


class Result(StrEnum):
    """Answer to one clause. There is no fifth one: what is not established is unknown."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Certainty(StrEnum):
    """How hard the observations alone are."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"


class FindingKind(StrEnum):
    """Kinds of findings, the closed list of scripts/problems.py."""

    HOME_STALE = "home_stale"
    COLUMN_STALE = "column_stale"
    COLUMN_BLANK = "column_blank"
    ARTICLE_UNDATED = "article_undated"
    DATE_SUSPICIOUS = "date_suspicious"
    LINK_DEAD = "link_dead"
    LINK_HIJACKED = "link_hijacked"
    DARK_LINK = "dark_link"
    TAMPERING = "tampering"
    MARK_MISSING = "mark_missing"
    MARK_INVALID = "mark_invalid"
    TAGS_MISSING = "tags_missing"
    WORDING = "wording"
    RETIRED_SITE_ANSWERS = "retired_site_answers"
    REGISTRY_MISMATCH = "registry_mismatch"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault that a check saw.

    `key` names the fault within its site and kind, the same in every run: a column's or a target's
    address, a mark's name. `url` is the faulty target, `source_url` the page it stands on.
    """

    kind: FindingKind
    certainty: Certainty
    key: str
    url: str
    reason: str
    evidence: str
    source_url: str | None = None
    evidence_sha256: str | None = None
    column_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One thing that could not be established, with the reason."""

    key: str
    reason: UnknownReason
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Faults and gaps of one check on one site.

    `threshold` is the number of faults at which a clause fails; `settled` holds the keys that were
    seen to be in order, so that an earlier finding there counts as fixed.
    """

    threshold: int
    faults: tuple[Fault, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    settled: frozenset[str] = field(default_factory=frozenset)
    applicable: bool = True
    whole: bool = True
    """False when the site was not seen well enough for a pass, whatever the counts say."""
    notes: tuple[str, ...] = ()

    @property
    def bad(self) -> int:
        return sum(fault.certainty is Certainty.CONFIRMED for fault in self.faults)

    @property
    def suspected(self) -> int:
        return len(self.faults) - self.bad

    @property
    def unknown(self) -> int:
        return len(self.unsettled)

    @property
    def result(self) -> Result:
        """Fail on confirmed faults alone; pass only if nothing open could still reach the threshold."""
        if self.bad >= self.threshold:
            return Result.FAIL
        if not self.whole:
            return Result.UNKNOWN
        if not self.applicable:
            return Result.NOT_APPLICABLE
        if self.bad + self.suspected + self.unknown < self.threshold:
            return Result.PASS
        return Result.UNKNOWN

    def reasons(self) -> list[str]:
        """Why, in words: every fault, the gaps counted by their reason, then the notes."""
        gaps = Counter(gap.reason for gap in self.unsettled)
        told = [gap.text for gap in self.unsettled] if len(self.unsettled) == 1 else []
        if len(self.unsettled) > 1:
            parts = "、".join(f"{REASON_WORDS[reason]} {count}" for reason, count in sorted(gaps.items()))
            told = [f"{len(self.unsettled)} 项无法判定：{parts}"]
        return [*(fault.evidence for fault in self.faults), *told, *self.notes]

    def reviewed(self, decide: Callable[[Fault], Fault | None], note: str) -> Outcome:
        """The same outcome after persons looked at its faults.

        Parameters: `decide` gives the fault back, changed or not, or None where a person dismissed
        it; `note` is a sentence with one place for the number of dismissed faults.
        """
        if not self.faults:
            return self
        decided = [decide(fault) for fault in self.faults]
        kept = tuple(fault for fault in decided if fault is not None)
        dropped = len(decided) - len(kept)
        return replace(self, faults=kept, notes=(*self.notes, note.format(dropped)) if dropped else self.notes)
