"""The frame of every page: head with page tags, header, navigation, main part, footer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape
from random import Random

from tests.city.footer import footer_block
from tests.city.injections import after_document, before_footer, poisoned_head
from tests.city.model import Plan, Site

COUNTER = "/static/visitcount.html"
_WEEKDAYS = "一二三四五六日"
Tags = Sequence[tuple[str, str]]
Crumbs = Sequence[tuple[str, str]]


def site_tags(site: Site) -> list[tuple[str, str]]:
    """The tags every page of a site must carry."""
    host = site.new_host or site.host
    return [("SiteName", site.name), ("SiteDomain", host), ("SiteIDCode", site.code)]


def head(plan: Plan, site: Site, title: str, tags: Tags, extra: str = "") -> str:
    """The head of a page; tags after the site's own tags."""
    metas = [f'<meta name="{name}" content="{escape(content)}">' for name, content in [*site_tags(site), *tags]]
    if "generate_time" in site.traps:
        # every page of such a system claims to be of today
        metas.append(f'<meta name="HtmlGenerateTime" content="{plan.at:%Y-%m-%d %H:%M}:07">')
    named = poisoned_head(site, title) if site.poisoned else f"<title>{escape(title)}</title>"
    assets = '<link rel="stylesheet" href="/static/css/site.css"><script src="/static/js/jquery.min.js"></script>'
    return (
        f"<head>\n{_charset(site)}\n{named}\n" + "\n".join(metas) + f"\n{assets}\n{extra}{padding(plan, title)}</head>"
    )


def _charset(site: Site) -> str:
    if site.encoding == "utf-8":
        return '<meta charset="utf-8">'
    return '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'


def document(
    plan: Plan, site: Site, title: str, tags: Tags, main: str, *, crumbs: Crumbs = (), extra: str = "", side: str = ""
) -> str:
    """A whole page. `main` and `side` are markup; `crumbs` (text, address) are shown as 当前位置."""
    body = header(plan, site) + navigation(site) + f'<div class="wrap">{_position(crumbs)}'
    body += f'<div class="main">{main}</div>{side}</div>{before_footer(site)}{footer_block(site)}'
    start = f'<!DOCTYPE html>\n<html lang="zh-CN">{head(plan, site, title, tags, extra)}\n<body>'
    return f"{start}{body}{_signature(site)}{_widgets(plan, site)}</body></html>{after_document(site)}"


def header(plan: Plan, site: Site) -> str:
    clock = ""
    if "clock" in site.traps:
        weekday = _WEEKDAYS[plan.day.weekday()]
        clock = f'<div class="today">今天是{plan.day.year}年{plan.day.month}月{plan.day.day}日 星期{weekday}</div>'
    logo = f'<a href="/"><img src="/static/images/logo.png" alt="{site.name}"></a>'
    return f'<div class="header">{logo}{clock}</div>'


def navigation(site: Site) -> str:
    """The main navigation: the home page and the first-level columns."""
    entries = [("首页", "/"), *((column.name, column.path) for column in site.main_navigation)]
    links = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in entries)
    return f'<div class="nav"><ul>{links}</ul></div>'


def _position(crumbs: Crumbs) -> str:
    if not crumbs:
        return ""
    links = " &gt; ".join(f'<a href="{path}">{text}</a>' for text, path in crumbs)
    return f'<div class="position">当前位置：<a href="/">首页</a> &gt; {links}</div>'


def _signature(site: Site) -> str:
    if "vendor_signature" not in site.traps:
        return ""
    return '<a href="http://www.hanweb.com" style="display:none">Produced By 大汉网络 大汉版通发布系统</a>'


def _widgets(plan: Plan, site: Site) -> str:
    """Hidden things that belong on a page: a folded menu of sister sites, a visit counter."""
    found = ""
    if "hidden_menu" in site.traps:
        links = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in sister_sites(plan))
        found += f'<div class="links"><span>友情链接</span><ul class="sub-menu" style="display:none">{links}</ul></div>'
    if "counter" in site.traps:
        found += f'<iframe src="{COUNTER}" width="0" height="0" style="display:none"></iframe>'
    return found


def sister_sites(plan: Plan) -> list[tuple[str, str]]:
    """Names and addresses of the portals of the city."""
    return [(site.unit.removesuffix("办公室"), site.home_url) for site in plan.sites if site.type == "portal"]


def hot_list(plan: Plan, site: Site) -> str:
    """A sidebar of fresh articles of the city portal: it says nothing about the column beside it."""
    if "hot_list" not in site.traps:
        return ""
    portal = plan.sites[0]
    links = "".join(
        f'<li><a href="{portal.origin}{item.path}">{item.title}</a><span>{hot_day(plan.day, n):%Y-%m-%d}</span></li>'
        for n, item in enumerate(portal.main_navigation[0].items[:6])
    )
    return f'<div class="sidebar"><h3>热点推荐</h3><ul class="hot">{links}</ul></div>'


def hot_day(day: date, position: int) -> date:
    return day - timedelta(days=1 + position // 3)


def stamp(day: date, serial: int) -> datetime:
    """A time of day for something published on `day`."""
    return datetime(day.year, day.month, day.day, 9 + serial % 8, serial * 7 % 60)


def padding(plan: Plan, title: str) -> str:
    """Style and script text that brings a page to a realistic size; empty unless the plan asks for it."""
    low, high = plan.page_bytes
    if high == 0:
        return ""
    size = Random(f"{plan.seed}:{title}").randint(low, high)
    rule = ".c%05d{margin:0 auto;padding:4px 8px;color:#333;font-size:14px;background:url(/static/images/logo.png)}\n"
    lines = (rule % number for number in range(size // (len(rule) + 2)))
    return f"<style>{''.join(lines)}</style>\n"
