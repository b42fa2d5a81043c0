"""A registry file as a whole: which sheets hold sites and columns, which rows are accepted, what is said about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from govspider.entries import (
    Defaults,
    Origin,
    Place,
    RegisteredColumn,
    RegisteredSite,
    Registry,
    Reject,
    temporary_code,
)
from govspider.registry.addresses import NotAnAddressError, read_addresses
from govspider.registry.cells import tidy, tidy_name
from govspider.registry.column_rows import SiteBook, read_column
from govspider.registry.headers import Header, find_header, is_footer, personal_positions, site_header
from govspider.registry.sheets import TableFile, read_table_file
from govspider.registry.site_rows import RowError, read_code, read_site
from govspider.registry.tables import RegistryFileError, Row, Sheet
from govspider.registry.words import read_words, retired_states

_DELIMITER_NAMES = {",": "逗号", "\t": "制表符", ";": "分号"}
_PREVIEW_ROWS = 3
_WORDS_SHOWN = 5


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    as_of: date
    sites: dict[str, RegisteredSite] = field(default_factory=dict)
    columns: dict[tuple[str, str], RegisteredColumn] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    rejected_codes: set[str] = field(default_factory=set)
    rejected_names: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_registry(path: Path, as_of: date, columns_path: Path | None = None) -> Registry:
    """Read a registry (xlsx or csv) and, in the same workbook or in another file, its columns.

    `as_of`: day the registry is valid for. Raises RegistryFileError with one sentence when a file cannot be read,
    has no header row, or holds no acceptable website.
    """
    file = read_table_file(path)
    reading = _Reading(as_of)
    reading.notes += describe(file)
    _read_sites(file, reading)
    _read_columns(file, reading)
    if columns_path is not None:
        _read_column_file(columns_path, reading)
    _reject_twice_listed(reading)
    _reject_circles(reading)
    if not reading.sites:
        first = reading.rejects[0] if reading.rejects else None
        why = f"第 {first.origin.row} 行：{first.reason}" if first else "表头下没有数据行"
        raise RegistryFileError(f"文件“{file.name}”没有一行可以导入（{why}）：请改正后重新导入。")
    sites = _with_learned_names(tuple(reading.sites.values()))
    reading.notes += _what_was_assumed(sites, tuple(reading.columns.values()))
    return Registry(
        file.name,
        file.sha256,
        file.encoding,
        sites,
        tuple(reading.columns.values()),
        tuple(reading.rejects),
        frozenset(reading.rejected_codes),
        frozenset(reading.rejected_names),
        tuple(reading.notes),
        Defaults(
            read_words("states")["default"],
            read_words("regions")["unassigned"],
            read_words("regions")["placeholder"],
        ),
        reading.headers,
    )


def describe(file: TableFile) -> list[str]:
    """How a file was read, and its first rows; contact columns are not shown."""
    delimiter = f"，分隔符 {_DELIMITER_NAMES[file.delimiter]}" if file.delimiter else ""
    lines = [f"文件“{file.name}”：编码 {file.encoding}{delimiter}"]
    hidden = _contact_positions(file)
    for row in file.preview(_PREVIEW_ROWS):
        shown = ["***" if index in hidden and cell else tidy(cell) for index, cell in enumerate(row.cells)]
        if len(set(row.cells)) == 1:  # one merged title
            shown = shown[:1]
        lines.append(f"  第 {row.number} 行：{' | '.join(shown)}")
    return lines


def _contact_positions(file: TableFile) -> set[int]:
    headers = (site_header(sheet) for sheet in file.sheets)
    return next((personal_positions(header) for header in headers if header), set())


def _read_sites(file: TableFile, reading: _Reading) -> None:
    found = False
    for sheet in file.sheets:
        header = site_header(sheet)
        if header is None:
            continue
        found = True
        reading.headers[sheet.name] = header.texts
        reading.notes.append(_where(sheet, f"网站表，表头在第 {header.last_row} 行"))
        for row, origin in _entries(sheet, header):
            _accept_site(header, row, origin, reading)
    if not found:
        raise RegistryFileError(_no_header(file, "网站名称、网址"))


def _no_header(file: TableFile, needed: str) -> str:
    limit = read_words("headers")["header_rows"]
    first = "；".join(" | ".join(tidy(cell) for cell in row.cells)[:60] for row in file.preview(1))
    return (
        f"文件“{file.name}”前 {limit} 行里找不到表头（按 {file.encoding} 读取，第一行是“{first}”）"
        f"：表头至少要有 {needed} 两列，请补上表头后重新导入。"
    )


def _where(sheet: Sheet, text: str) -> str:
    return f"工作表“{sheet.name}”：{text}" if sheet.name else text


def _entries(sheet: Sheet, header: Header) -> Iterator[tuple[Row, Origin]]:
    """Rows below the header that mean to be entries, with their origin."""
    for row in header.data:
        if is_footer(row) or row.cells == header.texts or not _has_field(header, row):
            continue
        yield row, Origin(sheet.name, row.number, row.cells)


def _has_field(header: Header, row: Row) -> bool:
    return any(tidy(header.value(row, name)) for name in header.fields)


def _accept_site(header: Header, row: Row, origin: Origin, reading: _Reading) -> None:
    try:
        site = read_site(header, row, origin, reading.as_of)
        first = reading.sites.get(site.code)
        if first is not None:
            what = "没有标识码的网址" if site.code_is_temporary else f"网站标识码“{site.code}”"
            place = f"工作表“{first.origin.sheet}”" if first.origin.sheet != origin.sheet else ""
            raise RowError(f"{what}重复：与{place}第 {first.origin.row} 行相同")
    except RowError as error:
        reading.rejects.append(Reject(origin, str(error)))
        _remember(header, row, reading)
        return
    reading.sites[site.code] = site


def _remember(header: Header, row: Row, reading: _Reading) -> None:
    """A rejected row still says that its site exists: by its code, its address or its name, whatever can be read."""
    reading.rejected_names.add(tidy_name(header.value(row, "name")))
    with suppress(RowError):  # the code may be what is wrong with the row
        reading.rejected_codes.add(read_code(header.value(row, "code")) or "")
    with suppress(NotAnAddressError):  # or the address
        reading.rejected_codes.add(temporary_code(read_addresses(header.value(row, "url"))[0]))


def _read_columns(file: TableFile, reading: _Reading) -> bool:
    """Columns of every sheet of a file that has some; False when no sheet has."""
    found = False
    for sheet in file.sheets:
        header = find_header(sheet, "column")
        if header is None:
            if sheet.rows and site_header(sheet) is None:
                reading.notes.append(_where(sheet, "没有可识别的表头，已跳过"))
            continue
        found = True
        reading.headers.setdefault(sheet.name or file.name, header.texts)
        reading.notes.append(_where(sheet, f"栏目表，表头在第 {header.last_row} 行"))
        book = _site_book(reading)
        named = replace(sheet, name=sheet.name or file.name)
        for row, origin in _entries(named, header):
            _accept_column(partial(read_column, header, row, origin, book), origin, reading)
    return found


def _site_book(reading: _Reading) -> SiteBook:
    by_name: defaultdict[str, tuple[RegisteredSite, ...]] = defaultdict(tuple)
    for site in reading.sites.values():
        by_name[site.name] += (site,)
    return SiteBook(reading.sites, by_name)


def _read_column_file(path: Path, reading: _Reading) -> None:
    file = read_table_file(path)
    reading.notes += describe(file)
    if not _read_columns(file, reading):
        raise RegistryFileError(_no_header(file, "栏目名称、栏目URL、网站标识码").replace("两列", "三列"))


def _accept_column(read: Callable[[], RegisteredColumn], origin: Origin, reading: _Reading) -> None:
    try:
        column = read()
        first = reading.columns.get((column.site_code, column.url))
        if first is not None:
            raise RowError(f"栏目URL“{column.url}”重复：与第 {first.origin.row} 行相同")
    except RowError as error:
        reading.rejects.append(Reject(origin, str(error)))
        return
    reading.columns[column.site_code, column.url] = column


def _reject_twice_listed(reading: _Reading) -> None:
    """A site without a code whose address another row lists with a code is that site, not a second one."""
    coded = {temporary_code(site.home_url): site for site in reading.sites.values() if not site.code_is_temporary}
    for site in tuple(reading.sites.values()):
        other = coded.get(site.code)
        if other is not None:
            _drop(site, f"没有标识码，而网址与第 {other.origin.row} 行“{other.name}”（{other.code}）相同", reading)


def _drop(site: RegisteredSite, reason: str, reading: _Reading) -> None:
    reading.rejects.append(Reject(site.origin, reason))
    reading.rejected_codes |= {site.code, temporary_code(site.home_url)}
    reading.rejected_names.add(site.name)
    del reading.sites[site.code]


def _reject_circles(reading: _Reading) -> None:
    """Units that stand above themselves, over however many steps, have no place in a tree."""
    above = {
        (site.place.regions, site.place.unit): (site.place.regions, site.place.superior)
        for site in reading.sites.values()
        if site.place.superior
    }
    for site in tuple(reading.sites.values()):
        start = (site.place.regions, site.place.unit)
        step, seen = above.get(start), set()
        while step is not None and step != start and step not in seen:
            seen.add(step)
            step = above.get(step)
        if step == start:
            _drop(site, f"上级单位“{site.place.superior}”与本单位互为上级", reading)


def _with_learned_names(sites: tuple[RegisteredSite, ...]) -> tuple[RegisteredSite, ...]:
    """Give regions known by code only the name that another row of the file gives them, such as a portal's."""
    names: dict[str, str] = {}
    for site in sites:
        for step in site.place.regions:
            if step.code and step.name:
                names.setdefault(step.code, step.name)
    return tuple(replace(site, place=_named(site.place, names)) for site in sites)


