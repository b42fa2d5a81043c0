"""Politeness on real sockets: gaps between requests as they leave.

Only lower bounds are asserted: a busy machine makes these gaps longer, never shorter (tests/throttle/departures.py).
"""

from __future__ import annotations

from itertools import pairwise

from tests.loopback.recording_server import Asked, Reply, serving
from tests.throttle.asking import ask, watch
from tests.throttle.departures import SLACK

_DELAY = 0.3


def _gaps(departures: list[tuple[str, float]], start: str = "") -> list[float]:
    """Seconds between requests to addresses that begin with `start`."""
    times = sorted(at for url, at in departures if url.startswith(start))
    assert len(times) > 1
    return [later - earlier for earlier, later in pairwise(times)]


def _through(proxy: str) -> dict[str, str]:
    return {"http_proxy": proxy}


def _page(_asked: Asked) -> Reply:
    return Reply(body=b"<html></html>", headers={"Content-Type": "text/html"})


def test_requests_to_one_site_keep_their_distance() -> None:
    with serving(_page) as proxy:
        urls = [f"http://www.yunjing-demo.gov.cn/{n}" for n in range(4)]
        seen = watch(urls, settings={"DOWNLOAD_DELAY": _DELAY}, environment=_through(proxy.address))
        arrived = [asked.url for asked in proxy.asked]
    assert sorted(arrived) == sorted(url for url, _at in seen.departures)
    assert len(arrived) == 5  # robots.txt first
    assert min(_gaps(seen.departures)) >= _DELAY - SLACK


def test_www_and_bare_host_share_one_slot() -> None:
    with serving(_page) as proxy:
        urls = [f"http://{host}/{n}" for n in range(2) for host in ("www.a-demo.gov.cn", "a-demo.gov.cn")]
        seen = watch(urls, settings={"DOWNLOAD_DELAY": _DELAY}, environment=_through(proxy.address))
    assert min(_gaps(seen.departures)) >= _DELAY - SLACK


def test_sites_of_one_platform_share_one_slot() -> None:
    with serving(_page) as proxy:
        urls = ["http://one-demo.gov.cn/", "http://two-demo.gov.cn/"]
        platforms = {"one-demo.gov.cn": "云平台", "two-demo.gov.cn": "云平台"}
        polite = {"DOWNLOAD_DELAY": _DELAY}
        seen = watch(urls, settings=polite, environment=_through(proxy.address), platforms=platforms)
    assert min(_gaps(seen.departures)) >= _DELAY - SLACK


def test_one_of_several_processes_asks_hosts_of_the_others_more_slowly_and_its_own_as_ever() -> None:
    """Two processes with links to one host: together they ask it less than twice as often as one would."""
    own, other, stranger = "www.own-demo.gov.cn", "other-demo.gov.cn", "stranger-demo.com"
    urls = [f"http://{host}/{n}" for n in range(3) for host in (own, other, stranger)]
    with serving(_page) as proxy:
        polite = {"DOWNLOAD_DELAY": _DELAY}
        seen = watch(urls, settings=polite, environment=_through(proxy.address), own=["own-demo.gov.cn"], processes=2)
    assert min(_gaps(seen.departures, f"http://{own}/")) >= _DELAY - SLACK
    assert min(_gaps(seen.departures, f"http://{other}/")) >= 2 * _DELAY - SLACK
    assert min(_gaps(seen.departures, f"http://{stranger}/")) >= 2 * _DELAY - SLACK
    first, *_, last = sorted(at for url, at in seen.departures if own in url)
    assert last - first < max(at for url, at in seen.departures if other in url) - first, "its own waited as long"


def test_a_redirect_to_another_host_waits_in_the_slot_of_that_host() -> None:
    def answer(asked: Asked) -> Reply:
        if "://from" in asked.url and "robots" not in asked.url:
            return Reply(302, headers={"Location": "http://target-demo.gov.cn/" + asked.url[-1]})
        return _page(asked)

    with serving(answer) as proxy:
        urls = [f"http://from{n}-demo.gov.cn/{n}" for n in range(4)]
        seen = watch(urls, settings={"DOWNLOAD_DELAY": _DELAY}, environment=_through(proxy.address))
    assert [found["final_url"] for found in seen.answers] == [f"http://target-demo.gov.cn/{n}" for n in range(4)]
    assert seen.answers[0]["redirects"] == [["http://from0-demo.gov.cn/0", 302]]
    assert min(_gaps(seen.departures, "http://target-demo.gov.cn/")) >= _DELAY - SLACK


def test_a_crawl_delay_in_robots_txt_is_kept() -> None:
    def answer(asked: Asked) -> Reply:
        if asked.url.endswith("/robots.txt"):
            return Reply(body=b"User-agent: *\nCrawl-delay: 0.6\n", headers={"Content-Type": "text/plain"})
        return _page(asked)

    with serving(answer) as proxy:
        urls = [f"http://slow-demo.gov.cn/{n}" for n in range(3)]
        short = {"DOWNLOAD_DELAY": 0.01}
        seen = watch(urls, settings=short, environment=_through(proxy.address), at_once=False)
    assert min(_gaps(seen.departures, "http://slow-demo.gov.cn/")[1:]) >= 0.6 - SLACK


def test_retry_after_pauses_the_whole_site() -> None:
    refused: list[float] = []

    def answer(asked: Asked) -> Reply:
        if asked.url.endswith("/busy") and not refused:
            refused.append(asked.at)
            return Reply(503, headers={"Retry-After": "1"})
        return _page(asked)

    with serving(answer) as proxy:
        urls = ["http://busy-demo.gov.cn/busy", "http://busy-demo.gov.cn/other"]
        answers = ask(urls, settings={"DOWNLOAD_DELAY": 0.01}, environment=_through(proxy.address), at_once=False)
        later = [asked.at for asked in proxy.asked if asked.at > refused[0]]
    assert [found["status"] for found in answers] == [200, 200]
    assert min(later) - refused[0] >= 1 - SLACK


def test_robots_txt_that_forbids_is_obeyed() -> None:
    def answer(asked: Asked) -> Reply:
        if asked.url.endswith("/robots.txt"):
            return Reply(body=b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
        return _page(asked)

    with serving(answer) as proxy:
        [answered] = ask(["http://closed-demo.gov.cn/zwgk/"], environment=_through(proxy.address))
        asked = [entry.url for entry in proxy.asked]
    assert answered["failure"] == "robots"
    assert asked == ["http://closed-demo.gov.cn/robots.txt"]
