"""Pipelines that fail on purpose, for crawls that are told to use them by a setting."""

from __future__ import annotations

from typing import Any

from govspider.items import LinkAnswered, PageRole, PageSeen

_TOO_MANY = 10**12


class SpoilPage:
    """Gives home pages a status that no integer column holds."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.role is PageRole.HOME:
            item.status = _TOO_MANY
        return item


class SpoilAnswer:
    """The same for the answers of images: they belong to no page."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, LinkAnswered) and item.url.endswith(".png"):
            item.status = _TOO_MANY
        return item


class SpoilEveryAnswer:
    """The same for every answer of a link: more dead letters than a small disk holds."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, LinkAnswered):
            item.status = _TOO_MANY
        return item


class Fail:
    """An extractor with a bug that article pages bring to light."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.role is PageRole.ARTICLE:
            raise ValueError(f"no idea what {item.url!r} is")
        return item
