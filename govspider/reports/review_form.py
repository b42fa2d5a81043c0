"""The queue of findings as xlsx: exported for a person, filled in anywhere, taken back row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govspider.db.review_queue import QueuedFinding
from govspider.judging.reviewing import DECISION_WORDS, ReviewError, ReviewRequest, is_decided
from govspider.reports.filled_form import FilledRow, read_filled_form
from govspider.reports.spreadsheet import Sheet, xlsx_bytes
from govspider.reports.words import words

_KEYS = (
    "id",
    "fingerprint",
    "site_code",
    "site",
    "kind",
    "state",
    "rule",
    "headline",
    "evidence",
    "snippet",
    "url",
    "source_url",
    "domain",
    "container",
    "evidence_sha256",
    "last_seen",
    "decision",
    "reason",
    "reviewer",
)
_NEEDED = ("id", "fingerprint", "decision", "reason", "reviewer")
_DECISIONS = {word: decision for decision, word in DECISION_WORDS.items()}


@dataclass(slots=True)
class FilledReview:
    """What a form says: decisions to store, rows that say what is known already, empty rows, rejected rows."""

    requests: list[ReviewRequest] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    rejected: list[tuple[FilledRow, str]] = field(default_factory=list)


def review_xlsx(findings: Sequence[QueuedFinding]) -> bytes:
    """The form as a workbook, with a page that says how to fill it in. No text in it is a formula."""
    names = words("review_form")
    how = [(names["decision"], "、".join(_DECISIONS)), (names["reason"], names["how_reason"])]
    sheet = Sheet(names["title"], review_header(), [_row(finding) for finding in findings])
    return xlsx_bytes([sheet, Sheet(names["how"], [names["item"], names["meaning"]], how)])


def review_header() -> tuple[str, ...]:
    """Header of the form, for the file of rejected rows."""
    names = words("review_form")
    return tuple(names[key] for key in _KEYS)


def _row(finding: QueuedFinding) -> tuple[str, ...]:
    shown = {
        "id": str(finding.id),
        "kind": words("kinds")[finding.kind],
        "state": words("states")[finding.state],
        "last_seen": finding.last_seen_at.isoformat(timespec="seconds"),
        "decision": "",
        "reason": "",
        "reviewer": "",
    }
    return tuple(shown[key] if key in shown else str(getattr(finding, key)) for key in _KEYS)


def read_review(path: Path, known: Mapping[str, str], *, replace: bool = False) -> FilledReview:
    """Decisions of a form that came back.

    Parameters: `known` states of the findings of this database by fingerprint; `replace` lets a row change what
    a person decided since. Raises FilledFormError, and OSError where the file cannot be read.
    """
    names = words("review_form")
    found = FilledReview()
    rows = read_filled_form(path, names, _NEEDED)
    said = Counter(row.values["fingerprint"] for row in rows if row.values["decision"])
    for row in rows:
        if not row.values["decision"]:
            found.empty += 1
            continue
        try:
            request = _request(row, known, twice=said[row.values["fingerprint"]] > 1)
            state = known[request.finding]
            if is_decided(state, request.decision):
                found.unchanged += 1
            elif state in ("confirmed", "dismissed") and not replace:
                word = words("states")[state]
                raise ReviewError(f"该问题现为“{word}”：导出以后已有人复核或重新判定，确需更改请加 --replace")
            else:
                found.requests.append(request)
        except ReviewError as error:
            found.rejected.append((row, str(error)))
    return found


def _request(row: FilledRow, known: Mapping[str, str], *, twice: bool) -> ReviewRequest:
    """The decision of a row. Raises ReviewError with the reason why it makes none."""
    values = row.values
    if values["fingerprint"] not in known:
        raise ReviewError(f"指纹 {values['fingerprint'][:16]!r} 不在本数据库中：请不要改动编号和指纹两列")
    if twice:
        raise ReviewError(f"指纹 {values['fingerprint'][:12]} 在文件中出现了不止一次")
    decision = _DECISIONS.get(values["decision"])
    if decision is None:
        raise ReviewError(f"结论 {values['decision']!r} 不是 {'、'.join(_DECISIONS)} 之一")
    request = ReviewRequest(values["fingerprint"], decision, values["reviewer"], values["reason"])
    request.check()
    return request
