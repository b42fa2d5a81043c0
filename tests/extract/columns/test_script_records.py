"""Lists that stand in a page's scripts in other shapes than a named array."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote

import pytest

from govspider.items import ColumnState
from tests.extract.columns.column_pages import DAYS, TITLES, plain_list, rows, seen

NEWEST = date(2026, 9, 12)
OBJECTS = [{"title": TITLES[n], "url": f"/tzgg/{n}.html", "date": day} for n, day in enumerate(DAYS)]
AS_JSON = json.dumps(OBJECTS, ensure_ascii=False)
BOX = '<div id="box"></div>'


def _array(name: str, values: list[str]) -> str:
    return f"var {name} = {json.dumps(values, ensure_ascii=False)};"


SHAPES = {
    "state of an application": f'window.__S__ = {{"menu": [{{"title": "首页"}}], "a": {{"records": {AS_JSON}}}}};',
    "string of json": f"var text = '{AS_JSON}'; show(JSON.parse(text));",
    "string of escaped json": f"show(JSON.parse({json.dumps(json.dumps(OBJECTS))}));",
    "string for an address": f'show(JSON.parse(decodeURIComponent("{quote(AS_JSON)}")));',
    "names that nobody knows": "var a = "
    + json.dumps([{"k1": row["title"], "k2": row["url"], "k3": row["date"]} for row in OBJECTS], ensure_ascii=False),
    "rows pushed one by one": "".join(f"rows.push({json.dumps(row, ensure_ascii=False)});" for row in OBJECTS),
    "calls with values": "".join(f'add("{row["title"]}", "{row["url"]}", "{row["date"]}");' for row in OBJECTS),
    "arrays beside each other": _array("names", list(TITLES[: len(DAYS)]))
    + _array("links", [row["url"] for row in OBJECTS])
    + _array("days", list(DAYS)),
    "arrays filled by number": "".join(
        f't[{n}]="{row["title"]}"; u[{n}]="{row["url"]}"; d[{n}]="{row["date"]}";' for n, row in enumerate(OBJECTS)
    ),
    "arrays of years, months and days": "".join(
        f"t[{n}]='{row['title']}';year[{n}]='{row['date'][:4]}';month[{n}]='{row['date'][5:7]}';day[{n}]='{row['date'][8:]}';"
        for n, row in enumerate(OBJECTS)
    ),
    "texts cut at a mark": f'var t="{"|".join(TITLES[: len(DAYS)])}", d="{"|".join(DAYS)}";'
    + 'f(t.split("|"), d.split("|"));',
    "lines that are written": "".join(
        f"document.write('<li><a href=\"{row['url']}\">{row['title']}</a><span>{row['date']}</span></li>');"
        for row in OBJECTS
    ),
}


@pytest.mark.parametrize("script", SHAPES.values(), ids=list(SHAPES))
def test_records_are_read_from_a_script(script: str) -> None:
    column = seen(f"{BOX}<script>{script}</script>")
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, NEWEST, len(DAYS))


def test_records_are_read_from_a_hidden_field() -> None:
    value = AS_JSON.replace('"', "&quot;")
    assert seen(f'{BOX}<input type="hidden" id="rows" value="{value}">').newest == NEWEST


def test_a_list_in_the_markup_is_not_overruled_by_values_of_a_script() -> None:
    younger = AS_JSON.replace("2026-09-12", "2026-11-20")
    assert seen(f"<h2>通知公告</h2>{plain_list()}<script>var a = {younger};</script>").newest == NEWEST


def test_rows_that_a_loop_writes_are_no_records() -> None:
    loop = (
        "for (i in d) document.write('<li><a href=\"' + d[i].u + '\">' + d[i].t + '</a><span>2026-11-20</span></li>');"
    )
    assert seen(f"{rows('<p>{day}</p>')}<script>{loop}</script>").state is ColumnState.UNKNOWN


def test_arrays_with_two_columns_of_days_are_not_guessed_at() -> None:
    script = _array("t", list(TITLES[:6])) + _array("d", list(DAYS)) + _array("e", ["2026-12-01"] * 6)
    assert seen(f"{BOX}<script>{script}</script>").newest is None


def test_an_array_whose_name_is_that_of_a_side_block_is_not_the_list() -> None:
    younger = AS_JSON.replace("2026-09-12", "2026-11-20")
    column = seen(f'{BOX}<div><ul id="hot"></ul></div><script>var hotList = {younger};</script>')
    assert (column.state, column.newest) == (ColumnState.UNKNOWN, None)


def test_an_array_does_not_overrule_more_records_that_stand_in_the_page_without_days() -> None:
    younger = json.dumps(OBJECTS[:3], ensure_ascii=False).replace("2026-09-12", "2026-11-20")
    undated = "".join(f'<li><a href="/n/{n}.html">{title}（新）</a></li>' for n, title in enumerate(TITLES))
    column = seen(f'<div class="c">{undated}</div><ul id="r9" class="list"></ul><script>var a = {younger};</script>')
    assert column.newest is None


def test_arrays_of_months_and_days_without_years_date_nothing() -> None:
    script = "".join(
        f"t[{n}]='{row['title']}';month[{n}]='{row['date'][5:7]}';day[{n}]='{row['date'][8:]}';"
        for n, row in enumerate(OBJECTS)
    )
    assert seen(f"{BOX}<script>{script}</script>").newest is None


def test_a_day_in_a_title_is_not_the_day_of_the_row() -> None:
    named = [{"a1": f"关于2026年11月20日前报送{row['title']}", "a2": row["url"], "a3": row["date"]} for row in OBJECTS]
    column = seen(f"{BOX}<script>var x = {json.dumps(named, ensure_ascii=False)};</script>")
    assert (column.newest, column.items) == (NEWEST, len(DAYS))


def test_rows_of_which_one_cannot_be_read_are_no_list() -> None:
    pushed = "".join(f'arr.push(["{row["title"]}","{row["url"]}","{row["date"]}"]);' for row in OBJECTS[1:])
    column = seen(f'{BOX}<script>arr.push(["{TITLES[0]}","2026-11-20","2026-11-21"]);{pushed}</script>')
    assert column.newest is None, "the row with two days may be the newest"
