"""Articles that are asked for only if they changed: what is believed, what is not, and what never is asked so.

Every site is looked at twice, in one crawl each; between the two some of them change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from govspider.evidence.store import EvidenceStore
from tests.fresh_databases import fresh_database
from tests.inspection.crawling import Desk
from tests.inspection.sameness import observations
from tests.inspection.unchanged_sites import (
    ARTICLES,
    COLUMN,
    LONG_AGO,
    TODAY,
    Site,
    etag_of,
    not_modified,
    register,
    tagged,
)
from tests.loopback.recording_server import Asked, RecordingServer, Reply, serving

Headers = dict[str, str]
_CONDITIONS = {"if-none-match", "if-modified-since"}
_SETTINGS = {"BROWSER": "off", "ARTICLES_PER_COLUMN": "4", "SEARCH_VIEWS": "True", "SEARCH_VIEW_PAGES_PER_SITE": "2"}


def honest(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    same = asked.get("if-none-match") == etag_of(plain.body)
    return not_modified(ETag=etag_of(plain.body)) if same else tagged(plain)


def weak(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    """As servers that pack their pages: the tag is weak with the page and strong without."""
    tag = etag_of(plain.body)
    return not_modified(ETag=tag) if asked.get("if-none-match") == f"W/{tag}" else tagged(plain, ETag=f"W/{tag}")


def dated(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    """As servers that know no tags, but the time of a file."""
    headers = {**plain.headers, "Last-Modified": LONG_AGO}
    return not_modified() if asked.get("if-modified-since") == LONG_AGO else Reply(200, plain.body, headers)


def within_the_minute(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    if _CONDITIONS & asked.keys():
        return not_modified()
    modified = format_datetime(datetime.now(UTC) - timedelta(seconds=20), usegmt=True)
    return Reply(200, plain.body, {**plain.headers, "Last-Modified": modified})


def liar(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    """Nothing ever changes, whatever is asked."""
    return not_modified(ETag=asked["if-none-match"]) if "if-none-match" in asked else tagged(plain)


def of_another_tag(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    return not_modified(ETag='"another"') if _CONDITIONS & asked.keys() else tagged(plain)


def redated(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    now = format_datetime(datetime.now(UTC), usegmt=True)
    return not_modified(Last_Modified=now) if _CONDITIONS & asked.keys() else tagged(plain, Last_Modified=LONG_AGO)


def from_a_cache(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    known = _CONDITIONS & asked.keys()
    return not_modified(ETag=etag_of(plain.body), Age="4711") if known else tagged(plain)


def moving(_site: Site, path: str, plain: Reply, asked: Headers) -> Reply:
    """Whoever asks with a condition is sent elsewhere, and there nothing changes."""
    if path in ARTICLES and _CONDITIONS & asked.keys():
        return Reply(302, b"", {"Location": f"{path}?moved"})
    return tagged(plain)


def broken(_site: Site, _path: str, plain: Reply, asked: Headers) -> Reply:
    return Reply(500, b"", {}) if _CONDITIONS & asked.keys() else tagged(plain)


@dataclass
class Sulky:
    """Says 304 to everybody about one article, from some time on."""

    sulks: bool = False

    def __call__(self, _site: Site, path: str, plain: Reply, _asked: Headers) -> Reply:
        return not_modified() if self.sulks and path == ARTICLES[0] else Reply(200, plain.body, plain.headers)


MANNERS = {
    "honest": honest, "weak": weak, "dated": dated, "minute": within_the_minute, "liar": liar, "tag": of_another_tag,
    "redated": redated, "cache": from_a_cache, "moving": moving, "broken": broken,
}  # fmt: skip


def each(*carried: bool) -> dict[str, list[bool]]:
    """The same for every article: of each request, whether it carried a condition."""
    return {path: list(carried) for path in ARTICLES}


class World:
    """The sites, what was asked of them in each run, and the office that looks at them."""

    def __init__(self, desk: Desk, server: RecordingServer, sites: dict[str, Site]) -> None:
        self.desk = desk
        self.server = server
        self.sites = sites
        self.asked: list[list[Asked]] = []

    def look(self, period: str, settings: Headers | None = None, **arguments: str) -> None:
        self.server.asked.clear()
        self.desk.crawl(settings, period=period, **arguments).expect(0)
        self.asked.append(list(self.server.asked))

    def articles(self, name: str, run: int) -> dict[str, list[bool]]:
        """By path of article: of each request in a run, whether it carried a condition."""
        found: dict[str, list[bool]] = {}
        for one in self.asked[run]:
            parts = urlsplit(one.url)
            if parts.hostname == self.sites[name].host and parts.path in ARTICLES and not parts.query:
                carried = {header.lower() for header in one.headers}
                found.setdefault(parts.path, []).append(bool(carried & _CONDITIONS))
        return found

    def rows(self, name: str, run: int, what: str) -> list[tuple[object, ...]]:
        """Some columns of the article pages of a site in a run (numbered from 0), in order of their addresses."""
        return self.desk.rows(
            f"""select {what} from page join look on look.id = page.look_id
                join article_observation as article on article.page_id = page.id
                where look.run_id = (select id from run order by id offset :run limit 1)
                  and page.url like :host order by page.url""",
            run=run,
            host=f"http://{self.sites[name].host}/%",
        )

    def said_unchanged(self, name: str, run: int = 1) -> int:
        return sum(row[0] is not None for row in self.rows(name, run, "page.bytes_at"))

    def counter(self, run: int, name: str) -> int:
        query = "select coalesce((counters ->> :name)::int, 0) from run order by id offset :run limit 1"
        return int(self.desk.one(query, run=run, name=f"govspider/conditional/{name}"))


@pytest.fixture(scope="module")
def world(server_url: str, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Every site looked at twice. Between the looks pages of `honest` and `liar` change, and one evidence goes."""
    folder = tmp_path_factory.mktemp("unchanged")
    sulky = Sulky()
    sites = {name: Site(f"{name}.yunjing.gov.cn", manner) for name, manner in MANNERS.items()}
    sites["old"] = Site("old.yunjing.gov.cn", honest, age=100)
    sites["sulky"] = Site("sulky.yunjing.gov.cn", sulky)
    sites["twice"] = Site("twice.yunjing.gov.cn", liar, old_list=True)
    sites["lost"] = Site("lost.yunjing.gov.cn", honest)
    _accuse(sites["liar"])
    by_host = {site.host: site for site in sites.values()}

    def answer(asked: Asked) -> Reply:
        site = by_host.get(urlsplit(asked.url).hostname or "")
        return site.answer(asked) if site else Reply(404, b"", {"Content-Type": "text/plain"})

    with fresh_database(server_url, _template) as url, serving(answer) as server:
        desk = Desk(url, folder, server.address, settings=_SETTINGS)
        register(desk, {f"33010000{number:02d}": site for number, site in enumerate(sites.values(), 1)}, folder)
        world = World(desk, server, sites)
        world.look("一")
        sites["honest"].bodies[ARTICLES[1]] = sites["honest"].article(1, words="补充一段。")
        sites["liar"].bodies.clear()
        sites["liar"].age = 0
        sites["twice"].bodies[ARTICLES[-1]] = sites["twice"].article(3, words="补充一段。", tags={"ContentSource": ""})
        sulky.sulks = True
        _lost_file(world).unlink()
        world.look("二")
        yield world


