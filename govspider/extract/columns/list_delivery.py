"""Which one request brings the list that a page does not hold: a frame, or the answer of a known loader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urldefrag, urlencode, urlsplit

from govspider.extract.columns.list_answers import data_answer, delivery_of
from govspider.extract.columns.list_words import tokens_of, word_set
from govspider.extract.columns.outline import Node, outline_of
from govspider.extract.columns.own_lists import own_lists
from govspider.extract.columns.placed_text import FRAME
from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import FollowUp, FollowUpPurpose, UnknownReason

_FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", "X-Requested-With": "XMLHttpRequest"}


def find_list_requests(page: Page) -> tuple[FollowUp, ...]:
    """Requests that complete a page's list: none where its own records settle it, else one per fingerprint.

    Only the page's own host is ever asked. The purpose is FRAME or LIST_DATA; `delivery` names
    what kind of answer is expected. Answers go back into `observe_column` as `parts`.
    """
    if data_answer(page) is not None or page.once(own_lists).settled:
        return ()
    scripts = _script_text(page)
    finders: tuple[Callable[[Page, str], FollowUp | None], ...] = (_gkmlpt, _hanweb, _query_list, _ucap)
    for finder in finders:
        if (request := finder(page, scripts)) is not None:
            return (request,)
    return _named_searches(page, scripts) or _json_file(page, scripts) or _frames(page) or _named_call(page, scripts)


def _rules(name: str) -> Mapping[str, Any]:
    rules: Mapping[str, Any] = read_lexicon("list_delivery")[name]
    return rules


def _script_text(page: Page) -> str:
    return "\n".join(script.text or "" for _, script in page.once(outline_of).scripts)


def _same_host(page: Page, url: str | None) -> bool:
    return bool(url) and site_key(host_of(url or "")) == site_key(page.host)


def _data(page: Page, address: str, delivery: str, body: str = "") -> FollowUp | None:
    url = page.join(address)
    if url is None or not _same_host(page, url):
        return None
    headers = {**_FORM_TYPE, "Referer": page.url} if body else {"Referer": page.url}
    method = "POST" if body else "GET"
    return FollowUp(url, FollowUpPurpose.LIST_DATA, method, body, headers, delivery)


def _hanweb(page: Page, scripts: str) -> FollowUp | None:
    """The page's own parameters of its jpage call; without column and unit another column would answer."""
    rules = _rules("hanweb")
    named = re.search(rules["proxy"], scripts) if "dataproxy" in scripts else None
    if named is None and ".jpage(" not in scripts:
        return None
    values = _hanweb_values(page, scripts)
    if any(not values.get(key) for key in rules["needed"]):
        return None
    address = (named["url"] if named else rules["default_proxy"]).split("?")[0]
    per_page = int(rules["per_page"])
    window = urlencode({"startrecord": 1, "endrecord": per_page * int(rules["groups"]), "perpage": per_page})
    return _data(page, f"{address}?{window}", "hanweb_dataproxy", urlencode(values))


def _hanweb_values(page: Page, scripts: str) -> dict[str, str]:
    rules = _rules("hanweb")
    values = dict(rules["defaults"])
    for key in rules["keys"]:
        form = rf"(?<![\w]){key}['\"]?\s*[:=]\s*['\"]?(?P<value>[^'\"&,}};\s]+)"
        if found := re.search(form, scripts):
            values[key] = found["value"]
    if "columnid" not in values and (found := re.search(rules["column_in_url"], page.url)):
        values["columnid"] = found[1]
    if "unitid" not in values and (found := re.search(rules["unit_call"], scripts)):
        values["unitid"] = found[1]
    return {key: values[key] for key in rules["keys"] if key in values}


def _ucap(page: Page, scripts: str) -> FollowUp | None:
    """The one search that the page names; of two different ones neither is sure to be the list."""
    rules = _rules("ucap")
    if rules["mark"] not in scripts:
        return None
    found = list(re.finditer(rules["address"], scripts))
    if len({match["url"] for match in found}) != 1:
        return None
    query = next((match["query"] for match in found if match["query"] and "=" in match["query"]), "") or rules["query"]
    return _data(page, found[0]["url"] + query, "ucap_search")


def _gkmlpt(page: Page, scripts: str) -> FollowUp | None:
    rules = _rules("gkmlpt")
    path = urlsplit(page.url).path
    if rules["path"] not in path:
        return None
    column = re.match(rules["column_in_fragment"], urldefrag(page.url).fragment)
    sid = re.search(rules["sid"], scripts)
    if column is None or sid is None:
        return None
    base = path.split(rules["path"])[0]
    return _data(page, f"{base}{rules['path']}api/all/{column[1]}?page=1&sid={sid[1]}", "gkmlpt")


