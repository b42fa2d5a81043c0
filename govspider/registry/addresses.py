"""Addresses of a registry: what people type as 网址, as an address a browser would open."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit, urlunsplit

from govspider.registry.cells import tidy_address

_SEPARATORS = re.compile(r"[\s;；、，,|]+(?=[\w\[.-]+[.:])|[;；、，\n]+")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_LOST_COLON = re.compile(r"^(https?)(//|:/(?!/)|:\\\\|：//|;//)", re.IGNORECASE)
_WEB_PORTS = {"http": 80, "https": 443}


class NotAnAddressError(ValueError):
    """A text that is no web address; the message quotes it."""


def read_addresses(text: str) -> tuple[str, ...]:
    """Addresses in one cell, the home page first. Raises NotAnAddressError when the first is none.

    Registries give several addresses (中文域名 beside the English one) in one cell, and leave out http://.
    """
    parts = [part for part in _SEPARATORS.split(tidy_address(text)) if part]
    if not parts:
        raise NotAnAddressError("网址为空")
    return tuple(dict.fromkeys(read_address(part) for part in parts))


def read_address(text: str, *, with_fragment: bool = False) -> str:
    """One address with scheme, lower-case ASCII host and no default port. Raises NotAnAddressError.

    `with_fragment`: keep what follows #. Some platforms tell their columns apart by it alone.
    """
    plain = _LOST_COLON.sub(r"\1://", tidy_address(text))
    if not _SCHEME.match(plain):
        plain = f"http://{plain.lstrip('/')}"
    try:
        split = urlsplit(plain)
        host, port = ascii_host(split.hostname or ""), split.port
    except ValueError as error:
        raise NotAnAddressError(f"网址“{text}”不是网址") from error
    scheme = split.scheme.lower()
    if scheme not in _WEB_PORTS:
        raise NotAnAddressError(f"网址“{text}”不是 http 或 https 网址")
    if " " in plain or not _is_host(host):
        raise NotAnAddressError(f"网址“{text}”不是网址")
    shown = f"[{host}]" if ":" in host else host
    authority = shown if port in (None, _WEB_PORTS[scheme]) else f"{shown}:{port}"
    return urlunsplit((scheme, authority, split.path or "/", split.query, split.fragment if with_fragment else ""))


def ascii_host(host: str) -> str:
    """Host name as it travels: lower case, Chinese names as xn--. Raises ValueError for an impossible one."""
    host = host.lower().rstrip(".")
    return host if host.isascii() else host.encode("idna").decode("ascii")


def host_of(address: str) -> str:
    """Host of an address that `read_address` returned."""
    return urlsplit(address).hostname or ""


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_host(host: str) -> bool:
    if _is_ip(host):
        return True
    labels = host.split(".")
    named = len(labels) > 1 and not labels[-1].isdigit()
    return (named or host == "localhost") and all(_LABEL.fullmatch(label) for label in labels)


def hosts_with_twins(addresses: tuple[str, ...]) -> dict[str, str]:
    """Hosts of a site: those of its addresses (registry) and their www or bare twins (twin)."""
    hosts = {host_of(address): "registry" for address in addresses}
    for host in tuple(hosts):
        if _is_ip(host) or "." not in host:
            continue
        hosts.setdefault(host.removeprefix("www.") if host.startswith("www.") else f"www.{host}", "twin")
    return hosts
