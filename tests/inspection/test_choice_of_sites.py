"""Which sites a crawl looks at, what it refuses to begin with, and two crawls at once."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from govspider.commands.preparation import choose_targets
from govspider.db.engine import make_engine
from govspider.db.periods import ad_hoc_period, set_targets
from govspider.db.targets import read_targets
from govspider.items import SiteTarget
from tests.city.server import City
from tests.inspection.conftest import PERIOD, NewDesk, Town
from tests.inspection.crawling import Desk, Ended

pytestmark = pytest.mark.city
# small sites that answer at once
_ONE, _TWO, _THREE = "9901000008", "9901000002", "9901220003"
# two other crawls have to begin and end meanwhile, on a busy machine too
_SLOWLY = {"DOWNLOAD_DELAY": "3"}


@pytest.fixture(scope="module")
def desk(town: Town, new_desk: NewDesk) -> Desk:
    """An office that imported the registry and looked at nothing yet."""
    return town.desk(new_desk)


@pytest.fixture
def quiet(town: Town) -> City:
    """The city, with nobody at the door so far."""
    town.city.forget()
    return town.city


def _refused(ended: Ended, city: City, *words: str) -> None:
    """One sentence, exit code 2, and no request."""
    ended.expect(2)
    assert len(ended.sentences) == 1, ended.words
    for word in words:
        assert word in ended.sentences[0]
    assert "Traceback" not in ended.words
    assert city.arrivals == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"shards": "1/2"}, ("shards", "shard")),
        ({"shard": "3/2"}, ("3/2", "K/N")),
        ({"shard": "0/2"}, ("0/2", "K/N")),
        ({"shard": "half"}, ("half", "K/N")),
        ({"sites": "9901999999"}, ("9901999999", "底账")),
        ({"run": "last"}, ("last", "run")),
        ({"run": "4711"}, ("4711",)),
        ({"period": "2099Q1"}, ("2099Q1",)),
    ],
)
def test_an_argument_that_cannot_be_used_is_refused_before_anything_is_asked_or_written(
    arguments: dict[str, str], words: tuple[str, ...], desk: Desk, quiet: City
) -> None:
    _refused(desk.crawl(None, **arguments), quiet, *words)
    assert desk.one("select count(*) from run") == 0
    assert desk.one("select count(*) from period where frozen_at is not null") == 0


def test_public_hosts_are_not_asked_without_a_contact(desk: Desk, quiet: City) -> None:
    _refused(replace(desk, contact="").crawl(period=PERIOD), quiet, "GOVSPIDER_CONTACT")
    assert desk.one("select count(*) from run") == 0
    assert desk.one("select count(*) from period where frozen_at is not null") == 0


def test_without_a_registry_nothing_is_begun_and_no_denominator_is_frozen(quiet: City, new_desk: NewDesk) -> None:
    empty = new_desk(quiet.proxy_url)
    _refused(empty.crawl(), quiet, "import_registry")
    assert empty.one("select count(*) from run") == 0
    assert empty.one("select count(*) from period") == 0


def test_a_database_that_cannot_be_reached_is_one_sentence_without_its_password(desk: Desk, quiet: City) -> None:
    nowhere = replace(desk, database_url="postgresql://office:s3cret-word@127.0.0.1:1/govspider")
    ended = nowhere.crawl(period=PERIOD)
    _refused(ended, quiet, "127.0.0.1:1")
    assert "s3cret-word" not in ended.words


def test_a_crawl_of_named_sites_looks_at_those_and_freezes_nothing(desk: Desk, quiet: City) -> None:
    desk.crawl(period="选一", sites=f"{_ONE},{_TWO}").expect(0)
    assert _looked_at(desk, "选一") == {_ONE, _TWO}
    assert desk.one("select frozen_at from period where label = '选一'") is None
    assert {"tjj.yunjing-demo.gov.cn", "jyj.yunjing-demo.gov.cn"} <= {arrival.host for arrival in quiet.arrivals}


def _looked_at(desk: Desk, label: str) -> set[str]:
    query = """select site.code from look join site on site.id = look.site_id join run on run.id = look.run_id
               join period on period.id = run.period_id where period.label = :label and look.state = 'complete'"""
    return {code for (code,) in desk.rows(query, label=label)}


def _targets(desk: Desk) -> list[SiteTarget]:
    """Targets of a period of today: all sites that run, and the retired one."""
    now = datetime.now(UTC)
    engine = make_engine(desk.database_url)
    try:
        period_id = ad_hoc_period(engine, "选零", now).id
        with engine.begin() as connection:
            set_targets(connection, period_id, now, freeze=False)
        return list(read_targets(engine, period_id, ("已下线",)))
    finally:
        engine.dispose()


def test_shards_are_disjoint_cover_everything_and_keep_a_platform_together(desk: Desk) -> None:
    targets = _targets(desk)
    for shares in (1, 2, 3, 5, 8):
        parts = [choose_targets(targets, frozenset(), (share, shares)) for share in range(1, shares + 1)]
        codes = [target.code for part in parts for target in part]
        assert sorted(codes) == sorted(target.code for target in targets)
        homes = {target.code: number for number, part in enumerate(parts) for target in part}
        assert homes["9901000015"] == homes["9901000016"]  # one platform


def test_a_shard_looks_at_its_share_only(desk: Desk) -> None:
    targets = _targets(desk)
    shares = 8
    sizes = {share: choose_targets(targets, frozenset(), (share, shares)) for share in range(1, shares + 1)}
    share, part = min(sizes.items(), key=lambda entry: (not entry[1], len(entry[1])))
    desk.crawl(period="选二", shard=f"{share}/{shares}").expect(0)
    assert _looked_at(desk, "选二") == {target.code for target in part}
    assert desk.one("select frozen_at from period where label = '选二'") is None


def test_more_sites_than_one_process_carries_are_cut_into_shards_of_one_denominator(desk: Desk, quiet: City) -> None:
    """No run of all sites can be: the first shard freezes, and a shard that was broken off is gone on with."""
    label, most = "选四", {"SITES_PER_PROCESS": "4"}
    refused = desk.crawl(most, period=label).expect(2)
    (sentence,) = refused.sentences
    told = re.search(r"一个进程最多 4 个.*-a shard=1/(\d+) ", sentence)
    assert told is not None, sentence
    assert quiet.arrivals == []
    assert _state_of_runs(desk, label) == []
    targets = _targets(desk)
    share, part = min(
        ((n, choose_targets(targets, frozenset(), (n, int(told[1])))) for n in range(1, int(told[1]) + 1)),
        key=lambda entry: (not entry[1], len(entry[1])),
    )
    shard = f"{share}/{told[1]}"
    first = desk.start_crawl({**most, "DOWNLOAD_DELAY": "0.3"}, period=label, shard=shard)
    stopped = desk.stop_when(first, _begun(label, 1), signal.SIGTERM)
    assert stopped is not None
    assert "再次运行同一命令即可继续" in stopped.expect(3).sentences[-1]
    assert desk.one("select frozen_at is not null from period where label = :label", label=label)
    assert "继续批次" in desk.crawl(most, period=label, shard=shard).expect(0).sentences[0]
    assert _looked_at(desk, label) == {target.code for target in part}
    assert _state_of_runs(desk, label) == ["complete"]


def _state_of_runs(desk: Desk, label: str) -> list[str]:
    query = "select run.state from run join period on period.id = run.period_id where period.label = :label"
    return [state for (state,) in desk.rows(query, label=label)]


def _begun(label: str, looks: int) -> Callable[[Desk], bool]:
    query = """select count(*) from look join run on run.id = look.run_id
               join period on period.id = run.period_id where period.label = :label"""
    return lambda desk: desk.one(query, label=label) >= looks


def test_a_second_crawl_leaves_sites_that_another_is_looking_at_and_the_first_is_gone_on_with(desk: Desk) -> None:
    label = "选三"
    first = desk.start_crawl(_SLOWLY, period=label, sites=f"{_ONE},{_TWO}")
    try:
        desk.wait_until(_begun(label, 2), first)
        same = desk.crawl(period=label, sites=f"{_ONE},{_TWO}").expect(2)
        assert _ONE in same.sentences[-1] and _TWO in same.sentences[-1]
        partly = desk.crawl(period=label, sites=f"{_TWO},{_THREE}").expect(3)
        assert any(_TWO in sentence and _THREE not in sentence for sentence in partly.sentences)
        assert _looked_at(desk, label) == {_THREE}
        assert first.poll() is None, "the first crawl was over before the second began: nothing was tested"
    finally:
        first.send_signal(signal.SIGTERM)
        stopped = desk.finish(first)
    assert "用 scrapy crawl portals -a run=" in stopped.expect(3).sentences[-1]
    run_id = str(
        desk.one("select min(run.id) from run join period on period.id = run.period_id where label = :l", l=label)
    )
    desk.crawl(run=run_id).expect(0)
    assert _looked_at(desk, label) == {_ONE, _TWO, _THREE}
