"""What was seen and could not be kept is counted, written down and looked at again."""

from __future__ import annotations

import gzip
import json

import pytest

from govspider import settings
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.crawling import Desk
from tests.inspection.sameness import Observations, differences, observations
from tests.inspection.small_disk import with_small_disk

pytestmark = pytest.mark.city
_SITE = "9901000008"
_PERIOD = "失一"
_HERE = "tests.inspection.faulty_pipelines"


@pytest.fixture(scope="module")
def undisturbed(town: Town, new_desk: NewDesk) -> Observations:
    """What a crawl of the one site sees when nothing goes wrong."""
    desk = town.desk(new_desk)
    desk.crawl(period=_PERIOD, sites=_SITE).expect(0)
    return observations(desk)


def _with(pipeline: str) -> dict[str, str]:
    """The setting that puts a pipeline of ours before the store."""
    return {"ITEM_PIPELINES": json.dumps({**settings.ITEM_PIPELINES, f"{_HERE}.{pipeline}": 800})}


@pytest.mark.parametrize("pipeline", ["SpoilPage", "SpoilAnswer"])
def test_a_row_the_database_refuses_goes_to_the_dead_letters_and_its_site_is_looked_at_again(
    pipeline: str, town: Town, new_desk: NewDesk, undisturbed: Observations
) -> None:
    desk = town.desk(new_desk)
    ended = desk.crawl(_with(pipeline), period=_PERIOD, sites=_SITE).expect(3)
    letters = [json.loads(line) for line in desk.dead_letters.read_text("utf-8").splitlines()]
    assert letters
    assert all("1000000000000" in letter["row"]["status"] and letter["error"] for letter in letters)
    assert f"{len(letters)} 条记录无法入库" in ended.sentences[-1]
    ((state, detail),) = desk.rows("select state, detail from run")
    assert state == "incomplete"
    assert "死信" in detail
    assert desk.one("select state from look") == "incomplete"
    _is_made_good(desk, undisturbed)


def test_a_pipeline_that_raises_leaves_the_look_incomplete_and_counted(
    town: Town, new_desk: NewDesk, undisturbed: Observations
) -> None:
    desk = town.desk(new_desk)
    articles = sum(count for row, count in undisturbed["pages"].items() if row[1] == "article")
    ended = desk.crawl(_with("Fail"), period=_PERIOD, sites=_SITE).expect(3)
    assert f"{articles} 个页面在处理管道中出错" in ended.sentences[-1]
    assert desk.rows("select state from look") == [("incomplete",)]
    assert desk.one("select state from run") == "incomplete"
    _is_made_good(desk, undisturbed)


def test_a_device_that_is_always_full_leaves_the_look_incomplete_and_is_told(town: Town, new_desk: NewDesk) -> None:
    desk = town.desk(new_desk)
    desk.dead_letters.symlink_to("/dev/full")
    ended = desk.crawl(_with("SpoilPage"), period=_PERIOD, sites=_SITE).expect(3)
    assert "No space left on device" in ended.words
    assert desk.one("select state from look") == "incomplete"


def test_a_disk_that_fills_with_dead_letters_holds_whole_lines_and_their_site_is_looked_at_again(
    town: Town, new_desk: NewDesk, undisturbed: Observations
) -> None:
    plain = town.desk(new_desk)
    desk = with_small_disk(plain, plain.folder / "letters", "8k")
    path = desk.small / "dead-letters.jsonl"
    ended = desk.crawl({**_with("SpoilEveryAnswer"), "DEAD_LETTER_FILE": str(path)}, period=_PERIOD, sites=_SITE)
    ended.expect(3)
    assert "No space left on device" in ended.words
    text = (desk.left / path.name).read_text("ascii")
    assert text.endswith("\n")
    letters = [json.loads(line) for line in text.splitlines()]
    lost = int(desk.one("select counters->>'govspider/store/dead_letters' from run"))
    assert 0 < len(letters) < lost
    assert all("1000000000000" in letter["row"]["status"] for letter in letters)
    _is_made_good(plain, undisturbed)


def test_a_disk_that_fills_with_evidence_leaves_the_look_incomplete_and_what_is_kept_is_whole(
    town: Town, new_desk: NewDesk, undisturbed: Observations
) -> None:
    plain = town.desk(new_desk)
    desk = with_small_disk(plain, plain.evidence, "64k")
    ended = desk.crawl(period=_PERIOD, sites=_SITE).expect(3)
    assert "no room for evidence" in ended.words
    assert desk.one("select state from look") == "incomplete"
    assert int(desk.one("select counters->>'govspider/evidence/not_kept' from run")) > 0
    kept = list(desk.left.glob("??/*.gz"))
    assert kept
    assert all(gzip.decompress(path.read_bytes()) for path in kept)
    assert list(desk.left.rglob(".writing-*")) == []
    unkept = "select count(*) from page where evidence_sha256 is null and status = 200"
    assert desk.one(unkept) > 0, "what was seen without being kept says so"
    _is_made_good(plain, undisturbed)


def _is_made_good(desk: Desk, undisturbed: Observations) -> None:
    """The run gone on with, without the fault, ends complete and has seen everything."""
    desk.crawl(run=str(desk.one("select id from run"))).expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(undisturbed, observations(desk)) == []
