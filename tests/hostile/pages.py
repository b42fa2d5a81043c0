"""Pages whose content is the weapon: depth, width, length, and text that other programs would obey."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import cache, partial
from itertools import count

from tests.hostile.case import PRIVATE_FORMS, Case, Talk, always, page, private, readable, unknown
from tests.traps.wire import Asked, send

_MILLION = 1_000_000
_NESTED = 100_000


def _made(make: partial[bytes]) -> Talk:
    """A home page that is made when it is first asked for."""
    made = cache(make)

    def talk(client: socket.socket, asked: Asked) -> None:
        if asked.path == "/":
            send(client, 200, made())
        else:
            send(client, 404, b"nothing here")

    MADE.append(made)
    return talk


MADE: list[Callable[[], bytes]] = []
"""Pages that take a while to make: a world makes them before it opens."""


def _of(title: str, piece: str, times: int, head: str = "") -> Talk:
    return _made(partial(lambda: page(title, piece * times, head)))


def _links(count: int) -> bytes:
    return page("links", b"".join(b"<a href=/%d>" % number for number in range(count)))


def _million_links() -> bytes:
    return _links(_MILLION)


def _million_rules() -> bytes:
    rules = "".join(f".c{number}{{display:none}}\n" for number in range(_MILLION // 2))
    return page("rules", "<p class=c1>x</p>", f"<style>{rules}</style>")


def _packed_script() -> bytes:
    """What a packer leaves: megabytes of one line that a reader of scripts would like to unpack."""
    body = "eval(function(p,a,c,k,e,d){while(c--)if(k[c])p=p.replace(k[c],c)}('" + "0 1(2)" * 300_000
    return page("packed", f"<script>{body}',62,9,'{'|'.join(map(str, range(50_000)))}'.split('|'),0,{{}}))</script>")


def _deep_json() -> bytes:
    return page("json", f"<script>var list = {'[' * _NESTED}1{']' * _NESTED};</script>")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' for n in range(1, 20))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{entities}]><html><body>&l19;</body></html>'.encode()


def _external_entity() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<html><head><title>entity</title></head><body>&x;</body></html>"
    )


def _lying_island() -> bytes:
    """A data island that claims more records than the world has, and closes nothing."""
    records = "<record><![CDATA[<li><a href='/art/2026/1/1/a.html'>x</a><span>9999-99-99</span></li>" * 5000
    xml = f"<datastore><totalrecord>99999999999999</totalrecord><recordset>{records}"
    return page("island", f"<div id='list'><script type='text/xml'>{xml}</script></div>")


def _frames(client: socket.socket, asked: Asked) -> None:
    """Every frame holds two more."""
    path = asked.path.rstrip("/")
    send(client, 200, page("frames", f"<iframe src='{path}/a/'></iframe><iframe src='{path}/b/'></iframe>"))


def _calendar(client: socket.socket, asked: Asked) -> None:
    """Every month leads to the next twelve; there is no last one."""
    start = next((int(part) for part in asked.path.split("/") if part.isdigit()), 0)
    days = "".join(f"<li><a href='/month/{start + n}/'>第 {start + n} 月</a></li>" for n in range(1, 13))
    send(client, 200, page("calendar", f"<div class='nav'><ul>{days}</ul></div>"))


def _endless_site_map(client: socket.socket, asked: Asked) -> None:
    if asked.path == "/":
        send(client, 200, page("map", "<a href='/map.html'>网站地图</a>"))
    else:
        rows = "".join(f"<li><a href='/map/{n}/'>栏目 {n}</a></li>" for n in range(50_000))
        send(client, 200, page("map", f"<ul>{rows}</ul>"))


_turns = count()


def _always_new(client: socket.socket, asked: Asked) -> None:
    """Other columns at every visit."""
    number = next(_turns)
    menu = "".join(f"<li><a href='/c{number}x{n}/'>通知公告</a></li>" for n in range(5))
    send(client, 200, page("new", f"<div class='nav'><ul>{menu}</ul></div>"))


def _dates() -> bytes:
    days = (
        "99999-99-99",
        "0000-00-00",
        "2026-02-30",
        "1" * 400,
        "2026-" + "9" * 5000,
        "١٢٣٤-٥-٦",
        "-1-1-1",
        "2026年999月",
    )
    rows = "".join(
        f"<li><a href='/{n}.html'>关于开展检查的通知</a><span>{day}</span></li>" for n, day in enumerate(days * 20)
    )
    return page("dates", f"<ul class='list'>{rows}</ul>")


def _odd_addresses() -> bytes:
    there = private()
    addresses = (
        *(f"http://{private(form)}/x" for form in PRIVATE_FORMS), f"http://good.example@{there}/",
        f"http:\\\\{there}\\x",
        f"//{there}/", f"\\\\{there}\\share", f"http://{there}#@good.example/", f"http://user:secret@{there}/",
        "http:///nohost", "http://a b/", "http://%31%32%37.0.0.9/", "http://①②⑦.0.0.9/", "javascript:alert(1)",
        "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:25/x", "data:text/html,x", "http://:80/",
        "http://x:99999/", "http://[broken", "http://good.example:80:80/", "\x00http://nul/", "/\r\nX-Injected: 1",
        "?" + "a=b&" * 30_000, "/" + "x" * 100_000, "http://" + "a." * 200 + "example/", "http://xn--a/",
        "http://.../", "//",
    )  # fmt: skip
    return page("addresses", "".join(f'<p><a href="{address}">看</a></p>' for address in addresses))


def _odd_text() -> bytes:
    text = "\ud800 lone \udfff &#xD800; &#0; \x00 😀𠀀 \u202eexe.fdp\u202c \x1b[2J\x1b]0;owned\x07 \u2066x"
    return page("text", f"<p>{text}</p><a href='/a\x00b\x1b[31m.html'>{text}</a><img alt='{text}' src='/p.png'>")


PAGES: tuple[Case, ...] = (
    Case("billion_laughs", always(_laughs(), "application/xhtml+xml"), frozenset({None, "not_checked"})),
    readable("external_entity", always(_external_entity(), "application/xhtml+xml")),
    unknown("million_links", _made(partial(_million_links)), "too_big"),
    readable("many_links", _made(partial(_links, 50_000)), "links"),
    unknown("nested", _of("nested", "<div>", _NESTED), "too_big"),
    unknown("nested_deep", _of("nested", "<div>", _NESTED // 2), "too_big"),
    unknown("nested_tables", _of("tables", "<table><tr><td>", 5_000), "too_big"),
    unknown("nested_inline", _of("inline", "<b><i><font>", 15_000), "too_big"),
    unknown("million_rules", _made(partial(_million_rules)), "too_big"),
    readable("packed_script", _made(partial(_packed_script)), "packed"),
    readable("deep_json", _made(partial(_deep_json)), "json"),
    unknown(
        "huge_attribute",
        _of("attribute", "x" * 1000, 5_000, "<meta name='x' content='" + "y" * 5_000_000 + "'>"),
        "too_big",
    ),
    readable("open_comments", _of("comments", "<!-- <a href='/x'>x</a> ", 15_000), "comments"),
    readable("white_space", _of("space", " " * 1000 + "\n", 3_000), "space"),
    readable("one_long_word", _of("word", "通知公告" * 100, 3_000), "word"),
    readable("many_forms", _of("forms", "<form action='/f'><select><option>x</select></form>", 8_000), "forms"),
    readable("huge_table", _of("table", "<tr><td colspan=999999999>2026-11-01</td></tr>", 10_000), "table"),
    readable("many_lists", _of("lists", "<ul><li><a href='/a.html'>通知</a><span>2026-11-01</span></li></ul>", 5_000)),
    readable("lying_island", _made(partial(_lying_island)), "island"),
    readable("frames", _frames, "frames"),
    readable("calendar", _calendar, "calendar"),
    readable("endless_site_map", _endless_site_map, "map"),
    readable("always_new", _always_new, "new"),
    readable("dates", _made(partial(_dates)), "dates"),
    readable("odd_addresses", _made(partial(_odd_addresses)), "addresses"),
    readable("odd_text", _made(partial(_odd_text)), "text"),
    readable("formula_title", always(page("=cmd|' /C calc'!A0", "x")), "=cmd|' /C calc'!A0"),
    readable("terminal_title", always(page("\x1b]0;owned\x07\x1b[2Jtitle", "x"))),
    readable("right_to_left_title", always(page("\u202egnp.cod\u202c", "x"))),
    readable("long_title", always(page("题" * 200_000, "x"))),
    readable("broken_base", always(page("base", "<a href='x'>x</a>", "<base href='http://[broken'>")), "base"),
    readable("script_base", always(page("base", "<a href='x'>x</a>", "<base href='javascript:alert(1)//'>")), "base"),
    readable("private_base", always(page("base", "<a href='x'>x</a>", "<base href='http://10.255.0.9/'>")), "base"),
    unknown("nothing", always(b""), "not_checked"),
    readable("nul_only", always(b"\x00" * 100_000)),
)
