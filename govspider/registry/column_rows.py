"""Rows of a columns sheet (栏目基本信息表) -> columns, or the reason why a row is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from govspider.entries import Origin, RegisteredColumn, RegisteredExemption, RegisteredSite
from govspider.items import ColumnKind
from govspider.registry.addresses import NotAnAddressError, host_of, read_address
from govspider.registry.cells import tidy, tidy_address, tidy_name
from govspider.registry.headers import Header
from govspider.registry.site_rows import RowError, blank_to_none, read_code, read_date_cell
from govspider.registry.tables import Row
from govspider.registry.words import read_words, words_to_key

_PERIOD = re.compile(r"每?(\d+|[一二两三四五六七八九十])(\D+?)(内|以内)?(更新一次|更新|一次)?")
_CHINESE_DIGITS = {"一": 1, "二": 2, "两": 2, **{sign: number for number, sign in enumerate("三四五六七八九十", 3)}}


@dataclass(frozen=True, slots=True)
class SiteBook:
    """The sites of the registry file, by code and by name, to tell whose column a row is."""

    by_code: Mapping[str, RegisteredSite]
    by_name: Mapping[str, tuple[RegisteredSite, ...]]


def read_column(header: Header, row: Row, origin: Origin, book: SiteBook) -> RegisteredColumn:
    """One row as a column. Raises RowError with the reason for the reject file."""

    def cell(field: str) -> str:
        return header.value(row, field)

    name = tidy_name(cell("name"))
    if not name:
        raise RowError("栏目名称为空")
    site_code = _site_code(cell("site_code"), tidy_name(cell("site_name")), book)
    url = _address(cell("url"), book.by_code.get(site_code))
    kind_words = tidy_name(cell("kind"))
    kind = words_to_key("column_words", "kinds").get(kind_words)
    return RegisteredColumn(
        origin=origin,
        site_code=site_code,
        name=name,
        url=url,
        host=host_of(url),
        kind=ColumnKind(kind) if kind else None,
        kind_words=kind_words,
        level=_level(tidy(cell("level"))),
        update_days=_update_days(tidy(cell("update_days")).replace(" ", "")),
        parent_name=tidy_name(cell("parent_name")),
        exemption=_exemption(cell),
        given=frozenset(header.fields),
    )


def _site_code(code_text: str, site_name: str, book: SiteBook) -> str:
    code = read_code(code_text)
    if code is not None:
        return code
    found = book.by_name.get(site_name, ())
    if not site_name:
        raise RowError("没有网站标识码，也没有网站名称，不知道是哪个网站的栏目")
    if len(found) != 1:
        problem = "不在底账中" if not found else f"在底账中有 {len(found)} 个"
        raise RowError(f"没有网站标识码，而网站“{site_name}”{problem}：请填写网站标识码")
    return found[0].code


def _address(text: str, site: RegisteredSite | None) -> str:
    """Address of a column; one that begins with / belongs to the site's home page."""
    plain = tidy_address(text)
    if not plain:
        raise RowError("栏目URL为空")
    if plain.startswith("/") and not plain.startswith("//") and site is not None:
        plain = urljoin(site.home_url, plain)
    try:
        return read_address(plain, with_fragment=True)
    except NotAnAddressError as error:
        raise RowError(f"栏目URL：{error}") from error


def _level(text: str) -> int | None:
    if not text:
        return None
    level = words_to_key("column_words", "levels").get(text)
    if level is None:
        raise RowError(f"级别“{text}”不认识：请填 一级 或 二级")
    return int(level)


def _update_days(text: str) -> int | None:
    """Days of an update period such as 14, 14天, 两周, 每季度; None for 不定期 and blanks; else RowError."""
    words = read_words("column_words")
    if not text or text in words["no_period"]:
        return None
    if text.isdecimal():
        return int(text)
    known = words_to_key("column_words", "periods").get(text)
    if known is not None:
        return int(known)
    found = _PERIOD.fullmatch(text)
    if found is None or found[2] not in words["units"]:
        raise RowError(f"更新期限“{text}”读不懂：请写天数，如 14")
    count = _CHINESE_DIGITS.get(found[1]) or int(found[1])
    return count * int(words["units"][found[2]])


def _exemption(read: Callable[[str], str]) -> RegisteredExemption | None:
    reason, until = blank_to_none(read("exemption_reason")), read_date_cell(read("exemption_until"), "豁免截止日期")
    if reason is None and until is None:
        return None
    if reason is None or until is None:
        raise RowError("豁免须同时写明豁免原因和豁免截止日期")
    return RegisteredExemption(reason, until, blank_to_none(read("exemption_approver")))
