"""An address as a browser would ask for it: resolved and encoded by the rules of the WHATWG URL standard.

A checker that encodes another way than browsers do calls working links dead: a Chinese query
on a GBK page travels in GBK, a Chinese path always in UTF-8, a backslash is a slash.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_C0_AND_SPACE = "".join(map(chr, range(0x21)))
_DROPPED = str.maketrans("", "", "\t\r\n")
_WEB_SCHEMES = ("http", "https")
_FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^`{|}]")
_HOST_LIMIT = 253
_PORT_LIMIT = 65535
# characters that a browser leaves alone beyond letters and digits
_PATH_SAFE = "%/:@!$&'()*+,;=~-._[]|\\^"
_QUERY_SAFE = "%/:@!$&()*+,;=~-._[]|\\^?`{}"
# an absolute address of which nothing is resolved, encoded or dropped
_AS_WRITTEN = re.compile(
    r"https?://[a-z0-9_-][a-z0-9._-]{0,200}/[A-Za-z0-9%/:@!$&'()*+,;=~._\[\]|^-]*"
    r"(?:\?[A-Za-z0-9%/:@!$&()*+,;=~._\[\]|^?`{}-]*)?"
)
# and what follows the host of one, where it has no query
_PATH_AS_WRITTEN = re.compile(r"/(?!/)[A-Za-z0-9%/:@!$&'()*+,;=~._\[\]|^-]*")
_SINGLE_DOTS = (".", "%2e")
_DOUBLE_DOTS = ("..", ".%2e", "%2e.", "%2e%2e")
# the encoder that browsers use for a page read with this codec
_BROWSER_ENCODERS = {"gb18030": "gbk", "gb2312": "gbk", "big5": "big5hkscs"}


class _Parts(NamedTuple):
    scheme: str
    authority: str
    path: str
    query: str | None


def scheme_of(raw: str) -> str:
    """Lower-case scheme that an address names itself, '' for a relative one."""
    found = _SCHEME.match(clean(raw))
    return found.group(1).lower() if found else ""


def clean(raw: str) -> str:
    """What a browser drops before it reads an address: surrounding blanks, inner tabs and line ends."""
    kept = raw.strip(_C0_AND_SPACE)
    # looked for first: translating takes ten times as long
    return kept.translate(_DROPPED) if "\n" in kept or "\r" in kept or "\t" in kept else kept


def browser_address(base: str, raw: str, encoding: str) -> str | None:
    """Absolute http(s) address that a browser asks for when `raw` stands in a page; None when there is none.

    Parameters: `base` the absolute address to resolve against; `encoding` the page's encoding,
    used for the query only. The fragment is dropped, a default port is kept as written.
    """
    undotted = "/." not in raw and "/%2" not in raw
    if undotted and _AS_WRITTEN.fullmatch(raw):  # most links to other hosts
        return raw
    around = _split(base)
    if undotted and around.scheme in _WEB_SCHEMES and _PATH_AS_WRITTEN.fullmatch(raw):  # most links within a site
        authority = _authority(around.authority)
        return None if authority is None else f"{around.scheme}://{authority}{raw}"
    parts = _resolve(around, clean(raw).partition("#")[0])
    if parts is None:
        return None
    authority = _authority(parts.authority)
    if authority is None:
        return None
    path = quote(_without_dots(parts.path), safe=_PATH_SAFE, errors="replace")
    query = "" if parts.query is None else "?" + _encoded_query(parts.query, encoding)
    return f"{parts.scheme}://{authority}{path}{query}"


@lru_cache(maxsize=64)
def _split(url: str) -> _Parts:
    """Split an absolute address; a base without scheme or host resolves only absolute addresses."""
    scheme, _, rest = clean(url).partition("#")[0].partition(":")
    return _with_authority(scheme.lower(), rest)


def _with_authority(scheme: str, rest: str) -> _Parts:
    before_query, mark, query = rest.partition("?")
    authority, slash, path = before_query.replace("\\", "/").lstrip("/").partition("/")
    return _Parts(scheme, authority, slash + path or "/", query if mark else None)


def _resolve(base: _Parts, reference: str) -> _Parts | None:
    named = _SCHEME.match(reference)
    scheme = named.group(1).lower() if named else base.scheme
    if scheme not in _WEB_SCHEMES:
        return None
    rest = reference[named.end() :] if named else reference
    # "http:page.htm" on an http page is relative, on any other page "page.htm" is a host
    if rest[:2].replace("\\", "/") == "//" or (named and scheme != base.scheme):
        return _with_authority(scheme, rest)
    return _relative(base, rest)


def _relative(base: _Parts, rest: str) -> _Parts:
    path, mark, query = rest.partition("?")
    path = path.replace("\\", "/")
    if not path:
        return base._replace(query=query if mark else base.query)
    if not path.startswith("/"):
        path = base.path[: base.path.rfind("/") + 1] + path
    return base._replace(path=path, query=query if mark else None)


def _without_dots(path: str) -> str:
    """Resolve `.` and `..`; unlike urljoin, empty steps (`//`) stay, because servers tell them apart."""
    kept: list[str] = []
    steps = path.split("/")[1:]
    for index, step in enumerate(steps):
        folded = step.lower()
        last = index == len(steps) - 1
        if folded in _DOUBLE_DOTS:
            del kept[-1:]
        elif folded not in _SINGLE_DOTS:
            kept.append(step)
            continue
        if last:
            kept.append("")
    return "/" + "/".join(kept)


@lru_cache(maxsize=1024)
def _authority(written: str) -> str | None:
    """Host in ASCII with its port as written, None when no browser would accept it."""
    user, at, host_and_port = written.rpartition("@")
    host, colon, port = host_and_port.partition(":")
    if host.startswith("["):
        return None if not re.fullmatch(r"\[[0-9A-Fa-f:.]+\](?::\d*)?", host_and_port) else host_and_port.lower()
    if port and not (port.isascii() and port.isdigit() and int(port) <= _PORT_LIMIT):
        return None
    ascii_host = _ascii_host(host)
    if ascii_host is None:
        return None
    return f"{quote(user, safe='%:')}{at}{ascii_host}{colon if port else ''}{port}"


def _ascii_host(host: str) -> str | None:
    host = unquote(host).lower()
    try:
        written = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:  # a label too long or with characters no name may hold
        return None
    if not written or len(written) > _HOST_LIMIT or _FORBIDDEN_IN_HOST.search(written):
        return None
    return written


def _encoded_query(query: str, encoding: str) -> str:
    """Percent-encode a query the way forms and links do: what the encoding lacks becomes `&#NNN;`."""
    if query.isascii():
        return quote(query, safe=_QUERY_SAFE)
    encoder = _BROWSER_ENCODERS.get(encoding, encoding)
    if encoder.startswith("utf"):
        return quote(query, safe=_QUERY_SAFE, errors="replace")
    pieces = []
    for char in query:
        try:
            pieces.append(quote(char.encode(encoder), safe=_QUERY_SAFE))
        except UnicodeEncodeError:
            pieces.append(f"%26%23{ord(char)}%3B")
    return "".join(pieces)
