"""Which sites a crawl takes from its arguments."""

from __future__ import annotations

import pytest

from govspider.commands.preparation import BadInputError, choose_targets, read_shard
from govspider.items import SiteTarget


def _site(number: int, platform: str | None = None) -> SiteTarget:
    host = f"www.site{number}-demo.gov.cn"
    return SiteTarget(
        site_id=number,
        code=f"99010000{number:02d}",
        name=f"第{number}站",
        home_url=f"http://{host}/",
        hosts=frozenset({host}),
        platform=platform,
        columns=(),
    )


_CITY = [_site(number, "云平台" if number % 4 == 0 else None) for number in range(40)]


@pytest.mark.parametrize("shares", [1, 2, 3, 7])
def test_shards_cover_all_sites_and_none_twice(shares: int) -> None:
    taken = [target for share in range(1, shares + 1) for target in choose_targets(_CITY, frozenset(), (share, shares))]
    assert sorted(target.site_id for target in taken) == [target.site_id for target in _CITY]


def test_sites_of_one_platform_stay_in_one_shard() -> None:
    shards = [choose_targets(_CITY, frozenset(), (share, 5)) for share in range(1, 6)]
    holding = [shard for shard in shards if any(target.platform for target in shard)]
    assert len(holding) == 1
    assert sum(target.platform is not None for target in holding[0]) == 10


def test_named_sites_are_taken_and_an_unknown_code_is_named() -> None:
    chosen = choose_targets(_CITY, frozenset({"9901000003", "9901000001"}), None)
    assert [target.site_id for target in chosen] == [1, 3]
    with pytest.raises(BadInputError, match="'9901000099'"):
        choose_targets(_CITY, frozenset({"9901000003", "9901000099"}), None)


@pytest.mark.parametrize("value", ["0/4", "5/4", "1", "a/b", "/", "1/0", "-1/2"])
def test_a_shard_that_is_none_is_quoted_in_the_sentence(value: str) -> None:
    with pytest.raises(BadInputError, match="K/N"):
        read_shard(value)


def test_a_shard_is_read_as_part_and_number_of_parts() -> None:
    assert read_shard("2/4") == (2, 4)
