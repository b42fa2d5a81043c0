"""Which sites a crawl takes from its arguments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govspider.commands.preparation import (
    BadInputError,
    choose_targets,
    neighbourhood,
    read_shard,
    require_few_enough,
)
from govspider.commands.shards import enough_shares, shard_of
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


def test_sites_on_one_host_stay_in_one_shard_with_its_platform() -> None:
    paths = [replace(_site(number), home_url=f"http://www.city-demo.gov.cn/bm{number}/") for number in range(60, 80)]
    bare = replace(_site(80), home_url="https://city-demo.gov.cn:8443/")
    on_platform = replace(_site(81, "云平台"), home_url="http://www.city-demo.gov.cn/")
    wanted = {
        target.site_id for target in (*paths, bare, on_platform, *_CITY) if target.site_id >= 60 or target.platform
    }
    city = [*_CITY, *paths, bare, on_platform]
    for given in (city, city[::-1]):
        shards = [choose_targets(given, frozenset(), (share, 7)) for share in range(1, 8)]
        holding = [shard for shard in shards if wanted & {target.site_id for target in shard}]
        assert [wanted <= {target.site_id for target in shard} for shard in holding] == [True]
        assert sorted(target.site_id for shard in shards for target in shard) == sorted(t.site_id for t in city)


def test_a_site_belongs_to_the_same_shard_however_it_is_chosen() -> None:
    (share,) = [n for n in range(1, 8) if any(t.site_id == 3 for t in choose_targets(_CITY, frozenset(), (n, 7)))]
    assert [target.site_id for target in choose_targets(_CITY, frozenset({"9901000003"}), (share, 7))] == [3]
    assert choose_targets(_CITY, frozenset({"9901000003"}), (share % 7 + 1, 7)) == []


def test_shards_are_about_as_large_as_each_other() -> None:
    alone = [_site(number) for number in range(400)]
    sizes = [len(choose_targets(alone, frozenset(), (share, 4))) for share in range(1, 5)]
    assert min(sizes) > 60


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


def test_a_process_carries_as_many_sites_as_it_may_and_not_one_more() -> None:
    require_few_enough(_CITY, _CITY, len(_CITY))
    with pytest.raises(BadInputError, match=f"要巡检 {len(_CITY)} 个网站，一个进程最多 {len(_CITY) - 1} 个"):
        require_few_enough(_CITY, _CITY, len(_CITY) - 1)


@pytest.mark.parametrize("most", [11, 13, 20, 39])
def test_shares_that_are_advised_are_small_enough_and_as_few_as_can_be(most: int) -> None:
    def largest(shares: int) -> int:
        numbers = list(shard_of(_CITY, shares).values())
        return max(numbers.count(number) for number in numbers)

    shares = enough_shares(_CITY, most)
    assert largest(shares) <= most
    assert all(largest(fewer) > most for fewer in range(1, shares))
    with pytest.raises(BadInputError, match=f"请分成 {shares} 份.*shard=1/{shares} … -a shard={shares}/{shares}"):
        require_few_enough(_CITY, _CITY, most)


def test_sites_that_cannot_be_parted_are_named_as_the_reason() -> None:
    assert enough_shares(_CITY, 9) == 0  # ten stand on one platform
    with pytest.raises(BadInputError, match="同一平台或同一主机上的网站不能分开"):
        require_few_enough(_CITY, _CITY, 9)


def test_a_process_knows_the_hosts_and_platforms_of_all_sites_and_which_are_its_own() -> None:
    shard = (2, 5)
    around = neighbourhood(_CITY, choose_targets(_CITY, frozenset(), shard), shard)
    assert set(around.platforms) == {host for target in _CITY for host in target.hosts}
    assert {host for host, platform in around.platforms.items() if platform == "云平台"} == {
        host for target in _CITY if target.platform for host in target.hosts
    }
    assert set(around.own) < set(around.platforms)
    assert around.processes == 5
    assert neighbourhood(_CITY, _CITY[:1]).processes == 1


def test_a_host_of_two_sites_keeps_its_platform_whichever_is_read_last() -> None:
    both = [_site(4, "云平台"), replace(_site(4), code="9901000099")]
    for given in (both, both[::-1]):
        assert set(neighbourhood(given, given).platforms.values()) == {"云平台"}
