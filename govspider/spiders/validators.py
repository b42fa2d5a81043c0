"""Asking whether a page changed since (RFC 9110, 13): what is sent with the request, and which "no" is believed.

Headers are told apart by their names in lower case. A validator is sent back as the server wrote it, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from govspider.extract.document.challenge import lower_case_headers
from govspider.extract.lexicons import read_lexicon
from govspider.items import EarlierPage

CONDITIONAL = frozenset({"if-none-match", "if-modified-since", "cache-control", "pragma"})
"""Names of the headers that make a request conditional."""
# RFC 9110 8.8.3; bytes beyond ASCII would be written otherwise than they came
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')
_DATE = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_ASK_THE_SERVER = {"Cache-Control": "no-cache", "Pragma": "no-cache"}
_CUT = ":cut"


def conditions_for(earlier: EarlierPage) -> dict[str, str]:
    """Headers that ask for the page only if it changed; {} where what the server said then is no ground to ask so."""
    said = lower_case_headers(earlier.response_headers)
    if _CUT in said or "*" in said.get("vary", "") or "no-store" in said.get("cache-control", "").lower():
        return {}
    sent = {}
    if etag := _etag(said):
        sent["If-None-Match"] = etag
    if modified := _strong_date(said):
        sent["If-Modified-Since"] = modified
    return {**sent, **_ASK_THE_SERVER} if sent else {}


def _etag(said: Mapping[str, str]) -> str:
    etag = said.get("etag", "")
    return etag if len(etag) <= read_lexicon("unchanged")["longest"] and _ETAG.fullmatch(etag) else ""


def _strong_date(said: Mapping[str, str]) -> str:
    """The Last-Modified that cannot be that of two contents: a minute older than the answer itself."""
    modified, answered = _instant(said.get("last-modified", "")), _instant(said.get("date", ""))
    if modified is None or answered is None:
        return ""
    weak = timedelta(seconds=read_lexicon("unchanged")["weak_seconds"])
    return said["last-modified"] if answered - modified >= weak else ""


def _instant(written: str) -> datetime | None:
    if not _DATE.fullmatch(written):
        return None
    try:
        return parsedate_to_datetime(written).astimezone(UTC)
    except ValueError:  # such as 31 February
        return None


def doubt_about(earlier: EarlierPage, sent: Mapping[str, str], answered: Mapping[str, str]) -> str:
    """Why a 304 is not believed, in a few words; '' for one that is.

    Parameters: `sent` all headers of the request; `answered` those of the 304.
    """
    before, now, asked = (
        lower_case_headers(earlier.response_headers),
        lower_case_headers(answered),
        lower_case_headers(sent),
    )
    named, known = now.get("etag"), asked.get("if-none-match")
    if named is not None and (known is None or _opaque(named) != _opaque(known)):
        return f"it names the ETag {named!r}, asked for was {known!r}"
    modified = now.get("last-modified")
    if modified is not None and modified != before.get("last-modified"):
        return f"it names the Last-Modified {modified!r}, which was {before.get('last-modified')!r}"
    length = now.get("content-length", "0")
    if length not in ("0", before.get("content-length", length)):
        return f"it names the length {length!r}, which was {before['content-length']!r}"
    if _without_conditions(asked) != _without_conditions(lower_case_headers(earlier.request_headers)):
        return "the page was asked for in other words than before"
    return _doubtful_time(before, now)


def _doubtful_time(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Why the 304 cannot have been made just now by the server."""
    age = now.get("age", "0").strip()
    if not age.isdigit() or int(age) > read_lexicon("unchanged")["age_seconds"]:
        return f"a cache on the way answered, with the Age {age!r}"
    then, at = _instant(before.get("date", "")), _instant(now.get("date", ""))
    if then is not None and at is not None and at < then:
        return f"it is dated {now['date']}, before the page itself came"
    return ""


def _opaque(etag: str) -> str:
    """What weak comparison compares (RFC 9110 8.8.3.2): a server that packs its pages weakens their tags on the way."""
    return etag.removeprefix("W/")


def _without_conditions(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in CONDITIONAL}
