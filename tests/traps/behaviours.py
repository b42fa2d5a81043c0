"""What each address of the traps answers. Every behaviour is named in truth.yaml with what it must be called."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from tests.traps import names, pages
from tests.traps.wire import HTML, Asked, drip, head, send

Behaviour = Callable[[socket.socket, Asked], None]
_PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c63")
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_RUISHU = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></head><body></body></html>"
_JSL = b"<script>document.cookie=('_')+('_')+('jsl_clearance_s')+'=1';location.href=location.pathname</script>"
_ALIYUN = b"<html><script>var arg1='5D1A0E5F7C5F5A0B4C0D1A2B3C4D5E6F7A8B9C0D';</script></html>"
_SHELL = pages.bare("app", "<div id='app'></div>", "<script src='/app.js'></script>")
# what it shows depends on its address, and on what its own server says of that
_APP = pages.bare(
    "某某平台",
    "<div id='app'></div>",
    f"""<script>
    window.onload = function () {{
      var path = location.pathname, app = document.getElementById('app');
      if (path == '/leave') {{ location.href = '/left.html'; return; }}
      if (path == '/guarded') {{ location.href = '/wall.html'; return; }}
      fetch('/api' + path).then(function (answer) {{
        if (answer.ok) {{ return answer.text().then(function (text) {{ app.innerText = text; }}); }}
        app.innerText = '{pages.ERROR_WORDS}';
      }});
    }};</script>""",
)
_TEXT = "text/plain; charset=utf-8"
_PARKED = pages.bare("trap-four.com", "<p>Related Searches</p><script src='//sedoparking.com/a.js'></script>")
_SLOW = 1.2
_HUNG = 60.0


def fixed(status: int = 200, body: bytes = b"", kind: str = HTML, **headers: str) -> Behaviour:
    """The same well-formed answer to everyone."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(client: socket.socket, asked: Asked) -> None:
        send(client, status, b"" if asked.method == "HEAD" else body, kind, named)

    return answer


def moved(to: str, status: int = 302, **headers: str) -> Behaviour:
    return fixed(status, b"", HTML, Location=to, **headers)


def first(once: Behaviour, later: Behaviour) -> Behaviour:
    """One answer to the first request of an address, another to all later ones."""

    def answer(client: socket.socket, asked: Asked) -> None:
        (later if asked.earlier else once)(client, asked)

    return answer


OK = fixed(body=pages.article("关于开展专题工作的通知"))
GONE = fixed(404, pages.bare("404 Not Found", "<h1>404 Not Found</h1>"))


def _slow(client: socket.socket, asked: Asked) -> None:
    body = pages.article("慢速答复的页面")
    client.sendall(head(200, {"Content-Type": HTML, "Content-Length": str(len(body)), "Connection": "close"}))
    drip(client, body, pieces=6, pause=_SLOW / 6)


def _hung(client: socket.socket, asked: Asked) -> None:
    client.sendall(head(200, {"Content-Type": HTML, "Connection": "close"}) + b"<html><head>")
    time.sleep(_HUNG)


def _raw(data: bytes, client: socket.socket, asked: Asked) -> None:
    client.sendall(data)


def _hinted(client: socket.socket, asked: Asked) -> None:
    client.sendall(_HINTS)
    OK(client, asked)


def _unless_browser(client: socket.socket, asked: Asked) -> None:
    if "Mozilla" in asked.headers.get("user-agent", ""):
        OK(client, asked)
    else:
        send(client, 403, b"<h1>Forbidden</h1>")


def _hates_head(client: socket.socket, asked: Asked) -> None:
    (OK if asked.method == "GET" else GONE)(client, asked)


def _picky(client: socket.socket, asked: Asked) -> None:
    """406 to whoever does not ask for web pages by name; a second look must not call it dead."""
    (OK if "text/html" in asked.headers.get("accept", "") else fixed(406))(client, asked)


def _own_page(client: socket.socket, asked: Asked) -> None:
    """SOFT_SITE: what does not exist is answered 200 in the template, with other words and the time."""
    if asked.path.startswith("/real"):
        send(client, 200, pages.page("软错误市", "<p>关于国庆节放假安排：十月一日至七日放假调休共七天</p>"))
    else:
        send(client, 200, pages.page("软错误市", f"<p>非常遗憾，没有您要的 {asked.path} {time.time()}</p>"))


def _app_or_nothing(client: socket.socket, asked: Asked) -> None:
    (fixed(404, b"no such item", _TEXT) if asked.path.startswith("/api/") else fixed(body=_APP))(client, asked)


def _mixed_length(declared: int, body: bytes) -> bytes:
    return head(200, {"Content-Type": HTML, "Content-Length": str(declared), "Connection": "close"}) + body


_CHUNKED = head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"}) + b"zz\r\nthis is no chunk\r\n"
_FLOOD = b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-Flood-%d: %s\r\n" % (n, b"x" * 180) for n in range(1000))
_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
_BOMB = gzip.compress(b"\0" * 80_000_000)


