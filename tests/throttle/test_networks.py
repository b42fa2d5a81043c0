"""Which addresses may be contacted."""

from __future__ import annotations

import pytest

from govspider.throttle.networks import BadNetworkError, allowed_networks, literal_address, may_contact


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.3.4", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fc00::1",
     "::ffff:10.0.0.1", "64:ff9b::a00:1", "100.64.0.1", "224.0.0.1", "2002:0a00:0001::1"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not may_contact(address, ())


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_public_addresses_may_be_contacted(address: str) -> None:
    assert may_contact(address, ())


def test_a_private_network_allowed_by_name_may_be_contacted() -> None:
    allowed = allowed_networks({"GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8, 10.1.0.0/16"})
    assert may_contact("127.0.0.1", allowed)
    assert may_contact("10.1.2.3", allowed)
    assert not may_contact("10.2.2.3", allowed)


def test_a_network_that_is_none_is_named_in_the_error() -> None:
    with pytest.raises(BadNetworkError, match="'10/99'"):
        allowed_networks({"GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": "10/99"})


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"),
     ("[::1]", "::1"), ("10.1", "10.0.0.1"), ("www.example.com", None), ("256.1.1.1", None), ("1.2.3.4.5", None)],
)  # fmt: skip
def test_odd_spellings_of_an_address_are_read_as_browsers_read_them(host: str, address: str | None) -> None:
    assert literal_address(host) == address