def _lost_file(world: World) -> Path:
    """Where the bytes of the third article of `lost` are kept."""
    sha256 = str(world.rows("lost", 0, "page.evidence_sha256")[2][0])
    return EvidenceStore(world.desk.evidence).path_of(sha256)


def _accuse(site: Site) -> None:
    """Four articles that each accuse their site: a hidden link, a missing tag, no date, and a wrong wording."""
    hidden = "<div style='display:none'><a href='http://www.bocai.example.com/'>澳门百家乐</a></div>"
    site.bodies = {
        ARTICLES[0]: site.article(0, words=hidden),
        ARTICLES[1]: site.article(1, tags={"ContentSource": ""}),
        ARTICLES[2]: site.article(2).replace("发布时间：".encode(), b"").replace(f"<p>{site.day(2)}</p>".encode(), b""),
        ARTICLES[3]: site.article(3, words="建设有中国特社会主义"),
    }


# ── believed ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["weak", "dated"])
def test_an_unchanged_article_is_believed_to_be_so_and_reads_as_before(world: World, name: str) -> None:
    assert world.articles(name, 0) == each(False)
    assert world.articles(name, 1) == each(True)
    assert world.said_unchanged(name) == len(ARTICLES)
    shown = "page.url, page.status, page.title, page.encoding, page.evidence_sha256, article.published, article.title"
    assert world.rows(name, 1, shown) == world.rows(name, 0, shown)


