"""Which network addresses may be contacted: public ones, and private ones that were allowed by name.

A page under inspection may point anywhere; it must not make the inspector knock on its own
office's printers. GOVSPIDER_ALLOWED_PRIVATE_NETWORKS lists CIDRs that are allowed all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

ALLOWED_VARIABLE = "GOVSPIDER_ALLOWED_PRIVATE_NETWORKS"

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


class BadNetworkError(ValueError):
    """A CIDR in GOVSPIDER_ALLOWED_PRIVATE_NETWORKS that is none."""


def allowed_networks(environ: Mapping[str, str]) -> tuple[Network, ...]:
    """Networks of the environment variable, comma or space separated. Raises BadNetworkError."""
    networks = []
    for part in environ.get(ALLOWED_VARIABLE, "").replace(",", " ").split():
        try:
            networks.append(ip_network(part, strict=False))
        except ValueError as error:
            raise BadNetworkError(f"{ALLOWED_VARIABLE}: {part!r} is not a network such as 127.0.0.0/8") from error
    return tuple(networks)


def may_contact(address: str, allowed: tuple[Network, ...]) -> bool:
    """True for a public unicast address and for one inside an allowed network."""
    ip = _unwrapped(ip_address(address.partition("%")[0]))
    if any(ip.version == network.version and ip in network for network in allowed):
        return True
    return ip.is_global and not ip.is_multicast


@lru_cache(maxsize=4096)
def literal_address(host: str) -> str | None:
    """The address a host name spells out literally, decimal and octal forms included; None for a name."""
    bare = host.strip("[]")
    try:
        return str(ip_address(bare.partition("%")[0]))
    except ValueError:
        pass  # a name, or one of the odd spellings that browsers read as an address
    numbers = _numbers(bare)
    if numbers is None:
        return None
    last_size = 256 ** (5 - len(numbers))
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= last_size:
        return None
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value += number << (8 * (3 - place))
    return str(IPv4Address(value))


def _numbers(host: str) -> list[int] | None:
    parts = host.rstrip(".").split(".")
    if not 1 <= len(parts) <= 4:
        return None
    numbers = []
    for part in parts:
        try:
            numbers.append(_number(part))
        except ValueError:
            return None
    return numbers


def _number(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part[2:], 16)
    if not part.isdigit():
        raise ValueError(f"{part!r} is no number")
    return int(part, 8) if len(part) > 1 and part[0] == "0" else int(part)


def _unwrapped(ip: Address) -> Address:
    """The IPv4 address inside an IPv4-mapped, 6to4 or NAT64 address: the one that is really contacted."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return ip.ipv4_mapped
        if ip.sixtofour is not None:
            return ip.sixtofour
        if ip in _NAT64:
            return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


_NAT64 = IPv6Network("64:ff9b::/96")
