"""The address that links are resolved against, apart from the page: who keeps a link keeps no tree alive by it."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urljoin, urlsplit

_NO_BREAKS = str.maketrans("", "", "\t\r\n")
_PLAIN_PATH = re.compile(r"/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?", re.A)
_PLAIN_RELATIVE = re.compile(r"(?:\./)?(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.A)
_PLAIN_ORIGIN = re.compile(r"(https?://[\w.-]+(?::\d+)?)/", re.A)
_PLAIN_ADDRESS = re.compile(r"https?://[\w.-]+(?::\d+)?/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?", re.A)


class BaseAddress:
    """One base address, and the joining of links to it. Parameters: `url` the page's own, or its `<base href>`."""

    def __init__(self, url: str) -> None:
        self.url = url

    @cached_property
    def _origin(self) -> str:
        """Scheme and host in front of a path of the base address, '' where it has none."""
        if plain := _PLAIN_ORIGIN.match(self.url):
            return plain[1]
        try:
            return urljoin(self.url, "/").removesuffix("/")
        except ValueError:  # such as http://[broken
            return ""

    @cached_property
    def _folder(self) -> str:
        """The base address up to the last slash of its path, '' where the path is not a plain one."""
        try:
            path = urlsplit(self.url).path or "/"
        except ValueError:  # such as http://[broken
            return ""
        plain = self._origin and _PLAIN_PATH.fullmatch(path)
        return f"{self._origin}{path[: path.rindex('/') + 1]}" if plain else ""

    def join(self, href: str) -> str | None:
        """Absolute address of a link as a browser would resolve it; None when it is no address at all."""
        # most links of a site are plain: no need to take them apart
        if _PLAIN_PATH.fullmatch(href) and self._origin:
            return self._origin + href
        if _PLAIN_RELATIVE.fullmatch(href) and self._folder:
            return self._folder + href.removeprefix("./")
        if _PLAIN_ADDRESS.fullmatch(href):
            return href
        cleaned = href.strip().translate(_NO_BREAKS)
        try:
            return urljoin(self.url, cleaned)
        except ValueError:  # such as http://[broken
            return None
