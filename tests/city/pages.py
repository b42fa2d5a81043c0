"""The pages of a site: home, articles, columns that are no lists, site map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from random import Random

from tests.city.layout import document, head, hot_list, stamp
from tests.city.lists import listing
from tests.city.model import Column, Fate, Item, Plan, PlannedLink, Site
from tests.city.words import WORDS


def list_style(site: Site, column: Column) -> str:
    """How this column writes its dates."""
    bare = column.fate is Fate.UNDATED or "dates_in_url" in column.odd
    return "undated" if bare else site.date_style


def absolute(item: Item) -> str:
    """The address of an item as a list usually writes it: from the root of the site."""
    return item.path


# ── home ──────────────────────────────────────────────────────────────────────────────────


def home(plan: Plan, site: Site) -> str:
    """The home page: blocks of news with dates, and the planned links."""
    tags = [("Keywords", site.name), ("Description", f"{site.name}发布政务信息，提供在线服务")]
    return document(plan, site, site.name, tags, home_main(site))


def home_main(site: Site) -> str:
    blocks = [_block(site, name, items) for name, items in site.home_items.items()]
    links = "".join(f'<li><a href="{link.to}">{link.text}</a></li>' for link in home_links(site))
    quick = f'<div class="quick"><h3>快速通道</h3><ul>{links}</ul></div>' if links else ""
    return "\n".join(blocks) + quick


def home_links(site: Site) -> list[PlannedLink]:
    return [link for link in site.links if link.place == "home"]


def _block(site: Site, name: str, items: Sequence[Item]) -> str:
    path = site.column(name).path
    title = f'<h3><a href="{path}">{name}</a><a class="more" href="{path}">更多</a></h3>'
    return f'<div class="block">{title}{listing(site.date_style, items, absolute)}</div>'


# ── articles ──────────────────────────────────────────────────────────────────────────────


def article(plan: Plan, site: Site, column: Column, item: Item) -> str:
    """An article page with its tags and its publish time, as far as the plan lets it have them."""
    shown = stamp(item.published, len(item.title))
    tags = [("ColumnName", column.name), ("ColumnType", column.name)]
    if item.tagged:
        tags += [("ArticleTitle", item.title), ("ContentSource", site.unit), ("Keywords", column.name)]
        tags += [("PubDate", f"{shown:%Y-%m-%d %H:%M:%S}")] if item.shows_date else []
    when = f"<span>发布时间：{shown:%Y-%m-%d %H:%M}</span>　" if item.shows_date else ""
    info = f'<div class="info">{when}<span>来源：{site.unit}</span></div>'
    body = f'<h1 class="title">{escape(item.title)}</h1>{info}<div class="view TRS_Editor">{_text(plan, item)}</div>'
    crumbs = [(column.name, column.path)]
    return document(plan, site, f"{item.title}-{site.name}", tags, body, crumbs=crumbs)


def _text(plan: Plan, item: Item) -> str:
    chosen = Random(f"{plan.seed}:{item.path}").sample(WORDS["sentences"], 4)
    paragraphs = "".join(f"<p>　　{sentence}</p>" for sentence in [f"本网讯：{item.title}。", *chosen])
    if item.wording:
        paragraphs += f"<p>　　{WORDS['wording_sentences'][item.wording]['sentence']}</p>"
    file = f'<p>附件：<a href="{item.attachment}">{escape(item.title)}.pdf</a></p>' if item.attachment else ""
    return paragraphs + file


# ── columns ───────────────────────────────────────────────────────────────────────────────


def column_document(plan: Plan, site: Site, column: Column, main: str, extra: str = "") -> str:
    """A column page around its main part."""
    tags = [
        ("ColumnName", column.name),
        ("ColumnDescription", f"{site.name}{column.name}栏目"),
        ("ColumnKeywords", column.name),
        ("ColumnType", column.name),
    ]
    crumbs = [(column.name, column.path)]
    if column.level == 2:
        crumbs.insert(0, ("政务公开", site.column("政务公开").path))
    title = f"{column.name}-{site.name}"
    side = hot_list(plan, site)
    return document(plan, site, title, tags, main, crumbs=crumbs, extra=extra, side=side)


def blank_markup(column: Column) -> str:
    """A column that says itself that it has nothing."""
    words = WORDS["blank_sentences"]
    return f'<ul class="list"><li class="nodata">{words[column.number % len(words)]}</li></ul>'


def other_markup(plan: Plan, site: Site, column: Column) -> str:
    """The main part of a column that is no list: one article, a form, or a page of sub-columns."""
    if column.fate is Fate.ARTICLE:
        return _duties(plan, site)
    return _letter_form() if column.fate is Fate.FORM else _portal(site)


def _duties(plan: Plan, site: Site) -> str:
    day = date(plan.day.year - 2, 3, 5)
    info = f'<div class="info"><span>发布时间：{stamp(day, 1):%Y-%m-%d %H:%M}</span></div>'
    duties = [f"负责{duty}；承担相关政策的起草、宣传和组织实施工作。" for duty in WORDS["duties"]]
    text = "".join(f"<p>　　（{number}）{duty}</p>" for number, duty in enumerate(duties, 1))
    return f'<h1 class="title">{site.unit}机构职能</h1>{info}<div class="view TRS_Editor">{text}</div>'


def _letter_form() -> str:
    fields = "".join(
        f'<p><label>{name}</label><input name="{key}"></p>' for key, name in (("xm", "姓名"), ("bt", "标题"))
    )
    return (
        f'<form action="/jzxx/submit" method="post">{fields}<textarea name="nr"></textarea><button>提交</button></form>'
    )


def _portal(site: Site) -> str:
    blocks = []
    for column in site.second_level:
        head_line = f'<h3><a href="{column.path}">{column.name}</a><a class="more" href="{column.path}">更多</a></h3>'
        shown = column.items[:2] if column.fate in (Fate.FRESH, Fate.STALE) else ()
        blocks.append(
            f'<div class="block">{head_line}{listing(site.date_style, shown, absolute) if shown else ""}</div>'
        )
    return "\n".join(blocks)


def shell(plan: Plan, site: Site, column: Column) -> str:
    """A page that is nothing but a script: what the column holds cannot be read from it."""
    tags = [("ColumnName", column.name), ("ColumnType", column.name)]
    bundle = '<script src="/static/js/chunk-vendors.js"></script><script src="/static/js/app.js"></script>'
    start = f"<!DOCTYPE html>\n<html>{head(plan, site, column.name, tags)}"
    return f'{start}<body><noscript>请启用 JavaScript</noscript><div id="app"></div>{bundle}</body></html>'


def site_map(plan: Plan, site: Site) -> str:
    """The site map: first-level columns, second-level ones nested below 政务公开."""
    entries = []
    for column in site.main_navigation:
        below = ""
        if column.fate is Fate.PORTAL:
            below = "".join(f'<li><a href="{child.path}">{child.name}</a></li>' for child in site.second_level)
            below = f"<ul>{below}</ul>"
        entries.append(f'<li><a href="{column.path}">{column.name}</a>{below}</li>')
    main = f'<div class="sitemap"><h2>网站地图</h2><ul>{"".join(entries)}</ul></div>'
    return document(plan, site, f"网站地图-{site.name}", [], main, crumbs=[("网站地图", "")])