def _named(place: Place, names: dict[str, str]) -> Place:
    return replace(
        place,
        regions=tuple(replace(step, name=step.name or names.get(step.code or "")) for step in place.regions),
    )


def _what_was_assumed(sites: tuple[RegisteredSite, ...], columns: tuple[RegisteredColumn, ...]) -> list[str]:
    """Sentences about what the registry left open: counted, never silent."""
    unassigned = read_words("regions")["unassigned"]
    default = read_words("states")["default"]
    counts = (
        (sum(site.state is None for site in sites), f"个网站未写运行状态：新登记的按“{default}”，已登记的沿用原状态"),
        (sum(site.code_is_temporary for site in sites), "个网站没有标识码：用 N 开头的临时码登记"),
        (sum(site.place.source == "region_code" for site in sites), "个网站的上级由标识码前六位（区划代码）推得"),
        (sum(not site.place.regions for site in sites), f"个网站没有上级、地区和区划代码：归入“{unassigned}”"),
        (sum("主办单位" not in site.extra for site in sites), "个网站未写主办单位：按网站名称登记"),
        (sum("site_type" not in site.given for site in sites), "个网站未写网站类型：按名称判断"),
        (sum(site.state in retired_states() for site in sites), "个网站已下线：只探测是否仍可访问"),
        (sum(column.kind is None for column in columns), "个栏目没有可识别的栏目类别：巡检时再判断"),
    )
    lines = [f"{count} {text}" for count, text in counts if count]
    unread = Counter(column.kind_words for column in columns if column.kind is None and column.kind_words)
    if unread:
        shown = "、".join(f"“{words}”{count}个" for words, count in unread.most_common(_WORDS_SHOWN))
        lines.append(f"不认识的栏目类别：{shown}")
    return lines
