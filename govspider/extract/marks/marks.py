"""Footer marks (页脚标识): what a page shows of the eight marks, its frames and footer scripts included.

A mark is absent only when everything that may carry it was read. Where a frame or a footer
script was not, it is unknown; a placeholder, a mistyped number, a hidden or home-made entry is
invalid and says why. Rules: 国办秘函〔2019〕19号 rows 网站标识 and 我为政府网站找错.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from govspider.extract.document.page import Page
from govspider.extract.marks.footer_sources import shows_footer, unread_sources
from govspider.extract.marks.mark_badges import conac_sightings, jiucuo_sightings
from govspider.extract.marks.mark_labels import contact_sightings, sitemap_sightings, sponsor_sightings
from govspider.extract.marks.mark_numbers import icp_sightings, is_site_code, police_sightings, site_code_sightings
from govspider.extract.marks.mark_patterns import rule
from govspider.extract.marks.mark_places import Place, Sighting, places_of
from govspider.items import MARKS, MarkObservation, MarkState, UnknownReason

_READERS: dict[str, Callable[[Place], Iterator[Sighting]]] = {
    "conac": conac_sightings,
    "site_code": site_code_sightings,
    "icp": icp_sightings,
    "police": police_sightings,
    "jiucuo": jiucuo_sightings,
    "sponsor": sponsor_sightings,
    "contact": contact_sightings,
    "sitemap": sitemap_sightings,
}


def observe_marks(
    page: Page, parts: Sequence[Page] = (), missing_parts: Sequence[str] = ()
) -> tuple[MarkObservation, ...]:
    """The eight marks of `MARKS`, in that order.

    Parameters: `page` the page; `parts` its frames, footer scripts and included fragments as
    fetched (see `find_footer_sources`); `missing_parts` addresses of parts that could not be
    fetched.

    `value` is the number in one spelling (`苏ICP备05009012号-1`), the certificate id, the site
    code a 找错 entry carries, a name, an address. `where` says text, attribute, meta, script or
    frame, and at which address. `reason` of an unknown mark begins with an `UnknownReason`; of
    a present one it is a remark for the reader.
    """
    places = places_of(page, parts)
    sightings = {mark: [seen for place in places for seen in _READERS[mark](place)] for mark in MARKS}
    unread = _unread_reason(page, parts, missing_parts)
    observed = {mark: _settle(mark, sightings[mark], unread) for mark in MARKS}
    observed["site_code"] = _settle_site_code(page, observed["site_code"], sightings, unread)
    observed["jiucuo"] = _settle_jiucuo(observed["jiucuo"], sightings)
    observed["police"] = _settle_police(observed["police"], sightings["police"])
    return tuple(observed[mark] for mark in MARKS)


def _unread_reason(page: Page, parts: Sequence[Page], missing_parts: Sequence[str]) -> str | None:
    """Why a mark that was not found may still be there, None when everything was read."""
    if missing_parts:
        return f"{UnknownReason.NOT_CHECKED}：页面的组成部分没有取到：{missing_parts[0]}"
    unread = unread_sources(page, parts)
    if unread:
        return f"{UnknownReason.NOT_CHECKED}：页脚可能在未读取的{_KIND_NAMES[unread[0].purpose]}里：{unread[0].url}"
    if page.xpath("//script") and not shows_footer(page, parts) and _is_empty(places_of(page, parts)):
        return f"{UnknownReason.NEEDS_BROWSER}：页面内容由脚本生成，须用浏览器查看"
    return None


_KIND_NAMES = {"frame": "框架", "footer_script": "脚本", "include": "片段", "list_data": "数据"}


def _is_empty(places: Iterable[Place]) -> bool:
    drawn: int = rule("place")["drawn_by_script_characters"]
    return sum(len(place.text) for place in places) < drawn


def _settle(mark: str, sightings: Sequence[Sighting], unread: str | None) -> MarkObservation:
    """One answer out of all sightings: a right one wins, then a doubt, then a wrong one, footer first."""
    broken = next((seen for seen in sightings if seen.value in _error_images()), None)
    if mark == "conac" and broken:
        return _observation(mark, broken)
    for state in (MarkState.PRESENT, MarkState.UNKNOWN, MarkState.INVALID):
        fitting = [seen for seen in sightings if seen.state is state]
        best = min(fitting, key=_rank, default=None)
        if best is None:
            continue
        if state is not MarkState.INVALID or not best.weak or unread is None:
            return _observation(mark, best)
        return MarkObservation(mark, MarkState.UNKNOWN, best.value, f"{unread}（已见：{best.reason}）", best.where)
    state = MarkState.ABSENT if unread is None else MarkState.UNKNOWN
    return MarkObservation(mark, state, None, unread, None)


def _rank(seen: Sighting) -> tuple[bool, bool, bool]:
    """Lower is better: what names more, in the footer, without a remark."""
    return seen.weak, not seen.footer, seen.value is None


def _error_images() -> list[str]:
    names: list[str] = rule("conac")["image_error"]
    return names


def _observation(mark: str, seen: Sighting) -> MarkObservation:
    return MarkObservation(mark, seen.state, seen.value, seen.reason, seen.where)


def _settle_site_code(
    page: Page, label: MarkObservation, sightings: dict[str, list[Sighting]], unread: str | None
) -> MarkObservation:
    """The code in the footer, held against the meta tag and the 找错 entry.

    A code that stands only in the meta tag or in the attribute of the 找错 entry is there, and
    `where` says so (meta or attribute): whether that is enough is for the rubric, which wants it
    listed in the footer (W-D4.2), not for the eye. The reason begins with an `UnknownReason`
    where the footer itself was not read.
    """
    elsewhere = _codes_elsewhere(page, sightings["jiucuo"])
    in_footer = [seen for seen in sightings["site_code"] if seen.footer and seen.state is MarkState.PRESENT]
    written = {seen.value: seen.where for seen in in_footer if seen.value}
    if not written and label.state in (MarkState.ABSENT, MarkState.UNKNOWN) and elsewhere:
        if len(elsewhere) > 1:
            return _contradicting(next(iter(elsewhere)), elsewhere, None)
        value, where = next(iter(elsewhere.items()))
        reason = label.reason or unread or "页脚没有列出，只见于网页代码"
        return MarkObservation("site_code", MarkState.PRESENT, value, reason, where)
    if label.state is MarkState.PRESENT and not written and label.value not in elsewhere:
        reason = f"{UnknownReason.NOT_CHECKED}：只在页脚之外见到标识码，可能是文章里的，须人工确认"
        return MarkObservation("site_code", MarkState.UNKNOWN, label.value, reason, label.where)
    if len({**written, **elsewhere}) > 1 and written:
        return _contradicting(label.value, {**elsewhere, **written}, label.where)
    return label


def _contradicting(value: str | None, codes: Mapping[str, str], where: str | None) -> MarkObservation:
    places = "，".join(f"{code}（{place}）" for code, place in codes.items())
    return MarkObservation("site_code", MarkState.INVALID, value, f"几处标识码不一致：{places}", where)


def _codes_elsewhere(page: Page, jiucuo: Sequence[Sighting]) -> dict[str, str]:
    """Site codes outside the text, with their places: the meta tag, then the 找错 entry. An empty meta says nothing."""
    codes: dict[str, str] = {}
    meta = (page.meta(rule("site_code")["meta"]) or "").lower()
    if is_site_code(meta):
        codes[meta] = f"meta {page.url}"
    for seen in jiucuo:
        if seen.value and is_site_code(seen.value):
            codes.setdefault(seen.value, f"attribute {seen.where.partition(' ')[2]}")
    return codes


def _settle_jiucuo(entry: MarkObservation, sightings: dict[str, list[Sighting]]) -> MarkObservation:
    """An entry whose code differs from the footer's gets a remark; which of the two is wrong, the registry knows."""
    shown = {seen.value for seen in sightings["site_code"] if seen.footer and seen.state is MarkState.PRESENT}
    if entry.state is not MarkState.PRESENT or not entry.value or not shown or entry.value in shown:
        return entry
    remark = f"找错入口带的标识码 {entry.value} 与页脚的 {sorted(shown, key=str)[0]} 不一致"
    return replace(entry, reason=f"{entry.reason}；{remark}" if entry.reason else remark)


def _settle_police(number: MarkObservation, sightings: Sequence[Sighting]) -> MarkObservation:
    """The number in words and the code in the link to the register must be one."""
    written = {_digits(seen) for seen in sightings if not seen.from_link and seen.state is MarkState.PRESENT}
    linked = {_digits(seen) for seen in sightings if seen.from_link and seen.value}
    if number.state is not MarkState.PRESENT or not written or not linked or written & linked:
        return number
    reason = f"文字里的编号 {sorted(written)[0]} 与链接里的编号 {sorted(linked)[0]} 不一致"
    return MarkObservation("police", MarkState.INVALID, number.value, reason, number.where)


def _digits(seen: Sighting) -> str:
    return "".join(char for char in seen.value or "" if char.isascii() and char.isalnum())
