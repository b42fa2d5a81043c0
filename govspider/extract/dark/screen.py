"""What a clean page is let off with: one look over the raw text with tools written in C.

A page without an address of a stranger, without an advertised word and without a script that
hides what it does needs no further search for dark links. The screen may let too much through,
never too little: everything that accuses starts from what it sees.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from govspider.extract.dark.link_targets import TargetKind, target_of_host
from govspider.extract.document.hiding import hiding_rules
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page
from govspider.extract.document.skeleton import places_of_mark, skeleton, skeleton_of

_HOST = re.compile(r"//([\w-][\w.\u3002-]*\.[\w-]+)")
# two references close together that are no blanks: a page writes its addresses or words in them
_ENCODED = re.compile(r"&#(?!160|x[aA]0)x?[0-9a-fA-F]{2,5};[^\s<>&]{0,2}&#(?!160|x[aA]0)")
_SLASHED = re.compile(rb"\\(?=\\|/\\/)")


@dataclass(frozen=True)
class Screened:
    """What the raw text of a page shows at first sight."""

    strangers: Counter[str]
    """Hosts of strangers named anywhere in the text, and how often."""
    others: frozenset[str]
    """Hosts of public bodies and known services that are named as well."""
    cut: bool
    """True where more hosts are named than are told apart; those behind are in neither."""


def screened(page: Page) -> Screened:
    """Hosts of strangers that a page names; asked once per page."""
    return page.once(_screened)


def _screened(page: Page) -> Screened:
    named = _named_hosts(page.text, skeleton(page))
    if is_encoded(page):
        plain = html.unescape(page.text)
        named += _named_hosts(plain, skeleton_of(plain))
    own, others = registrable_domain(page.host), set[str]()
    strangers: Counter[str] = Counter()
    most = hiding_rules().limits["hosts"]
    for host, count in islice(named.items(), most):
        target = target_of_host(host, own)
        if target.kind is TargetKind.FOREIGN:
            strangers[host] = count
        elif target.kind is not TargetKind.OWN:
            others.add(host)
    return Screened(strangers, frozenset(others), len(named) > most)


def _named_hosts(text: str, bones: bytes) -> Counter[str]:
    """Hosts in lower case that a text with this skeleton names; where backslashes stand for slashes as well."""
    hosts = _HOST.findall(text)
    if b"\\" in bones and _SLASHED.search(bones):
        hosts += _HOST.findall(text.replace("\\", "/"))
    return Counter(map(str.lower, hosts))


def is_encoded(page: Page) -> bool:
    """Whether a page writes addresses or words as character references."""
    return page.once(_is_encoded)


def _is_encoded(page: Page) -> bool:
    return any(_ENCODED.match(page.text, place) for place in places_of_mark(page, b"&#"))


def is_encoded_somewhere(text: str) -> bool:
    """True when a text writes two characters in a row, blanks aside, as references."""
    return "&#" in text and _ENCODED.search(text) is not None
