"""Rows of a registry -> websites, or the reason why a row is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from govspider.entries import Contact, Origin, RegisteredSite, temporary_code
from govspider.registry.addresses import NotAnAddressError, hosts_with_twins, read_addresses
from govspider.registry.cells import read_day, tidy, tidy_name
from govspider.registry.headers import Header, extra_positions
from govspider.registry.places import read_place, site_type_of
from govspider.registry.tables import Row
from govspider.registry.words import state_words

_CODE = re.compile(r"\d{10}|bm\d{8}")
_TEMPORARY_CODE = re.compile(r"N\d{9}")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_REGION_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
_NOTHING = {"", "无", "/", "-", "—", "--", "暂无", "没有"}


class RowError(ValueError):
    """Why a row is not accepted, as a sentence that quotes the value."""


def blank_to_none(text: str) -> str | None:
    """Text of a cell; None where people write that there is nothing."""
    plain = tidy(text)
    return None if plain in _NOTHING else plain


def read_code(text: str) -> str | None:
    """Site code of a cell, None when there is none. Raises RowError for a code of the wrong form."""
    plain = (blank_to_none(text) or "").replace(" ", "").lstrip("'`")
    if not plain:
        return None
    if _SCIENTIFIC.fullmatch(plain):
        raise RowError(f"网站标识码“{plain}”已被表格软件改成科学计数法：请把该列设为文本格式后重填")
    code = plain.upper() if _TEMPORARY_CODE.fullmatch(plain.upper()) else plain.lower()
    if not (_CODE.fullmatch(code) or _TEMPORARY_CODE.fullmatch(code)):
        raise RowError(f"网站标识码“{plain}”格式不对：应为10位数字，或bm加8位数字")
    return code


def read_date_cell(text: str, header: str) -> date | None:
    """Day in a cell, None when blank. Raises RowError when it is no day."""
    plain = blank_to_none(text)
    if plain is None:
        return None
    day = read_day(plain)
    if day is None:
        raise RowError(f"{header}“{plain}”不是日期：请写成 2026-09-01 的样子")
    return day


def read_site(header: Header, row: Row, origin: Origin, as_of: date) -> RegisteredSite:
    """One row as a website. Raises RowError with the reason for the reject file."""

    def cell(field: str) -> str:
        return header.value(row, field)

    name = tidy_name(cell("name"))
    if name in _NOTHING:
        raise RowError("网站名称为空")
    code = read_code(cell("code"))
    addresses = _addresses(cell("url"))
    sponsor = blank_to_none(tidy_name(cell("sponsor")))
    site_type = site_type_of(cell("site_type"), name, sponsor or "")
    if site_type is None:
        raise RowError(f"网站类型“{tidy(cell('site_type'))}”不认识：请用 政府门户网站、部门网站 或 专项网站")
    final_code = code or temporary_code(addresses[0])
    fields = {field: cell(field) for field in header.fields}
    return RegisteredSite(
        origin=origin,
        code=final_code,
        code_is_temporary=final_code.startswith("N"),
        name=name,
        home_url=addresses[0],
        hosts=hosts_with_twins(addresses),
        site_type=site_type,
        place=read_place(fields, final_code, name, sponsor, site_type, _region_code(cell("region_code"))),
        state=_state(cell("state")),
        since=_since(cell("since"), as_of),
        document_no=blank_to_none(cell("document_no")),
        platform=blank_to_none(cell("platform")),
        icp_number=blank_to_none(cell("icp")),
        police_number=blank_to_none(cell("police")),
        contact=_contact(fields),
        extra=_extra(header, row, sponsor),
        given=frozenset(header.fields),
    )


def _addresses(text: str) -> tuple[str, ...]:
    try:
        return read_addresses(text)
    except NotAnAddressError as error:
        raise RowError(str(error)) from error


def _state(text: str) -> str | None:
    plain = blank_to_none(tidy_name(text))
    if plain is None:
        return None
    state = state_words().get(plain)
    if state is None:
        raise RowError(f"运行状态“{plain}”不认识：可用 {'、'.join(dict.fromkeys(state_words().values()))}")
    return state


def _since(text: str, as_of: date) -> date | None:
    day = read_date_cell(text, "状态起始日期")
    if day and day > as_of:
        raise RowError(f"状态起始日期“{day}”晚于导入日 {as_of}")
    return day


def _region_code(text: str) -> str | None:
    plain = (blank_to_none(text) or "").replace(" ", "")
    if not plain:
        return None
    if not _REGION_CODE.fullmatch(plain):
        raise RowError(f"区划代码“{plain}”格式不对：应为6位、9位或12位数字")
    return plain


def _contact(fields: Mapping[str, str]) -> Contact | None:
    person, phone, email = (
        blank_to_none(fields.get(field, "")) for field in ("contact_person", "contact_phone", "contact_email")
    )
    return Contact(person, phone, email) if person or phone or email else None


def _extra(header: Header, row: Row, sponsor: str | None) -> dict[str, str]:
    """Other columns of the registry; the running unit stands here too, as a portal hangs at its region."""
    found = {
        text: value
        for text, position in extra_positions(header).items()
        if position < len(row.cells) and (value := blank_to_none(row.cells[position]))
    }
    return {**found, "主办单位": sponsor} if sponsor else found
