"""Pages of the bench: what the demo city's generator writes, at the size and with the template of real sites.

A real page is mostly template: a menu that unfolds, links to friends, styles and scripts that every page of the
site repeats. Each page of the city gets that, and text up to 30–100 KB. Sites are rendered once; copies of a
site differ in host and code only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from html import escape
from random import Random

from tests.city.model import Asked, Column, Fate, Plan, Site
from tests.city.plan import make_plan
from tests.city.routes import site_routes
from tests.city.words import WORDS

DOMAIN = "bench-demo.gov.cn"
_SHAPES = ("trs", "nfcms", "longxun", "aspnet", "old_html")
_FRIENDS = 60
_FEWEST_COLUMNS = 8
_FRIENDS_PER_SITE = 45
_MENU_ITEMS = 8
_SMALLEST, _LARGEST = 30_000, 100_000
_TAG_LENGTH = 12
_BADGE_HOSTS = ("dcs.conac.cn", "bszs.conac.cn", "beian.miit.gov.cn", "www.beian.gov.cn", "zfwzgl.www.gov.cn")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One address of a site and what it answers; `tag` is its ETag."""

    body: bytes
    status: int
    content_type: str
    tag: str


@dataclass(frozen=True, slots=True)
class BaseSite:
    """A rendered site. Its host and code stand in the bytes and are replaced in copies."""

    site: Site
    answers: dict[str, Rendered]

    @property
    def pages(self) -> list[str]:
        """Paths that answer with a page."""
        return [path for path, answer in self.answers.items() if answer.status == 200 and _is_page(answer)]


def _is_page(answer: Rendered) -> bool:
    return answer.content_type.startswith("text/html") and len(answer.body) > 2_000


def base_host(number: int) -> str:
    return f"www.s00000b{number:02d}.{DOMAIN}"


def host_of_copy(copy: int, bases: int) -> str:
    """Host of the `copy`-th site; as long as that of its base, so that no length changes."""
    return f"www.s{copy:05d}b{copy % bases:02d}.{DOMAIN}"


def code_of_copy(copy: int) -> str:
    return f"9901{copy:06d}"


def make_bases(at: datetime, port: int, seed: int = 7, *, small: bool = False, columns: int = 3) -> list[BaseSite]:
    """Rendered sites to copy. `small`: so many `columns` of three articles each, for questions of number."""
    plan = make_plan(seed, at)
    usual = [site for site in plan.sites if site.shape in _SHAPES and site.conduct == "normal" and not site.new_host]
    chosen = [site for site in usual if len(site.columns) >= _FEWEST_COLUMNS]
    return [
        _render(_plain(site, number, port, columns if small else 0), plan, port) for number, site in enumerate(chosen)
    ]


def copies(bases: list[BaseSite], count: int, port: int) -> Iterator[Site]:
    """Sites of the registry: `count` of them, numbered from 1."""
    for copy in range(1, count + 1):
        site = bases[copy % len(bases)].site
        host = f"{host_of_copy(copy, len(bases))}:{port}"
        yield replace(site, host=host, code=code_of_copy(copy), name=f"{site.name}{copy}", unit=f"{site.unit}{copy}")


def _plain(site: Site, number: int, port: int, most: int) -> Site:
    """The site without the faults that the demo is about: nothing slow, refused, dead or hidden.

    Parameters: `most` columns that are kept, 0 for all.
    """
    columns = [
        replace(column, level=1, slow=False, throttled=False, odd=frozenset())
        for column in site.columns
        if column.fate in (Fate.FRESH, Fate.STALE)
    ]
    if most:
        columns = [replace(column, items=column.items[:3]) for column in columns[:most]]
    named = {column.name for column in columns}
    return replace(
        site, host=f"{base_host(number)}:{port}", code=f"9901{900_000 + number:06d}", scheme="http", platform="",
        columns=tuple(columns), links=(), dark=(), traps=frozenset(), poisoned=False, bare_twin=False, registered=True,
        crawl_delay=0.0, footer="inline", marks={**site.marks, "jiucuo": "present"},
        home_items={name: items for name, items in site.home_items.items() if name in named},
    )  # fmt: skip


