"""On the way to a page: refreshes that are obeyed and those that are not, and ways without end."""

from __future__ import annotations

import pytest
from scrapy import Request, Spider
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from govspider.throttle.redirects import Refreshes
from tests.loopback.recording_server import Asked, Reply, serving
from tests.throttle.asking import ask

_SETTINGS = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0.001}
_HTML = {"Content-Type": "text/html"}


def _refresh(to: str, seconds: int = 0) -> bytes:
    return f'<html><head><meta http-equiv="refresh" content="{seconds};url={to}"></head><body>x</body></html>'.encode()


def test_a_page_that_renews_itself_is_read_once() -> None:
    with serving(lambda asked: Reply(body=_refresh("/", 5), headers=_HTML)) as server:
        [answer] = ask([server.address + "/"], settings=_SETTINGS)
        asked = len(server.asked)
    assert (answer["status"], answer["failure"], asked) == (200, None, 1)


def test_a_page_that_leads_elsewhere_at_once_is_followed_when_it_is_read_and_not_when_it_is_checked() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(body=_refresh("/new/") if asked.url == "/" else b"<html>new</html>", headers=_HTML)

    with serving(answer) as server:
        [read] = ask([server.address + "/"], settings=_SETTINGS)
        [checked] = ask([server.address + "/"], settings=_SETTINGS, links=True)
    assert read["final_url"].endswith("/new/")
    assert checked["final_url"].endswith(f"{server.server_port}/")


def test_the_refresh_of_an_error_page_does_not_hide_the_error() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(200 if asked.url == "/" else 404, _refresh("/"), _HTML)

    with serving(answer) as server:
        [found] = ask([server.address + "/gone.html"], settings=_SETTINGS)
    assert found["status"] == 404


def test_a_way_that_leads_back_to_itself_ends_at_once_and_is_told_with_its_hops() -> None:
    with serving(lambda asked: Reply(302, headers={"Location": "/b" if asked.url == "/a" else "/a"})) as server:
        [answer] = ask([server.address + "/a"], settings=_SETTINGS)
        asked = [entry.url for entry in server.asked]
    assert answer["failure"] == "redirect_loop"
    assert asked == ["/a", "/b", "/a"]
    assert [status for _, status in answer["redirects"]] == [302, 302, 302]


def test_a_loop_that_sets_a_cookie_is_for_a_browser_to_tell() -> None:
    with serving(lambda asked: Reply(302, headers={"Location": asked.url, "Set-Cookie": "a=1"})) as server:
        [answer] = ask([server.address + "/a"], settings=_SETTINGS)
    assert answer["failure"] == "cookie_loop"


@pytest.mark.parametrize(
    "body",
    [
        _refresh("/new/"),
        _refresh("/new/").replace(b"refresh", b"REFRESH"),
        _refresh("/new/").decode().encode("utf-16"),
        b"<!--" + "中".encode() * 3900 + b"-->" + _refresh("/new/"),
    ],
)
def test_a_refresh_is_found_however_it_is_written(body: bytes) -> None:
    assert _passed(body) != body


def test_a_page_without_the_word_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HtmlResponse, "text", property(lambda _: pytest.fail("the page was decoded")))
    body = b"<html><head><meta http-equiv='X-UA-Compatible' content='IE=edge'></head><body>x</body></html>"
    assert _passed(body) == body


def _passed(body: bytes) -> bytes | None:
    """What comes of an answer: its body, None where another request takes its place."""
    middleware = Refreshes.from_crawler(get_crawler(Spider))
    asked = Request("http://www.x.gov.cn/")
    answer = HtmlResponse(asked.url, body=body, request=asked, headers=_HTML)
    found = middleware.process_response(asked, answer)
    return found.body if isinstance(found, HtmlResponse) else None
