"""A site's running state as a dated history: what an import may add to it, and what it may not rewrite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date


class StatusOrderError(ValueError):
    """An import that lies before what is already known; the message names the days."""


@dataclass(frozen=True, slots=True)
class Status:
    """One state with its first day, and the first day of the next one (None while it lasts)."""

    state: str
    valid_from: date
    valid_to: date | None
    document_no: str | None
    source: str
    """registry, or default where the registry named no state."""


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """What a registry says on the day `as_of`; state None = it says nothing."""

    state: str | None
    since: date | None
    document_no: str | None
    as_of: date


def revise(history: Sequence[Status], claim: StatusClaim, default_state: str) -> tuple[Status, ...]:
    """History after a claim, oldest first. A new state closes the one before it at its first day.

    The first day is `since` where that lies after the last known change, else the day of the import: what earlier
    imports established is never rewritten. Only the very first state may turn out to be older than its import.
    Raises StatusOrderError when the import itself lies before the last known change.
    """
    if claim.state is None:
        first = Status(default_state, claim.as_of, None, None, "default")
        return tuple(history) or (first,)
    if not history:
        return (Status(claim.state, claim.since or claim.as_of, None, claim.document_no, "registry"),)
    *before, current = history
    if current.state == claim.state:
        return (*before, _confirmed(current, claim, only=not before))
    start = claim.since if claim.since and claim.since > current.valid_from else claim.as_of
    if start < current.valid_from:
        raise StatusOrderError(
            f"底账日期 {claim.as_of} 早于库中最近一次状态变更 {current.valid_from}（“{current.state}”）"
            "：请按时间先后导入，或用 --as-of 给出这份底账的日期"
        )
    new = Status(claim.state, start, None, claim.document_no, "registry")
    if start == current.valid_from:
        return (*before, new)
    return (*before, replace(current, valid_to=start), new)


def _confirmed(current: Status, claim: StatusClaim, *, only: bool) -> Status:
    """The same state again: now the registry's own word, perhaps with a document and an older first day."""
    start = claim.since if only and claim.since and claim.since < current.valid_from else current.valid_from
    return replace(current, valid_from=start, document_no=claim.document_no or current.document_no, source="registry")