def _render(site: Site, plan: Plan, port: int) -> BaseSite:
    template = Template.of(site, port)
    answers = {}
    for path, route in site_routes(plan, site).items():
        answer = route(Asked("GET", "http", site.host, path))
        body, declared = answer.body, answer.content_type
        if declared.startswith("text/html") and answer.status == 200 and b'<div class="wrap">' in body:
            body = template.around(body, path, site.encoding)
        answers[path] = Rendered(_local(body, port), answer.status, declared, sha256(body).hexdigest()[:_TAG_LENGTH])
    return BaseSite(site, answers)


def _local(body: bytes, port: int) -> bytes:
    """The badges of every footer are asked here and nowhere else."""
    for host in _BADGE_HOSTS:
        for scheme in (b"https", b"http"):
            body = body.replace(scheme + b"://" + host.encode(), b"http://" + host.encode() + b":%d" % port)
    return body


@dataclass(frozen=True, slots=True)
class Template:
    """What every page of a site repeats."""

    head: str
    menu: str
    friends: str
    seed: str

    @classmethod
    def of(cls, site: Site, port: int) -> Template:
        rng = Random(site.code)
        rules = "".join(_RULE % (number, rng.randint(2, 18), rng.randint(12, 22)) for number in range(60))
        code = "".join(_CODE % (number, rng.randint(1, 999), number) for number in range(60))
        head = f"<style>{rules}</style>\n<script>{code}</script>\n"
        chosen = rng.sample(range(_FRIENDS), _FRIENDS_PER_SITE)
        friends = "".join(_friend(number, port) for number in chosen)
        menu = "".join(_entry(column) for column in site.columns)
        return cls(head, _MENU % menu, _FRIENDLY % friends, site.code)

    def around(self, body: bytes, path: str, encoding: str) -> bytes:
        """The page with its template, filled up to the size of a real one."""
        text = body.decode(encoding)
        text = text.replace("</head>", f"{self.head}</head>", 1)
        text = text.replace('<div class="wrap">', f'{self.menu}<div class="wrap">', 1)
        text = text.replace('<div class="footer"', f'{self.friends}<div class="footer"', 1)
        rng = Random(f"{self.seed}{path}")
        wanted = round(rng.triangular(_SMALLEST, _LARGEST, 40_000)) - len(text.encode(encoding))
        return text.replace(self.friends, _filling(rng, wanted, encoding) + self.friends, 1).encode(encoding)


_RULE = ".c%03d{margin:0 auto;padding:%dpx 8px;color:#333;font-size:%dpx;line-height:1.8;text-align:left}\n"
_CODE = "function f%03d(a,b){var c=document.getElementById(a);if(c&&b>%d){c.className='c%03d';}return c;}\n"
_MENU = '<div class="menu-all"><div class="menu-inner clearfix">%s</div></div>'
_FRIENDLY = '<div class="friend-links"><div class="friend-title">友情链接</div><ul class="friend-list">%s</ul></div>'


def _friend(number: int, port: int) -> str:
    name = WORDS["contacts"][number % len(WORDS["contacts"])]
    address = f"http://www.friend{number:02d}-demo.org.cn:{port}/"
    return f'<li class="friend"><a href="{address}" target="_blank">{name}之家{number}</a></li>'


def _entry(column: Column) -> str:
    items = "".join(
        f'<dd class="menu-item"><a href="{item.path}" class="menu-link" target="_blank">{escape(item.title)}</a></dd>'
        for item in column.items[:_MENU_ITEMS]
        if not item.external
    )
    return f'<dl class="menu-col"><dt class="menu-head"><a href="{column.path}">{column.name}</a></dt>{items}</dl>'


def _filling(rng: Random, wanted: int, encoding: str) -> str:
    """Paragraphs of text until `wanted` bytes are filled."""
    parts: list[str] = []
    filled = 0
    while filled < wanted:
        sentences = "".join(rng.sample(WORDS["sentences"], 3))
        part = f'<p class="text" style="text-indent:2em"><span>　　{sentences}</span></p>\n'
        parts.append(part)
        filled += len(part.encode(encoding))
    return f'<div class="extra">{"".join(parts)}</div>'