def _site(home: Callable[[], bytes], today: date) -> dict[str, Behaviour]:
    """The inspected site."""
    days = pages.recent(today)
    found: dict[str, Behaviour] = {
        "/": lambda client, asked: send(client, 200, home()),
        "/zwdt/": fixed(body=pages.column(days)),
        "/t/ok.html": OK,
        "/t/中文 路径.html": OK,
        "/t/gone_410.html": fixed(410, b"gone"),
        "/t/always_500.html": fixed(500, b"<h1>error</h1>"),
        "/t/once_500.html": first(fixed(500, b"<h1>error</h1>"), OK),
        "/t/once_404.html": first(GONE, OK),
        "/t/forbidden.html": fixed(403, b"<h1>Forbidden</h1>"),
        "/t/login.html": fixed(401, b"", HTML, WWW_Authenticate="Basic realm=x"),
        "/t/member.html": moved("/sso/login"),
        "/sso/login": fixed(body=pages.bare("统一登录", "<form><input type='password' name='p'></form>" + pages.WORDS)),
        "/t/moved.html": moved("/t/ok.html", 301),
        "/t/chain.html": moved("/t/chain2.html"),
        "/t/chain2.html": moved("/t/chain3.html", 307),
        "/t/chain3.html": moved("/t/ok.html", 308),
        "/t/loop.html": moved("/t/loop2.html"),
        "/t/loop2.html": moved("/t/loop.html"),
        "/t/cookie_loop.html": moved("/t/cookie_loop.html", Set_Cookie="seen=1"),
        "/t/to_404.html": moved("/t/nowhere.html"),
        "/t/2019/sent_home.html": moved("/"),
        "/portal/": moved("/"),
        "/index.html": moved("/"),
        "/t/soft_words.html": fixed(body=pages.bare("陷阱市人民政府", f"<p>{pages.ERROR_WORDS}，5秒后返回首页</p>")),
        "/t/soft_title.html": fixed(body=pages.bare("404页面", "<img src='/t/a.png'>")),
        "/t/about_missing.html": fixed(
            body=pages.page(
                "关于整改“页面不存在”问题的通报", f"<p>部分链接提示{pages.ERROR_WORDS}。{pages.WORDS * 10}</p>"
            )
        ),
        "/t/refresh_dead.html": fixed(
            body=pages.bare("跳转", "", "<meta http-equiv='refresh' content='0;url=/t/nowhere2.html'>")
        ),
        "/t/refresh_ok.html": fixed(
            body=pages.bare("跳转", "", "<meta http-equiv='refresh' content='0;url=/t/ok.html'>")
        ),
        "/t/script_dead.html": fixed(
            body=pages.bare("跳转", "<script>window.location.href='/t/nowhere3.html';</script>")
        ),
        "/t/error_refresh.html": fixed(
            404, pages.bare("404", "", "<meta http-equiv='refresh' content='3;url=/'>" + pages.ERROR_WORDS)
        ),
        "/t/empty.html": fixed(),
        "/t/blank.html": fixed(body=b"<html><head></head><body>  </body></html>"),
        "/t/pictures.html": fixed(body=pages.bare("图解", "<img src='/t/a.png'>")),
        "/t/a.pdf": fixed(body=_PDF, kind="application/pdf"),
        "/t/html.pdf": fixed(body=pages.bare("出错了", "文件已丢失")),
        "/t/typed.pdf": fixed(body=pages.article("不是文件"), kind="application/pdf"),
        "/t/json.docx": fixed(body=b'{"code":404,"msg":"no file"}', kind="application/octet-stream"),
        "/t/word.doc": fixed(
            body=b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>' + b"x" * 99,
            kind="application/msword",
        ),
        "/t/zero.xlsx": fixed(kind="application/vnd.ms-excel"),
        "/t/a.png": fixed(body=_PNG, kind="image/png"),
        "/t/html.png": fixed(body=pages.article("首页")),
        "/t/zero.png": fixed(kind="image/png"),
        "/t/huge.bin": fixed(body=b"PK\x03\x04" + b"x" * 3_000_000, kind="application/octet-stream"),
        "/t/head.html": _hates_head,
        "/t/picky.html": _picky,
        "/t/hints.html": _hinted,
        "/t/post": fixed(405),
        "/t/search.do": moved("/"),
        "/t/short.html": partial(_raw, _mixed_length(9_000, pages.article("长度写错的页面"))),
        "/t/latin1.html": moved("/t/中文 路径.html"),
    }
    found |= {f"/a/{day:%Y%m%d}.html": fixed(body=_dated(day)) for day in days}
    return found


def _dated(day: date) -> bytes:
    title = f"关于工作动态的报道{day:%m%d}"
    return pages.page(title, f"<h1>{title}</h1><p>发布时间：{day}</p><p>{pages.WORDS * 8}</p>")


