"""Tampering that is not a hidden link: poisoned heads, cloaking scripts, visible promotion."""

from __future__ import annotations

from dataclasses import replace

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.poisoned_head import poisoned_head
from govspider.extract.dark.promotion_blocks import promotion_blocks
from govspider.extract.dark.script_gates import script_gates
from govspider.extract.dark.search_billboard import search_billboard
from govspider.extract.dark.spliced_prose import keyword_farms, spliced_terms, traditional_mirror
from govspider.extract.document.byte_places import byte_places
from govspider.extract.document.page import Page
from govspider.items import TamperingObservation


def find_tampering(page: Page) -> tuple[TamperingObservation, ...]:
    """Signs that somebody else writes on this page, each with its kind, strength and reasons in Chinese.

    Kinds: the keys of `names` in tampering.yaml.
    Links that `find_dark_links` reports are not told again.
    """
    return page.once(_find)


def _find(page: Page) -> tuple[TamperingObservation, ...]:
    head = poisoned_head(page)
    told = frozenset(link.offset for link in find_dark_links(page) if link.offset is not None)
    poisoned = any(observation.kind == "poisoned_title" for observation in head)
    whole = (search_billboard(page), traditional_mirror(page))
    found = (
        *head,
        *script_gates(page),
        *promotion_blocks(page, told, poisoned),
        *keyword_farms(page),
        *spliced_terms(page),
        *(observation for observation in whole if observation is not None),
    )
    return _with_bytes(page, found) if found else ()


def _with_bytes(page: Page, found: tuple[TamperingObservation, ...]) -> tuple[TamperingObservation, ...]:
    places = byte_places(page, (one.offset for one in found if one.offset is not None))
    return tuple(one if one.offset is None else replace(one, byte_offset=places.get(one.offset)) for one in found)
