"""The request behind a list that a browser showed: which one it is, and how it is asked again.

A page that only a browser can read asks for its records like any other program would. The answer that
holds what the rendered page shows is the list; its request, asked again, needs no browser.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from govspider.extract.columns.column import observe_column
from govspider.extract.columns.dates import normalise
from govspider.extract.columns.outline import outline_of
from govspider.extract.document.page import Page
from govspider.items import (
    ColumnObservation,
    ColumnState,
    FollowUp,
    FollowUpPurpose,
    LearnedRequest,
    UnknownReason,
)

DELIVERY = "learned"
_SAME_TITLES = 0.5
# a number of the length of a clock that shows the minute of asking is the clock
_CLOCK = re.compile(r"(?<!\d)(\d{13}|\d{10})(?!\d)")
_CLOCK_SECONDS = 600
_CHANGING = re.compile(r"[0-9a-f]{16,}|\d+", re.I)
_KEPT_HEADERS = frozenset({"accept", "content-type", "referer", "origin", "x-requested-with"})


@dataclass(frozen=True, slots=True)
class RenderedList:
    """A list that a browser showed. `answer`: which of the page's own answers brought it, None where that is open."""

    observation: ColumnObservation
    answer: int | None


def rendered_list(
    page: Page, rendered: Page, answers: Sequence[Page], *, whole: bool, now: datetime
) -> RenderedList | None:
    """The list that the rendered page shows, None where it cannot be trusted to be the column's.

    It is trusted when an answer of the site holds the same records, or else when `whole`: nothing the
    page asked for is missing. A page that lacks a part may show its side block only, or say 暂无内容
    for want of data; so a blank is never read from a browser.
    """
    shown = observe_column(page, now, (rendered,))
    if shown.state is not ColumnState.LIST or shown.source != "browser":
        return None
    found = _answer_of(shown, answers, now)
    if found is None and not whole:
        return None
    return RenderedList(shown, found)


def _answer_of(shown: ColumnObservation, answers: Sequence[Page], now: datetime) -> int | None:
    """The answer that holds most of what is shown, with the same newest day."""
    titles = _titles(shown)
    best: tuple[float, int] | None = None
    for index, answer in enumerate(answers):
        told = observe_column(answer, now)
        share = len(titles & _titles(told)) / len(titles) if titles else 0.0
        if share >= _SAME_TITLES and told.newest == shown.newest and (best is None or share > best[0]):
            best = share, index
    return best[1] if best else None


def _titles(observation: ColumnObservation) -> set[str]:
    return {"".join(normalise(item.title).split()).rstrip(".…") for item in observation.list_items} - {""}


def shell_fingerprint(page: Page) -> str:
    """sha256 over the scripts of a page, numbers and long hexadecimal words left out: they change by themselves."""
    scripts = [script for _, script in page.once(outline_of).scripts]
    told = "\n".join(f"{(script.get('src') or '').partition('?')[0]} {script.text or ''}" for script in scripts)
    return hashlib.sha256(_CHANGING.sub("", told).encode()).hexdigest()


def learn(
    page: Page, method: str, url: str, body: str, headers: Mapping[str, str], asked_at: datetime
) -> LearnedRequest:
    """What is kept of a request that brought the list of `page`."""
    kept = {name.lower(): text for name, text in headers.items() if name.lower() in _KEPT_HEADERS}
    return LearnedRequest(
        url=_template(url, asked_at),
        method=method,
        body=_template(body, asked_at),
        headers=kept,
        shell_sha256=shell_fingerprint(page),
        learned_at=asked_at,
    )


def replay(learned: LearnedRequest, now: datetime) -> FollowUp:
    """The learned request as it is asked at `now`."""
    return FollowUp(
        _filled(learned.url, now),
        FollowUpPurpose.LIST_DATA,
        learned.method,
        _filled(learned.body, now),
        learned.headers,
        DELIVERY,
    )


def stands(learned: LearnedRequest, page: Page, now: datetime, days: float) -> bool:
    """True while a learned request may be asked without a new look by a browser: same scripts, not too long ago."""
    return now - learned.learned_at <= timedelta(days=days) and learned.shell_sha256 == shell_fingerprint(page)


def brings_list(page: Page, part: Page, now: datetime) -> bool:
    """True when the answer of a learned request still holds a list: else the page has changed its ways."""
    told = observe_column(page, now, (part,))
    return told.state is ColumnState.LIST and told.reason is not UnknownReason.NEEDS_BROWSER


def _template(text: str, asked_at: datetime) -> str:
    return _CLOCK.sub(lambda match: _placeholder(match.group(), asked_at), text)


def _placeholder(number: str, asked_at: datetime) -> str:
    milliseconds = len(number) == 13
    seconds = int(number) / (1000 if milliseconds else 1)
    if abs(seconds - asked_at.timestamp()) > _CLOCK_SECONDS:
        return number
    return "{unix_ms}" if milliseconds else "{unix}"


def _filled(text: str, now: datetime) -> str:
    seconds = now.timestamp()
    return text.replace("{unix_ms}", str(int(seconds * 1000))).replace("{unix}", str(int(seconds)))