def test_links_tags_and_lists_of_both_looks_are_the_same_but_where_pages_changed(world: World) -> None:
    runs = [row[0] for row in world.desk.rows("select id from run order by id limit 2")]
    before, after = (observations(world.desk, run=run) for run in runs)
    changed = tuple(world.sites[name].host for name in ("honest", "liar", "sulky", "twice"))
    for name in before.keys() - {"link answers", "evidence"}:
        rows = [
            {row for row in found[name] if not any(host in str(row) for host in changed)} for found in (before, after)
        ]
        codes = {"3301000001", "3301000005", "3301000012", "3301000013"}
        assert {row for row in rows[0] if row[0] not in codes} == {row for row in rows[1] if row[0] not in codes}, name


def test_both_times_are_told(world: World) -> None:
    first = world.rows("weak", 0, "page.url, page.fetched_at")
    second = world.rows("weak", 1, "page.url, page.bytes_at")
    assert second == first
    assert all(row[0] for row in world.rows("weak", 1, "page.fetched_at > page.bytes_at"))
    assert {row[0] for row in world.rows("weak", 1, "page.not_modified_headers ? 'Etag'")} == {True}
    query = "select count(*), min(status), max(status) from link_answer where detail like '%未修改%' and url like :host"
    assert world.desk.rows(query, host="http://weak.%") == [(len(ARTICLES), 304, 304)]
    assert world.desk.one("select count(*) from analysis.unchanged_page where url like 'http://weak.%'") == len(
        ARTICLES
    )


def test_a_changed_article_is_read_anew(world: World) -> None:
    assert world.articles("honest", 1) == each(True)
    assert [row[0] is None for row in world.rows("honest", 1, "page.bytes_at")] == [False, True, False, False]
    before, after = (world.rows("honest", run, "page.evidence_sha256") for run in (0, 1))
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True, True]
    assert world.counter(1, "changed") >= 1


# ── never asked so ──────────────────────────────────────────────────────────────────────────


def test_nothing_but_articles_ever_carries_a_condition(world: World) -> None:
    others = [one for run in world.asked for one in run if urlsplit(one.url).path not in ARTICLES]
    assert {urlsplit(one.url).path for one in others} >= {"/", COLUMN, "/robots.txt"}
    assert not [one.url for one in others if _CONDITIONS & {name.lower() for name in one.headers}]


def test_a_server_to_which_nothing_changes_cannot_make_a_column_stale(world: World) -> None:
    newest = (
        "select newest from column_observation as o join page on page.id = o.page_id where page.url = :url "
        "order by page.id desc limit 1"
    )
    assert world.desk.one(newest, url=f"http://{world.sites['liar'].host}{COLUMN}") == TODAY


def test_a_server_to_which_nothing_changes_cannot_hide_that_accused_articles_were_repaired(world: World) -> None:
    assert world.articles("liar", 1) == each(False)
    accused = (
        "select count(*) from {0} as o join page on page.id = o.page_id join look on look.id = page.look_id "
        "where page.url like 'http://liar.%' and look.run_id = (select id from run order by id offset :run limit 1)"
    )
    for table in ("dark_link_observation", "wording_observation"):
        assert [world.desk.one(accused.format(table), run=run) > 0 for run in (0, 1)] == [True, False], table
    dates = [[row[0] for row in world.rows("liar", run, "article.date_source")] for run in (0, 1)]
    assert [set(sources) == {"visible"} for sources in dates] == [False, True]


