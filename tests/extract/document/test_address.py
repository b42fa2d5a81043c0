import pytest

from govspider.extract.document.address import browser_address, scheme_of

BASE = "http://www.x.gov.cn/zwgk/tzgg/index.html?page=2"


@pytest.mark.parametrize(
    ("raw", "asked"),
    [
        ("./t20261009_1.htm", "http://www.x.gov.cn/zwgk/tzgg/t20261009_1.htm"),
        ("../zcwj/", "http://www.x.gov.cn/zwgk/zcwj/"),
        ("../../../../up.htm", "http://www.x.gov.cn/up.htm"),
        ("/a/./b/../c/", "http://www.x.gov.cn/a/c/"),
        ("/a/%2e%2e/c", "http://www.x.gov.cn/c"),
        ("?page=3", "http://www.x.gov.cn/zwgk/tzgg/index.html?page=3"),
        ("//www.y.gov.cn", "http://www.y.gov.cn/"),
        ("https:page.htm", "https://page.htm/"),
        ("http:page.htm", "http://www.x.gov.cn/zwgk/tzgg/page.htm"),
        ("http:/one.gov.cn/a", "http://www.x.gov.cn/one.gov.cn/a"),
        ("https:/one.gov.cn/a", "https://one.gov.cn/a"),
        ("www.y.gov.cn", "http://www.x.gov.cn/zwgk/tzgg/www.y.gov.cn"),
        ("/a.htm#part", "http://www.x.gov.cn/a.htm"),
        ("  /a\n.htm\t", "http://www.x.gov.cn/a.htm"),
    ],
)
def test_an_address_is_resolved_as_a_browser_resolves_it(raw: str, asked: str) -> None:
    assert browser_address(BASE, raw, "utf-8") == asked


def test_empty_steps_of_a_path_stay_because_servers_tell_them_apart() -> None:
    assert browser_address("http://nm.x.gov.cn//list/a.html", "b.html", "utf-8") == "http://nm.x.gov.cn//list/b.html"
    assert browser_address(BASE, "/a//b.html", "utf-8") == "http://www.x.gov.cn/a//b.html"


def test_a_backslash_is_a_slash_in_a_path_but_not_in_a_query() -> None:
    assert browser_address(BASE, "..\\files\\a.doc?p=c:\\x", "utf-8") == "http://www.x.gov.cn/zwgk/files/a.doc?p=c:\\x"


def test_a_chinese_path_travels_in_utf8_and_a_chinese_query_in_the_encoding_of_the_page() -> None:
    raw = "/政务 公开/a.htm?q=中文"
    path = "http://www.x.gov.cn/%E6%94%BF%E5%8A%A1%20%E5%85%AC%E5%BC%80/a.htm"
    assert browser_address(BASE, raw, "gb18030") == f"{path}?q=%D6%D0%CE%C4"
    assert browser_address(BASE, raw, "utf-8") == f"{path}?q=%E4%B8%AD%E6%96%87"


def test_what_a_gbk_query_cannot_hold_travels_as_a_character_reference() -> None:
    assert browser_address(BASE, "/s?q=中😀", "gb18030") == "http://www.x.gov.cn/s?q=%D6%D0%26%23128512%3B"


def test_what_is_encoded_already_is_not_encoded_twice() -> None:
    encoded = "http://www.x.gov.cn/%e4%b8%ad/a%20b.htm?q=%D6%D0&amp;x=100%"
    assert browser_address(BASE, encoded, "gb18030") == encoded


def test_a_port_stays_as_written_and_the_host_is_lower_case_ascii() -> None:
    assert browser_address(BASE, "HTTP://WWW.X.gov.cn:80/A", "utf-8") == "http://www.x.gov.cn:80/A"
    assert browser_address(BASE, "http://x.gov.cn:/a", "utf-8") == "http://x.gov.cn/a"
    assert browser_address(BASE, "http://中国.政务/", "utf-8") == "http://xn--fiqs8s.xn--zfr164b/"


@pytest.mark.parametrize(
    "raw",
    [
        "http://[x",
        "http://[::1",
        "http://",
        "http://a b.gov.cn/",
        "http://x.gov.cn:port/",
        "http://x.gov.cn:99999/",
        "http://" + "a" * 64 + ".政务/",
        "http://<img>/",
        "javascript:void(0)",
        "mailto:a@x.gov.cn",
        "C:\\Users\\a.doc",
    ],
)
def test_what_no_browser_can_ask_for_has_no_address(raw: str) -> None:
    assert browser_address(BASE, raw, "utf-8") is None


def test_an_ipv6_host_keeps_its_brackets() -> None:
    assert browser_address(BASE, "http://[2001:DB8::1]:8080/a", "utf-8") == "http://[2001:db8::1]:8080/a"


def test_a_base_that_is_no_web_address_resolves_whole_addresses_only() -> None:
    assert browser_address("about:blank", "a.htm", "utf-8") is None
    assert browser_address("about:blank", "http://x.gov.cn/a.htm", "utf-8") == "http://x.gov.cn/a.htm"


def test_a_scheme_is_read_without_the_blanks_that_browsers_drop() -> None:
    assert scheme_of(" java\nscript:alert(1)") == "javascript"
    assert scheme_of("/a:b") == ""
