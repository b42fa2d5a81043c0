"""Whose a link's target is: the site's own, a public body's, a trusted service's, or a stranger's."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from urllib.parse import urlsplit

from govspider.extract.dark.folding import fold
from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.extract.lexicons import read_lexicon

_HAN_NAME = re.compile(r"[\u4e00-\u9fff()“”]{4,30}")


class TargetKind(StrEnum):
    """What is known of a target before its words are read."""

    OWN = "own"
    OFFICIAL = "official"
    TRUSTED = "trusted"
    ADDRESS = "address"
    """A raw IP address: systems of public bodies use them, planted links need a name to promote."""
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Target:
    """The registrable domain of a link and whose it is; `category` names the kind of trusted service."""

    domain: str
    kind: TargetKind
    category: str = ""


@dataclass(frozen=True)
class TrustedTargets:
    """What trusted_targets.yaml says."""

    suffixes: tuple[str, ...]
    categories: dict[str, str]
    """registrable domain -> category."""
    paths: tuple[str, ...]
    signature_words: tuple[str, ...]
    signature_limit: int
    agency_endings: tuple[str, ...]


@cache
def trusted_targets() -> TrustedTargets:
    """The trusted targets that ship with the package, read once."""
    data = read_lexicon("trusted_targets")
    return TrustedTargets(
        suffixes=tuple(data["official_suffixes"]),
        categories={
            str(domain): category for category, group in data["categories"].items() for domain in group["domains"]
        },
        paths=tuple(data["trusted_paths"]),
        signature_words=tuple(data["signature_words"]),
        signature_limit=int(data["signature_limit"]),
        agency_endings=tuple(data["agency_endings"]),
    )


def target_of(url: str, own_domain: str) -> Target | None:
    """Whose target an absolute http(s) address is; None for anything else.

    Parameters: `own_domain` the registrable domain of the page the link stands on.
    """
    if not url.startswith(("http://", "https://")):
        return None
    host = host_of(url)
    if not host:
        return None
    target = target_of_host(host, own_domain)
    if target.kind in (TargetKind.FOREIGN, TargetKind.ADDRESS) and _has_trusted_path(url):
        return Target(target.domain, TargetKind.TRUSTED, "public")
    return target


@lru_cache(maxsize=65536)
def target_of_host(host: str, own_domain: str) -> Target:
    """Whose a host is, trusted paths aside."""
    domain = registrable_domain(host)
    known = trusted_targets()
    if own_domain in (domain, host):
        return Target(domain, TargetKind.OWN)
    if host.endswith(tuple("." + suffix for suffix in known.suffixes)) or host in known.suffixes:
        return Target(domain, TargetKind.OFFICIAL)
    if domain in known.categories:
        return Target(domain, TargetKind.TRUSTED, known.categories[domain])
    if _is_address(host) or "." not in host:
        return Target(host, TargetKind.ADDRESS)
    return Target(domain, TargetKind.FOREIGN)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _has_trusted_path(url: str) -> bool:
    path = urlsplit(url).path.lower()
    return any(path.startswith(start) for start in trusted_targets().paths)


def is_agency(anchor: str) -> bool:
    """True when an anchor is the name of a public body and nothing else (清河县城市管理局)."""
    name = fold("".join(anchor.split()))
    return _HAN_NAME.fullmatch(name) is not None and name.endswith(trusted_targets().agency_endings)


def is_signature(anchor: str) -> bool:
    """True when an anchor names who built or counts the page (技术支持, Produced By, 站长统计)."""
    lowered = anchor.lower()
    return any(word in lowered for word in trusted_targets().signature_words)
