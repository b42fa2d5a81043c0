"""Headers are kept whole at their usual size; of more, the telling ones with a mark."""

from __future__ import annotations

from hashlib import sha256

from govspider.spiders.kept_headers import CUT, kept_headers


def test_usual_headers_are_kept_as_they_came() -> None:
    headers = {"Server": "x", "Content-Type": "text/html"}
    assert kept_headers(headers, 100) == headers


def test_of_ten_megabytes_the_telling_headers_remain_and_a_mark_with_length_and_hash() -> None:
    headers = {f"X-Filler-{number}": "a" * 1000 for number in range(10_000)} | {"Content-Type": "text/html"}
    kept = kept_headers(headers, 65_536)
    assert kept["Content-Type"] == "text/html"
    assert sum(len(name) + len(value) for name, value in kept.items()) < 66_000
    digest = sha256("\r\n".join(f"{name}: {value}" for name, value in headers.items()).encode()).hexdigest()
    size = sum(len(name) + len(value) for name, value in headers.items())
    assert kept[CUT] == f"{len(kept) - 1} of 10001 headers kept, {size} characters in all, sha256 {digest}"


def test_one_endless_value_leaves_room_for_the_others() -> None:
    kept = kept_headers({"X-Endless": "a" * 10_000_000, "Server": "nginx", "X-Last": "z"}, 4_000)
    assert kept["X-Endless"] == "a" * 1_000
    assert (kept["Server"], kept["X-Last"]) == ("nginx", "z")
    assert list(kept) == ["X-Endless", "Server", "X-Last", CUT]