def test_articles_of_a_list_that_may_be_stale_are_asked_plainly(world: World) -> None:
    assert world.articles("old", 1) == each(False)


def test_a_time_within_the_minute_of_its_answer_is_no_ground_to_ask_so(world: World) -> None:
    assert world.articles("minute", 1) == each(False)


def test_an_article_whose_bytes_are_gone_is_asked_plainly_and_kept_again(world: World) -> None:
    asked = world.articles("lost", 1)
    assert asked == {path: [path != ARTICLES[2]] for path in ARTICLES}
    assert _lost_file(world).exists()


def test_a_list_in_doubt_that_shows_an_article_too_has_it_asked_plainly_and_read_whole(world: World) -> None:
    asked = world.articles("twice", 1)
    assert asked[ARTICLES[-1]] == [True, False]
    query = """
        select page.bytes_at is null, tag.tags ->> 'ContentSource' from page
        join tag_observation as tag on tag.page_id = page.id
        where page.url = :url and page.look_id = (select max(look_id) from page where url = :url)
        order by page.id"""
    url = f"http://{world.sites['twice'].host}{ARTICLES[-1]}"
    assert world.desk.rows(query, url=url) == [(False, "云景日报"), (True, "")]


def test_a_frame_of_a_column_is_asked_plainly_though_it_was_met_as_an_article(world: World) -> None:
    assert world.articles("twice", 1)[ARTICLES[2]] == [True, False]
    query = """
        select role, bytes_at is null from page
        where url = :url and look_id = (select max(look_id) from page where url = :url) order by 1, 2"""
    url = f"http://{world.sites['twice'].host}{ARTICLES[2]}"
    assert world.desk.rows(query, url=url) == [("article", False), ("frame", True)]


# ── not believed ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["tag", "redated", "cache"])
def test_a_doubtful_answer_is_followed_by_a_plain_request_and_its_host_is_asked_so_no_more(
    world: World, name: str
) -> None:
    asked = world.articles(name, 1)
    assert sorted(asked.values(), key=len) == [[False], [False], [False], [True, False]]
    assert world.said_unchanged(name) == 0
    assert {row[0] for row in world.rows(name, 1, "page.status")} == {200}
    assert world.counter(1, "not_believed") == 4


@pytest.mark.parametrize("name", ["moving", "broken"])
def test_whatever_else_comes_the_page_is_asked_plainly(world: World, name: str) -> None:
    assert sorted(world.articles(name, 1).values(), key=len) == [[False], [False], [False], [True, False]]
    shown = "page.url, page.final_url, page.status, page.evidence_sha256, article.published"
    assert world.rows(name, 1, shown) == world.rows(name, 0, shown)
    assert not [one.url for one in world.asked[1] if "?moved" in one.url]


def test_a_304_that_nobody_asked_for_is_unknown_as_ever(world: World) -> None:
    assert world.articles("sulky", 1) == each(False)
    query = "select page.status, page.unknown_reason, page.bytes_at from page where url = :url order by id desc limit 1"
    url = f"http://{world.sites['sulky'].host}{ARTICLES[0]}"
    assert world.desk.rows(query, url=url) == [(304, "not_checked", None)]


# ── further runs ────────────────────────────────────────────────────────────────────────────


def test_further_runs_keep_the_time_of_the_bytes_and_0_turns_it_all_off(world: World) -> None:
    code = "3301000002"
    world.look("三", sites=code)
    assert world.rows("weak", 2, "page.bytes_at") == world.rows("weak", 0, "page.fetched_at")
    world.look("四", {"CONDITIONAL_DAYS": "0"}, sites=code)
    assert world.articles("weak", 3) == each(False)
