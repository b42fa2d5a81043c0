"""Which links of a site may lead to a column: by host, by address and by name, never by content."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from govspider.extract.document.address import browser_address
from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon

# the links of some pages
_KEPT = 2048
_HOME_PATH = re.compile(r"^/(?:(?:index|default|main|home)\.\w{2,5})?$", re.IGNORECASE)
_INDEX_PAGE = re.compile(r"/(?:index|default)\.\w{2,5}$", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MARKS_AROUND = " \t·•|>»›<«‹[]【】()（）+…:：-—"
_DATE = re.compile(r"\d{4}\s*[-年./]\s*\d{1,2}|^\d{1,2}-\d{1,2}\b")


def column_address(page: Page, raw: str) -> str | None:
    """Address of what may be a column of the page's own site; None for what surely is none.

    None: other sites, articles, documents, the home page.

    The host counts with or without www; any other host under the same name is not the site.
    """
    return _column_address(page.base_url, page.encoding, page.host, raw)


@lru_cache(maxsize=_KEPT)
def _column_address(base_url: str, encoding: str, host: str, raw: str) -> str | None:
    """The same, kept: a page is asked for each of its links several times."""
    url = browser_address(base_url, raw, encoding)
    if url is None or site_key(host_of(url)) != site_key(host):
        return None
    parts = urlsplit(url)
    asked = parts.path + (f"?{parts.query}" if parts.query else "")
    if not parts.query and _HOME_PATH.match(parts.path):
        return None
    if _is_document(parts.path) or (is_article(asked) and not has_column_shape(url)):
        return None
    if _fragment_counts().search(parts.path) and "#" in raw:
        return f"{url}#{raw.partition('#')[2].strip()}"
    return url


def same_column(url: str) -> str:
    """What two addresses of one column have in common: no scheme, no www, no index page, no slash at the end."""
    parts = urlsplit(url)
    path = _INDEX_PAGE.sub("/", parts.path).rstrip("/")
    return f"{site_key(host_of(url))}{path}?{parts.query}#{parts.fragment}"


def is_article(asked: str) -> bool:
    """True when path and query look like those of one article or one function."""
    return _any_of("article_address").search(asked) is not None


def has_column_shape(url: str) -> bool:
    """True when the address alone says column, by the habits of the content systems in use."""
    parts = urlsplit(url)
    asked = parts.path + (f"?{parts.query}" if parts.query else "")
    return _any_of("column_address").search(asked) is not None


@lru_cache(maxsize=_KEPT)
def column_name(text: str) -> str | None:
    """Name of a column, marks around it removed; None for a function, a pager, a date or a headline."""
    name = " ".join(text.split()).strip(_MARKS_AROUND)
    shortest, longest = _lexicon()["name_length"]
    if not shortest <= len(name) <= longest or not _CHINESE.search(name):
        return None
    squeezed = name.replace(" ", "")
    if squeezed in _names("function_names") or squeezed in _names("home_names") or _DATE.search(name):
        return None
    others = (*_lexicon()["function_parts"], *_lexicon()["headline_marks"])
    return None if any(part in name for part in others) else name


def is_home_name(text: str) -> bool:
    """True for 首页 and its kin."""
    return text.replace(" ", "").strip(_MARKS_AROUND) in _names("home_names")


def is_site_map_name(text: str) -> bool:
    """True for 网站地图, 站点地图 and their kin."""
    return text.replace(" ", "").strip(_MARKS_AROUND) in _names("site_map_names")


def is_more(text: str) -> bool:
    """True for 更多 and its kin, marks around it or not."""
    return text.replace(" ", "").strip(_MARKS_AROUND) in _names("more_words")


def looks_like_site_map(url: str) -> bool:
    """True when the address itself names a site map."""
    return re.search(_lexicon()["site_map_address"], urlsplit(url).path, re.IGNORECASE) is not None


@cache
def _lexicon() -> dict[str, Any]:
    return read_lexicon("navigation")


@cache
def _names(key: str) -> frozenset[str]:
    return frozenset(str(name).replace(" ", "") for name in _lexicon()[key])


@cache
def _any_of(key: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _lexicon()[key]), re.IGNORECASE)


@cache
def _fragment_counts() -> re.Pattern[str]:
    return re.compile(_lexicon()["fragment_address"])


def _is_document(path: str) -> bool:
    extension = path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
    links = read_lexicon("links")
    return any(extension in links[key] for key in ("attachment_extensions", "image_extensions", "style_extensions"))