def _outside() -> dict[str, dict[str, Behaviour]]:
    """Other hosts."""
    spa = fixed(body=_SHELL)
    return {
        "out.trap-one.com": {"/": OK, "/new.html": OK, "/old.html": moved("/new.html", 301)},
        "wall.trap-two.com": {"/a": fixed(412, _RUISHU), "/b": fixed(521, _JSL), "/c": fixed(body=_ALIYUN)},
        "limit.trap-three.com": {
            "/once": first(fixed(429, b"slow", HTML, Retry_After="1"), OK),
            "/always": fixed(429, b"slow", HTML, Retry_After="0"),
        },
        "parked.trap-four.com": {
            "/": fixed(
                body=pages.bare(
                    "trap-four.com", "<p>Related Searches</p><script src='//sedoparking.com/a.js'></script>"
                )
            )
        },
        "sale.trap-fifteen.com": {"/": fixed(body=pages.bare("该域名正在出售", "<p>联系卖家</p>"))},
        "bet.trap-five.com": {"/": fixed(body=pages.bare("澳门威尼斯人娱乐城-百家乐官方网站", "<p>百家乐 时时彩</p>"))},
        "news.trap-six.com": {"/": fixed(body=pages.article("公安机关打击网络百家乐赌博团伙"))},
        "spa.trap-seven.com": {"*": spa, "/robots.txt": GONE},
        "dark_name.trap-eight.com": {"/": OK},
        "robots.trap-nine.com": {
            "/robots.txt": fixed(body=b"User-agent: *\nDisallow: /\n", kind="text/plain"),
            "/": OK,
        },
        "busy.trap-ten.com": {
            "/once": first(fixed(503, b"busy", HTML, Retry_After="1"), OK),
            "/always": fixed(503, b"busy", HTML, Retry_After="0"),
        },
        "raw.trap-twelve.com": {
            "/chunks": partial(_raw, _CHUNKED),
            "/flood": partial(_raw, _FLOOD + b"Content-Type: text/html\r\n\r\n" + pages.article("很多标头的页面")),
            "/old": partial(_raw, b"<html><body>HTTP/0.9 has no status line</body></html>"),
            "/bomb": fixed(body=_BOMB, Content_Encoding="gzip"),
        },
        names.IPV6_ONLY: {"/": OK},
        "agent.trap-fourteen.com": {"/": _unless_browser},
        "lapsed.trap-sixteen.com": {"/": OK},
        "slow.trap-seventeen.com": {"/": _slow},
        "hung.trap-eighteen.com": {"/": _hung},
        "soft.trap-nineteen.com": {
            "/": fixed(body=pages.article("某某公司")),
            "/robots.txt": GONE,
            "*": fixed(body=pages.page("某某公司", "<p>非常遗憾，我们没有您要的东西，请看看别的栏目</p>")),
        },
        "same.trap-twenty.com": {"/robots.txt": GONE, "*": fixed(body=pages.article("某某应用下载"))},
        "app.trap-thirty.com": {
            "/robots.txt": GONE,
            "/api/item/1": fixed(body=pages.WORDS.encode(), kind=_TEXT),
            "/api/lost/1": fixed(body=pages.WORDS.encode(), kind=_TEXT),
            "/api/item/2": fixed(404, b"no such item", _TEXT),
            "/api/item/3": fixed(403, b"not for you", _TEXT),
            "/lost/1": fixed(404, _APP),
            "/left.html": GONE,
            "/wall.html": fixed(521, _JSL),
            "*": _app_or_nothing,
        },
        names.CLOSED_SITE: {"*": OK},
        names.SOFT_SITE: {"/": fixed(body=pages.article("软错误市人民政府")), "*": _own_page, "/robots.txt": GONE},
        names.HOME_SITE: {
            "/": fixed(body=pages.article("回家市人民政府")),
            "*": moved("/"),
            "/robots.txt": GONE,
        },
    }


LAPSED: dict[str, dict[str, Behaviour]] = {
    "lapsed.trap-sixteen.com": {
        "/": fixed(body=pages.bare("Cheap watches online", "<p>Buy replica watches today</p>" * 9))
    }
}
"""What a domain shows once somebody else has bought it."""


def behaviours(home: Callable[[], bytes], today: date) -> dict[str, dict[str, Behaviour]]:
    """Every host's addresses; `*` answers for what has none of its own.

    Parameters: `home` writes the home page of the inspected site; `today` dates its articles.
    """
    table: dict[str, dict[str, Behaviour]] = _outside()
    table[names.SITE] = _site(home, today)
    table["tls.trap-eleven.com"] = {"/": OK}
    return table


def answer(table: dict[str, dict[str, Behaviour]], client: socket.socket, asked: Asked) -> None:
    """Let the behaviour of an address answer."""
    host: dict[str, Any] = table.get(asked.name, {})
    (host.get(asked.path) or host.get("*") or GONE)(client, asked)
