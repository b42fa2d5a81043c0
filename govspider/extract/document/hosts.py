"""Which host belongs to whom: site keys, registrable domains, official domains."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

import tldextract

# the bundled list only: a network fetch of the suffix list would hang an intranet
_SPLIT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=16384)
def host_of(url: str) -> str:
    """Lower-case host name of an address, '' when it has none or is no address."""
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def site_key(host: str) -> str:
    """Host without its www: a site and its bare twin share politeness and identity."""
    return host.lower().removeprefix("www.")


@lru_cache(maxsize=65536)
def registrable_domain(host: str) -> str:
    """Registrable domain: sz.gov.cn for zwgk.sz.gov.cn; the host itself for an IP address or a bare name."""
    return _SPLIT(host).top_domain_under_public_suffix or host


def is_official(host: str) -> bool:
    """True for gov.cn hosts, the domains that only public bodies can register."""
    return host == "gov.cn" or host.endswith(".gov.cn")
