from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from govspider.extract.links.link_answer import Failure, LinkJudgement, classify_answer, classify_page, failure_reason
from govspider.items import LinkFault, LinkState, UnknownReason

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = (
    "<html><title>某市教育局</title><body>" + "通知公告政策文件要闻动态互动交流办事服务" * 60 + "</body></html>"
).encode()

JIASULE = b"<script>document.cookie=('_')+('_')+('jsl_clearance_s')+'=1.0';location.href=location.pathname</script>"
JIASULE_PLAIN = b"<script>var x='__jsl_clearance=1';</script>"
RUISHU = b"<html><head><meta r='m'><script r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head></html>"
ALIYUN = b"<html><script>var arg1='5D1A0E5F7C5F5A0B4C0D1A2B3C4D5E6F7A8B9C0D';</script></html>"
CLOUDFLARE = b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"


def judge(status: int | None = None, failure: str | None = None, **given: Any) -> LinkJudgement:
    arguments: dict[str, Any] = {"headers": HTML, "body": b"", "via_proxy": False, "site_host": True, **given}
    return classify_answer(url="http://www.x.gov.cn/a.htm", status=status, failure=failure, **arguments)


def said(judgement: LinkJudgement) -> tuple[LinkState, UnknownReason | None]:
    return judgement.state, judgement.reason


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("via_proxy", [False, True])
def test_a_missing_page_is_dead_also_behind_a_proxy(status: int, via_proxy: bool) -> None:
    assert said(judge(status, body=b"<h1>Not Found</h1>", via_proxy=via_proxy)) == (LinkState.DEAD, None)


def test_the_words_of_a_dead_link_say_whose_page_is_missing() -> None:
    assert judge(404, site_host=True).detail == "本站：页面不存在（404）"
    assert judge(404, site_host=False).detail == "外站：页面不存在（404）"


@pytest.mark.parametrize("status", [200, 202, 204, 206, 304])
def test_an_answer_of_success_works(status: int) -> None:
    assert said(judge(status, body=PAGE)) == (LinkState.OK, None)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, UnknownReason.NEEDS_LOGIN),
        (403, UnknownReason.BLOCKED),
        (412, UnknownReason.BLOCKED),
        (429, UnknownReason.BLOCKED),
        (521, UnknownReason.BLOCKED),
        (407, UnknownReason.PROXY),
        (408, UnknownReason.TIMEOUT),
        (400, UnknownReason.NOT_CHECKED),
        (405, UnknownReason.NOT_CHECKED),
        (302, UnknownReason.NOT_CHECKED),
        (503, UnknownReason.NOT_CHECKED),
    ],
)
def test_any_other_status_is_unknown_and_never_dead(status: int, reason: UnknownReason) -> None:
    judgement = judge(status, body=b"<h1>error</h1>")
    assert said(judgement) == (LinkState.UNKNOWN, reason)
    assert str(status) in judgement.detail


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_fault_behind_a_proxy_is_the_proxys(status: int) -> None:
    assert said(judge(status, via_proxy=True)) == (LinkState.UNKNOWN, UnknownReason.PROXY)


def test_an_answer_the_proxy_made_itself_is_the_proxys_even_as_a_404() -> None:
    headers = {**HTML, "X-Squid-Error": "ERR_DNS_FAIL 0"}
    assert said(judge(404, headers=headers)) == (LinkState.UNKNOWN, UnknownReason.PROXY)