def _query_list(page: Page, scripts: str) -> FollowUp | None:
    rules = _rules("query_list")
    if rules["mark"] not in scripts:
        return None
    site, channel = re.search(rules["site"], scripts), re.search(rules["channel"], scripts)
    if site is None or channel is None:
        return None
    fields = [
        ("current", "1"),
        ("pageSize", str(rules["page_size"])),
        ("webSiteCode[]", site["value"]),
        ("channelCode[]", channel["value"]),
        ("sort", "sortNum"),
        ("order", "desc"),
    ]
    return _data(page, rules["mark"], "query_list", urlencode(fields))


def _named_searches(page: Page, scripts: str) -> tuple[FollowUp, ...]:
    for delivery, rules in _rules("named_search").items():
        if rules["mark"] not in scripts:
            continue
        found = {match["url"] for match in re.finditer(rules["address"], scripts)}
        if len(found) == 1 and (request := _data(page, found.pop(), delivery)) is not None:
            return (request,)
    return ()


def _json_file(page: Page, scripts: str) -> tuple[FollowUp, ...]:
    """The one file of records that a script of the page names; of several none is sure to be the list."""
    rules = _rules("json_file")
    if rules["mark"] not in scripts:
        return ()
    named = {match["url"] for match in re.finditer(rules["address"], scripts)}
    found = {url for url in named if not tokens_of(url) & word_set("side_arrays")}
    request = _data(page, found.pop(), "json_file") if len(found) == 1 else None
    return (request,) if request is not None else ()


def _named_call(page: Page, scripts: str) -> tuple[FollowUp, ...]:
    """The one address that a script of a page without a list asks for, written out in full; of several none is sure.

    What it answers is read as a list only where it holds one, and never blanks a column.
    """
    rules = _rules("named_call")
    if page.once(own_lists).choice.groups or not any(mark in scripts for mark in rules["marks"]):
        return ()
    named = {match["url"] for match in re.finditer(rules["address"], scripts)}
    ignored = word_set("side_arrays") | set(rules["ignored"])
    found = [url for url in named if not tokens_of(url.partition("?")[0]) & ignored]
    request = _data(page, found[0], delivery_of(found[0], "named_call")) if len(found) == 1 else None
    return (request,) if request is not None else ()


def _frames(page: Page) -> tuple[FollowUp, ...]:
    """Frames of the page's own site that stand in its main part."""
    rules = _rules("frames")
    found: list[str] = []
    for node in page.once(outline_of).tagged("iframe", "frame"):
        if node.region == FRAME:
            continue
        src = (node.element.get("src") or "").strip()
        url = page.join(src) if src and not src.lower().startswith(("about:", "javascript:", "data:")) else None
        if url is None or not _same_host(page, url) or _holds_no_list(url):
            continue
        if url not in found and urldefrag(url).url != urldefrag(page.url).url:
            found.append(url)
    requests = [FollowUp(url, FollowUpPurpose.FRAME, delivery="frame") for url in found]
    return tuple(requests[: int(rules["limit"])])


def _holds_no_list(address: str) -> bool:
    """True for frames that are no list by their names; a search box has no query, a search that is a list has one."""
    rules = _rules("frames")
    path, _, query = address.lower().partition("?")
    ignored = rules["ignored"] if query else [*rules["ignored"], *rules["ignored_without_query"]]
    return any(word in path for word in ignored)


def holds_frame(page: Page) -> bool:
    """True when a frame stands in the main part: what is in it is not known from this page."""
    return bool(_frames(page)) or frame_out_of_reach(page) is not None


def frame_out_of_reach(page: Page) -> tuple[UnknownReason, str] | None:
    """Why a frame in the main part is not asked: it is another site's, or a script sets its address; else None."""
    for node in page.once(outline_of).tagged("iframe", "frame"):
        if node.region or node.hidden or _is_tiny(node):
            continue
        src = (node.element.get("src") or "").strip()
        empty = not src or src.lower().startswith(("about:", "javascript:", "data:"))
        if not empty and _holds_no_list(src):
            continue
        url = None if empty else page.join(src)
        if url is None:
            return UnknownReason.NEEDS_BROWSER, "a frame whose address a script sets"
        if not _same_host(page, url):
            return UnknownReason.NOT_CHECKED, f"the main part is a frame of {host_of(url)}"
    return None


def _is_tiny(frame: Node) -> bool:
    sizes = (frame.element.get(name) or "" for name in ("width", "height"))
    return any(size.isdigit() and int(size) <= int(_rules("frames")["tiny"]) for size in sizes)
