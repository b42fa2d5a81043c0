"""The city on a port: a proxy that serves every planned site, fault and trap as real servers do."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

import pytest

from tests.city.model import Plan
from tests.city.plan import make_plan
from tests.city.server import City, serve

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(7, AT)


@pytest.fixture
def city(plan: Plan) -> Iterator[City]:
    with serve(plan) as running:
        yield running


def opener(city: City) -> OpenerDirector:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    proxies = ProxyHandler({"http": city.proxy_url, "https": city.proxy_url})
    return build_opener(proxies, HTTPSHandler(context=context))


def get(city: City, url: str, body: bytes | None = None) -> bytes:
    with opener(city).open(url, body) as answer:
        return bytes(answer.read())


def status(city: City, url: str) -> int:
    try:
        with opener(city).open(url) as answer:
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code


def connection(city: City) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", int(city.proxy_url.rsplit(":", 1)[1]))


def test_a_page_is_served_under_its_own_host(city: City) -> None:
    assert "云景市教育局网站" in get(city, "http://jyj.yunjing-demo.gov.cn/").decode()


def test_an_https_site_is_reached_through_a_tunnel(city: City) -> None:
    assert "云景市人民政府门户网站" in get(city, "https://www.yunjing-demo.gov.cn/").decode()


def test_the_bare_twin_leads_to_the_site(city: City) -> None:
    with opener(city).open("http://yunjing-demo.gov.cn/tzgg/") as answer:
        assert answer.url == "https://www.yunjing-demo.gov.cn/tzgg/"


def test_a_moved_site_leads_to_its_new_host(city: City) -> None:
    with opener(city).open("http://www.wangling-demo.gov.cn/") as answer:
        assert answer.url == "http://www.wanglingqu-demo.gov.cn/"


def test_a_host_that_nobody_planned_is_a_bad_gateway(city: City) -> None:
    assert status(city, "http://www.nobody.example/") == 502


def test_old_pages_are_gbk_bytes_without_a_charset_in_the_header(city: City) -> None:
    with opener(city).open("http://wlj.yunjing-demo.gov.cn/gzdt/list.htm") as answer:
        body = answer.read()
        assert answer.headers["Content-Type"] == "text/html"
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "云景市文化和旅游局" in body.decode("gbk")


def test_a_chinese_path_answers_when_asked_for_in_utf8(city: City) -> None:
    path = "%E4%BF%A1%E6%81%AF%E5%85%AC%E5%BC%80/%E5%85%AC%E7%A4%BA%E5%85%AC%E5%91%8A.htm"
    assert status(city, f"http://wlj.yunjing-demo.gov.cn/{path}") == 200


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://zjj.yunjing-demo.gov.cn/", 412),
        ("http://sjj.yunjing-demo.gov.cn/", 504),
        ("http://ylj.yunjing-demo.gov.cn/", 503),
        ("https://www.yunjing-demo.gov.cn/zt/2019jnzt/index.html", 404),
        ("https://www.yunjing-demo.gov.cn/bsfw/ysqgk_old.html", 410),
        ("http://www.tingsong-demo.gov.cn/hdjl/search.do", 500),
        ("http://www.tingsong-demo.gov.cn/nbzl/index.html", 403),
        ("http://lyj.yunjing-demo.gov.cn/", 200),
        ("http://jyj.yunjing-demo.gov.cn/nothing-here.html", 404),
    ],
)
def test_planned_faults_answer_with_their_status(city: City, url: str, expected: int) -> None:
    assert status(city, url) == expected


def test_a_redirect_loop_leads_to_itself(city: City) -> None:
    link = connection(city)
    link.request("GET", "http://www.tingsong-demo.gov.cn/zt/loop/")
    answer = link.getresponse()
    assert (answer.status, answer.headers["Location"]) == (302, "/zt/loop/")
    link.close()


def test_a_throttled_page_asks_to_wait_once(city: City) -> None:
    url = "http://scjgj.yunjing-demo.gov.cn/gzdt/"
    assert [status(city, url), status(city, url)] == [429, 200]


def test_a_post_to_the_list_service_answers_with_records(city: City) -> None:
    body = b"col=1&appid=1&webid=14&path=/&columnid=1001&sourceContentType=1&unitid=401001&permissiontype=0"
    url = "http://czj.yunjing-demo.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15"
    assert get(city, url, body).count(b"<record>") >= 8


def test_the_list_service_keeps_units_of_different_columns_apart(city: City) -> None:
    url = "http://czj.yunjing-demo.gov.cn/module/web/jpage/dataproxy.jsp?columnid=1001&unitid=401002"
    assert status(city, url) == 404


def test_the_catalogue_api_counts_what_it_lists(city: City) -> None:
    found = get(city, "http://jtj.yunjing-demo.gov.cn/gkmlpt/api/all/1003?page=1&sid=758019")
    assert found.count(b'"title"') >= 8


def test_robots_files_say_what_the_plan_says(city: City) -> None:
    assert b"Disallow: /\n" in get(city, "http://slj.yunjing-demo.gov.cn/robots.txt")
    assert b"Crawl-delay: 0.3" in get(city, "http://www.linhu-demo.gov.cn/robots.txt")


def test_head_has_the_length_and_no_body(city: City) -> None:
    with opener(city).open(Request("http://jyj.yunjing-demo.gov.cn/", method="HEAD")) as answer:
        assert int(answer.headers["Content-Length"]) > 1000
        assert answer.read() == b""


def test_one_connection_carries_many_requests(city: City) -> None:
    link = connection(city)
    link.connect()
    socket = link.sock
    for _ in range(20):
        link.request("GET", "http://jyj.yunjing-demo.gov.cn/")
        assert link.getresponse().read()
        assert link.sock is socket
    link.close()


def test_requests_are_counted_per_host_with_their_times(city: City) -> None:
    for _ in range(3):
        get(city, "http://jyj.yunjing-demo.gov.cn/")
    get(city, "http://czj.yunjing-demo.gov.cn/")
    assert (city.count("jyj.yunjing-demo.gov.cn"), city.count("czj.yunjing-demo.gov.cn")) == (3, 1)
    assert all(gap >= 0 for gap in city.gaps("jyj.yunjing-demo.gov.cn"))
    assert city.most_at_once("jyj.yunjing-demo.gov.cn") == 1


def test_requests_in_flight_together_are_seen_as_such(city: City) -> None:
    slow = "http://zrj.tingsong-demo.gov.cn/content/column/6791004"
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda _: status(city, slow), range(3))) == [200, 200, 200]
    assert city.most_at_once("zrj.tingsong-demo.gov.cn") > 1


def test_a_request_that_is_no_http_ends_only_its_own_connection(city: City) -> None:
    link = connection(city)
    link.connect()
    assert link.sock is not None
    link.sock.sendall(b"nonsense\r\n\r\n")
    assert link.sock.recv(100) == b""
    link.close()
    assert status(city, "http://jyj.yunjing-demo.gov.cn/") == 200


def test_a_taken_port_is_refused(city: City, plan: Plan) -> None:
    with pytest.raises(OSError, match="in use"), serve(plan, int(city.proxy_url.rsplit(":", 1)[1])):
        pass


def test_the_port_is_free_again_after_a_failure_inside_the_block(plan: Plan) -> None:
    with pytest.raises(ZeroDivisionError), serve(plan) as first:
        assert status(first, "http://jyj.yunjing-demo.gov.cn/") == 200
        raise ZeroDivisionError
    with serve(plan, int(first.proxy_url.rsplit(":", 1)[1])) as second:
        assert status(second, "http://jyj.yunjing-demo.gov.cn/") == 200