@pytest.mark.parametrize(
    ("status", "headers", "body", "name"),
    [
        (521, {"X-Via-JSL": "9f3ab2,-"}, JIASULE, "加速乐"),
        (200, {}, JIASULE_PLAIN, "加速乐"),
        (412, {}, RUISHU, "瑞数"),
        (202, {}, RUISHU, "瑞数"),
        (200, {}, RUISHU, "瑞数"),
        (200, {}, ALIYUN, "阿里云盾"),
        (405, {}, "很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。".encode(), "阿里云盾"),
        (403, {"CF-Mitigated": "challenge"}, b"", "Cloudflare"),
        (503, {}, CLOUDFLARE, "Cloudflare"),
        (404, {}, "<h1>创宇盾提示您：当前访问疑似黑客攻击</h1>".encode(), "创宇盾"),
        (493, {}, b"", "360"),
        (200, {}, "<html><head><title>安全验证</title></head><body>请完成验证</body></html>".encode(), "防护页面"),
    ],
)
def test_a_wall_is_unknown_whatever_status_it_wears(
    status: int, headers: Mapping[str, str], body: bytes, name: str
) -> None:
    judgement = judge(status, headers={**HTML, **headers}, body=body)
    assert said(judgement) == (LinkState.UNKNOWN, UnknownReason.BLOCKED)
    assert judgement.detail.startswith(name)


@pytest.mark.parametrize("script", [RUISHU, JIASULE_PLAIN, ALIYUN, CLOUDFLARE])
def test_a_real_page_that_carries_the_script_of_a_wall_is_a_page(script: bytes) -> None:
    assert said(judge(200, body=script + PAGE)) == (LinkState.OK, None)
    assert classify_page(200, HTML, script + PAGE) == (None, "")


def test_a_missing_page_behind_a_wall_with_real_text_is_still_missing() -> None:
    assert said(judge(404, body=RUISHU + PAGE)) == (LinkState.DEAD, None)


def test_an_article_about_firewalls_is_not_a_wall() -> None:
    article = "<title>关于防范网络攻击的通知</title><p>网站防火墙提醒各单位：safedog.cn</p>".encode() + PAGE * 2
    assert said(judge(200, body=article)) == (LinkState.OK, None)


def test_a_picture_is_not_searched_for_walls() -> None:
    assert said(judge(200, headers={"content-type": "image/png"}, body=RUISHU)) == (LinkState.OK, None)


@pytest.mark.parametrize(
    ("failure", "direct", "behind_proxy"),
    [
        (Failure.DNS_TEMPORARY, UnknownReason.DNS_TEMPORARY, UnknownReason.PROXY),
        (Failure.TIMEOUT, UnknownReason.TIMEOUT, UnknownReason.TIMEOUT),
        (Failure.TLS, UnknownReason.TLS_INCOMPATIBLE, UnknownReason.PROXY),
        (Failure.RESET, UnknownReason.NOT_CHECKED, UnknownReason.PROXY),
        (Failure.TOO_BIG, UnknownReason.TOO_BIG, UnknownReason.TOO_BIG),
        (Failure.ROBOTS, UnknownReason.ROBOTS, UnknownReason.ROBOTS),
        (Failure.PRIVATE_ADDRESS, UnknownReason.PRIVATE_ADDRESS, UnknownReason.PRIVATE_ADDRESS),
        (Failure.PROXY, UnknownReason.PROXY, UnknownReason.PROXY),
        (Failure.PROTOCOL, UnknownReason.NOT_CHECKED, UnknownReason.PROXY),
        (Failure.OTHER, UnknownReason.NOT_CHECKED, UnknownReason.NOT_CHECKED),
    ],
)
def test_a_failure_is_unknown_with_its_reason(
    failure: Failure, direct: UnknownReason, behind_proxy: UnknownReason
) -> None:
    assert said(judge(failure=failure)) == (LinkState.UNKNOWN, direct)
    assert said(judge(failure=failure, via_proxy=True)) == (LinkState.UNKNOWN, behind_proxy)
    assert failure_reason(failure, via_proxy=False)[0] == direct
    assert judge(failure=failure).detail


def test_a_name_that_does_not_exist_is_dead_but_not_when_a_proxy_says_so() -> None:
    assert said(judge(failure="dns_not_found")) == (LinkState.DEAD, None)
    assert said(judge(failure="dns_not_found", via_proxy=True)) == (LinkState.UNKNOWN, UnknownReason.PROXY)


def test_a_page_whose_name_does_not_exist_is_unknown_not_read() -> None:
    assert failure_reason("dns_not_found", via_proxy=False) == (UnknownReason.NOT_CHECKED, "域名不存在")


