"""Texts of the traps' pages: the inspected site, its articles, and what strangers show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from html import escape
from typing import Any

MENU = (
    "<div class='nav'>"
    + "".join(f"<span>{word}</span>" for word in ("要闻动态", "政务公开", "办事服务", "互动交流"))
    + "</div>"
)
WORDS = "本市召开专题会议，研究部署下一阶段重点工作，要求各单位压实责任、细化措施、务求实效。"
ERROR_WORDS = "您访问的页面不存在或已删除"


def page(title: str, main: str, *, links: str = "", after: str = "") -> bytes:
    """A page in the template of the inspected site, its footer with the links that every page carries."""
    text = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{MENU}"
        f"<div class='main'>{main}</div>{links}<div class='footer'>主办单位：陷阱市人民政府办公室 "
        f"<a href='/t/footer_gone.html'>站点地图</a></div></body></html>{after}"
    )
    return text.encode()


def article(title: str) -> bytes:
    """A page that is plainly there."""
    return page(title, f"<h1>{title}</h1><p>{WORDS * 12}</p>")


def bare(title: str, body: str, head: str = "") -> bytes:
    """A page without the template."""
    whole = f"<head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body>"
    return f"<!DOCTYPE html><html>{whole}</html>".encode()


def column(days: Iterable[date]) -> bytes:
    """A list of dated articles."""
    rows = "".join(
        f"<li><a href='/a/{day:%Y%m%d}.html'>关于工作动态的报道{day:%m%d}</a><span>{day}</span></li>" for day in days
    )
    return page("工作动态", f"<div class='list'><ul>{rows}</ul></div>")


def recent(today: date) -> list[date]:
    """Days of the articles of the column."""
    return [today - timedelta(days=number) for number in (1, 2, 3, 5, 8)]


def home(traps: Iterable[dict[str, Any]], today: date) -> bytes:
    """The home page: one place for every trap, each in the element it asks for."""
    given = list(traps)
    rows = "".join(
        f"<li><a href='/a/{day:%Y%m%d}.html'>要闻报道{day:%m%d}</a><span>{day}</span></li>" for day in recent(today)
    )
    inside = "".join(_element(trap) for trap in given if trap["element"] != "after_html")
    after = "".join(_link(trap) for trap in given if trap["element"] == "after_html")
    main = f"<h1>陷阱市人民政府</h1><ul>{rows}</ul><a href='/zwdt/'>工作动态</a>"
    return page("陷阱市人民政府", main, links=f"<div class='list'>{inside}</div>", after=after)


def _link(trap: dict[str, Any]) -> str:
    return f'<p><a href="{escape(trap["url"])}">{trap["id"]}</a></p>'


def _element(trap: dict[str, Any]) -> str:
    if trap["element"] == "none":  # it stands in the template of every page
        return ""
    url = escape(trap["url"])
    return {
        "img": f'<img src="{url}" alt="">',
        "css": f'<link rel="stylesheet" href="{url}">',
        "js": f'<script src="{url}"></script>',
        "background": f"<div style=\"background:url('{url}')\">底图</div>",
        "iframe": f'<iframe src="{url}"></iframe>',
        "option": f'<select><option value="{url}">{trap["id"]}</option></select>',
        "area": f'<map name="m"><area href="{url}" alt="x"></map>',
        "onclick": f"<span onclick=\"window.location.href='{url}'\">{trap['id']}</span>",
        "post": f'<form method="post" action="{url}"><button>提交</button></form>',
        "get_form": f'<form action="{url}"><input name="q"><button>搜索</button></form>',
        "comment": f'<!-- <a href="{url}">{trap["id"]}</a> -->',
    }.get(trap["element"]) or _link(trap)
