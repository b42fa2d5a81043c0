"""What an answer says about an address: it works, it is dead, or that could not be established.

Dead is what does not open for any visitor: a 404 or 410, a name that does not exist, an error of the
server itself, a refusal, a redirect without end. Only the first two prove themselves; the others
stay suspected however often they are seen. What may be ours or the way's (a wall, a login, a timeout,
TLS, the proxy) is unknown, with the reason and the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from govspider.extract.document.challenge import answered_by_proxy, blocked_status, find_challenge, unreadable_type
from govspider.items import LinkFault, LinkState, UnknownReason

_GONE = {404: "页面不存在（404）", 410: "页面已删除（410）"}
_GATEWAY_FAULTS = frozenset((502, 503, 504))
# 503 is busy or under maintenance: it passes. 511 is a network that wants a login (RFC 6585)
_SERVER_ERRORS = frozenset((500, 501, 502, 504, 505, 506, 507, 508, 510))
_SUCCESS = range(200, 300)
_NOT_MODIFIED = 304


class Failure(StrEnum):
    """How a request ended without an answer; the spider maps its exceptions to these."""

    DNS_NOT_FOUND = "dns_not_found"
    DNS_TEMPORARY = "dns_temporary"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    RESET = "reset"
    REDIRECT_LOOP = "redirect_loop"
    COOKIE_LOOP = "cookie_loop"
    """A redirect without end that sets a cookie: a browser may come through."""
    TOO_BIG = "too_big"
    ROBOTS = "robots"
    PRIVATE_ADDRESS = "private_address"
    PROXY = "proxy"
    PROTOCOL = "protocol"
    OTHER = "other"


# reasons of the closed list; what none of them names is not_checked, and the words say what happened
_REASONS: dict[Failure, tuple[UnknownReason, str]] = {
    Failure.DNS_NOT_FOUND: (UnknownReason.NOT_CHECKED, "域名不存在"),
    Failure.DNS_TEMPORARY: (UnknownReason.DNS_TEMPORARY, "域名解析暂时失败"),
    Failure.REFUSED: (UnknownReason.NOT_CHECKED, "服务器拒绝连接"),
    Failure.TIMEOUT: (UnknownReason.TIMEOUT, "超时未答复"),
    Failure.TLS: (UnknownReason.TLS_INCOMPATIBLE, "安全连接（TLS）无法建立"),
    Failure.RESET: (UnknownReason.NOT_CHECKED, "连接被中断"),
    Failure.REDIRECT_LOOP: (UnknownReason.NOT_CHECKED, "反复跳转，没有终点"),
    Failure.TOO_BIG: (UnknownReason.TOO_BIG, "内容超过抓取上限"),
    Failure.ROBOTS: (UnknownReason.ROBOTS, "网站的robots.txt不允许抓取"),
    Failure.PRIVATE_ADDRESS: (UnknownReason.PRIVATE_ADDRESS, "指向内网地址，未访问"),
    Failure.PROXY: (UnknownReason.PROXY, "代理服务器出错"),
    Failure.PROTOCOL: (UnknownReason.NOT_CHECKED, "答复不符合HTTP协议"),
    Failure.COOKIE_LOOP: (UnknownReason.NEEDS_BROWSER, "反复跳转并设置Cookie，需要浏览器"),
    Failure.OTHER: (UnknownReason.NOT_CHECKED, "请求失败"),
}
# behind a proxy these are the proxy's experience, not ours
_PROXY_DOUBTS = frozenset(
    (Failure.DNS_NOT_FOUND, Failure.DNS_TEMPORARY, Failure.REFUSED, Failure.RESET, Failure.TLS, Failure.PROTOCOL)
)
# failures that every visitor meets; behind a proxy they are unknown all the same
_FAULTS = {
    Failure.DNS_NOT_FOUND: LinkFault.NO_NAME,
    Failure.REFUSED: LinkFault.REFUSED,
    Failure.REDIRECT_LOOP: LinkFault.REDIRECT_LOOP,
}


@dataclass(frozen=True, slots=True)
class LinkJudgement:
    """What one answer says; `reason` is None unless the state is unknown, `detail` is for people (Chinese)."""

    state: LinkState
    reason: UnknownReason | None
    detail: str
    fault: LinkFault | None = None
    """In which way it is dead."""


def classify_answer(
    *,
    url: str,
    status: int | None,
    headers: Mapping[str, str],
    body: bytes,
    failure: str | None,
    via_proxy: bool,
    site_host: bool,
) -> LinkJudgement:
    """What the answer to one link says.

    Parameters: `url` the address asked for; `status` None when no answer came; `headers` and
    `body` of the last answer, the first bytes are enough; `failure` a word of `Failure` or None;
    `via_proxy` whether the request went through a proxy; `site_host` whether the address is on
    the inspected site itself: a 404 of another site is dead too, the words say whose it is.
    Raises ValueError for an unknown failure, and when there is neither status nor failure.
    """
    kind = None if failure is None else _failure(failure, url)
    # a body that was cut off does not change what the status line said
    if kind is not None and not (kind is Failure.TOO_BIG and status is not None):
        return _of_failure(kind, via_proxy, site_host)
    if status is None:
        raise ValueError(f"neither status nor failure for {url!r}: an answer needs one of them")
    wall = _wall(status, headers, body, via_proxy)
    if wall is not None:
        return LinkJudgement(LinkState.UNKNOWN, *wall)
    if status in _GONE:
        return LinkJudgement(LinkState.DEAD, None, f"{_whose(site_host)}：{_GONE[status]}", LinkFault.GONE)
    if status in _SERVER_ERRORS:
        return LinkJudgement(
            LinkState.DEAD, None, f"{_whose(site_host)}：服务器出错（{status}）", LinkFault.SERVER_ERROR
        )
    if status in _SUCCESS or status == _NOT_MODIFIED:
        return LinkJudgement(LinkState.OK, None, f"正常（{status}）")
    return LinkJudgement(LinkState.UNKNOWN, *_unclear(status))


def classify_page(
    status: int | None, headers: Mapping[str, str], body: bytes, *, via_proxy: bool = False
) -> tuple[UnknownReason | None, str]:
    """Why an answer cannot be read as the page that was asked for; (None, "") when it can.

    Parameters: as for `classify_answer`. A missing page (404) is not_checked with the words:
    what stands on it is not known, that it is missing is for the link answer to say.
    Raises ValueError without a status: a request that failed is for `failure_reason` to name.
    """
    if status is None:
        raise ValueError("a page without a status was never answered: ask failure_reason for its reason")
    wall = _wall(status, headers, body, via_proxy)
    if wall is not None:
        return wall
    if status in _GONE:
        return UnknownReason.NOT_CHECKED, _GONE[status]
    if status not in _SUCCESS:
        return _unclear(status)
    if not body.strip():
        return UnknownReason.NOT_CHECKED, f"答复{status}，但没有内容"
    document = unreadable_type(headers)
    if document is not None:
        return UnknownReason.NOT_CHECKED, f"不是网页（{document}）"
    return None, ""


def failure_reason(failure: str, *, via_proxy: bool) -> tuple[UnknownReason, str]:
    """Reason and words for a page that could not be fetched at all.

    Raises ValueError for a failure that is no word of `Failure`.
    """
    kind = _failure(failure, "")
    reason, words = _REASONS[kind]
    if via_proxy and kind in _PROXY_DOUBTS:
        return UnknownReason.PROXY, f"经代理访问：{words}"
    return reason, words


def _failure(failure: str, url: str) -> Failure:
    try:
        return Failure(failure)
    except ValueError as error:
        known = ", ".join(Failure)
        raise ValueError(f"failure {failure!r} of {url!r} is not known; use one of: {known}") from error


def _of_failure(kind: Failure, via_proxy: bool, site_host: bool) -> LinkJudgement:
    reason, words = failure_reason(kind, via_proxy=via_proxy)
    fault = _FAULTS.get(kind)
    if fault is not None and reason is not UnknownReason.PROXY:
        return LinkJudgement(LinkState.DEAD, None, f"{_whose(site_host)}：{words}", fault)
    return LinkJudgement(LinkState.UNKNOWN, reason, words)


def _wall(status: int, headers: Mapping[str, str], body: bytes, via_proxy: bool) -> tuple[UnknownReason, str] | None:
    """Who answered in place of the site: a proxy, a firewall, or a login."""
    if answered_by_proxy(headers) or status == 407 or (via_proxy and status in _GATEWAY_FAULTS):
        return UnknownReason.PROXY, f"代理服务器答复{status}"
    challenge = find_challenge(status, headers, body)
    if challenge is not None:
        return UnknownReason.BLOCKED, f"{challenge}（{status}）"
    if status == 401:
        return UnknownReason.NEEDS_LOGIN, "需要登录（401）"
    words = blocked_status(status)
    return None if words is None else (UnknownReason.BLOCKED, words)


def _unclear(status: int) -> tuple[UnknownReason, str]:
    if status == 408:
        return UnknownReason.TIMEOUT, "服务器等待超时（408）"
    if status in range(300, 400):
        return UnknownReason.NOT_CHECKED, f"跳转没有终点（{status}）"
    if status in range(500, 600):
        return UnknownReason.NOT_CHECKED, f"服务器出错（{status}）"
    return UnknownReason.NOT_CHECKED, f"答复{status}，无法据此判断"


def _whose(site_host: bool) -> str:
    return "本站" if site_host else "外站"