def test_the_status_line_decides_when_only_the_body_was_too_big() -> None:
    assert said(judge(200, failure="too_big")) == (LinkState.OK, None)
    assert said(judge(404, failure="too_big")) == (LinkState.DEAD, None)


def test_a_redirect_without_end_is_dead_unless_it_sets_a_cookie() -> None:
    assert judge(302, failure="redirect_loop").fault is LinkFault.REDIRECT_LOOP
    assert said(judge(failure="cookie_loop")) == (LinkState.UNKNOWN, UnknownReason.NEEDS_BROWSER)


@pytest.mark.parametrize("status", [500, 501, 502, 504])
def test_an_error_of_the_server_itself_is_dead_but_a_busy_one_is_not(status: int) -> None:
    assert judge(status, body=b"<h1>error</h1>").fault is LinkFault.SERVER_ERROR
    assert said(judge(503)) == (LinkState.UNKNOWN, UnknownReason.NOT_CHECKED)


def test_a_refused_connection_is_dead_but_not_behind_a_proxy() -> None:
    assert judge(failure="refused").fault is LinkFault.REFUSED
    assert said(judge(failure="refused", via_proxy=True)) == (LinkState.UNKNOWN, UnknownReason.PROXY)


def test_an_unknown_failure_is_refused_in_a_sentence_that_quotes_it() -> None:
    with pytest.raises(ValueError, match=r"failure 'gremlins' of 'http://www\.x\.gov\.cn/a\.htm' is not known"):
        judge(failure="gremlins")


def test_an_answer_needs_a_status_or_a_failure() -> None:
    with pytest.raises(ValueError, match="neither status nor failure"):
        judge()


@pytest.mark.parametrize(
    ("status", "headers", "body", "reason"),
    [
        (200, HTML, PAGE, None),
        (202, HTML, RUISHU, UnknownReason.BLOCKED),
        (200, HTML, RUISHU, UnknownReason.BLOCKED),
        (403, HTML, PAGE, UnknownReason.BLOCKED),
        (401, HTML, PAGE, UnknownReason.NEEDS_LOGIN),
        (404, HTML, PAGE, UnknownReason.NOT_CHECKED),
        (500, HTML, PAGE, UnknownReason.NOT_CHECKED),
        (200, HTML, b" \r\n ", UnknownReason.NOT_CHECKED),
        (200, {"content-type": "application/pdf"}, b"%PDF-1.4", UnknownReason.NOT_CHECKED),
        (200, {"Content-Type": "application/octet-stream"}, PAGE, None),
        (200, {}, PAGE, None),
    ],
)
def test_a_page_is_readable_or_says_why_not(
    status: int, headers: Mapping[str, str], body: bytes, reason: UnknownReason | None
) -> None:
    found, words = classify_page(status, headers, body)
    assert (found, bool(words)) == (reason, reason is not None)


def test_a_page_that_was_never_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="a page without a status was never answered"):
        classify_page(None, {}, b"")


def test_a_gateway_fault_of_a_page_behind_a_proxy_is_the_proxys() -> None:
    assert classify_page(504, HTML, b"", via_proxy=True)[0] == UnknownReason.PROXY


@pytest.mark.parametrize(
    ("piece", "state"),
    [
        (b"<script", LinkState.OK),
        (b"<!--", LinkState.OK),
        (b"<!-", LinkState.OK),
        (b"<", LinkState.OK),
        (b"<script>$_ts=window['$_ts']", LinkState.UNKNOWN),
    ],
)
def test_a_hostile_body_of_one_piece_repeated_is_judged(piece: bytes, state: LinkState) -> None:
    assert judge(200, body=piece * 30_000).state == state


def test_no_captured_page_is_taken_for_a_wall(captured_pages: Path) -> None:
    files = [path for path in sorted(captured_pages.rglob("*")) if path.suffix in (".html", ".xml")]
    assert len(files) > 80
    assert [path.name for path in files if classify_page(200, HTML, path.read_bytes()) != (None, "")] == []
