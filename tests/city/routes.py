"""Every address of a site and what it answers: pages, data, files, robots.txt and planned faults."""

from __future__ import annotations

from functools import partial

from tests.city import pages
from tests.city.footer import (
    FOOTER_INCLUDE,
    FOOTER_SCRIPT,
    OWN_REPORT_PAGE,
    SITE_MAP,
    footer_block,
    footer_marks,
    footer_script,
)
from tests.city.layout import COUNTER, document, head, header, navigation
from tests.city.model import Answer, Asked, Plan, PlannedLink, Route, Routes, Site
from tests.city.responses import (
    always,
    challenge,
    failure,
    html,
    image,
    page_route,
    pdf,
    plain,
    redirect,
    script,
    style,
)
from tests.city.shapes import SHAPES

_SLOW_SECONDS = 1.5
_WAIT_SECONDS = 1


def site_routes(plan: Plan, site: Site) -> Routes:
    """Addresses (path, or path?query) of a site; what is not here is a 404."""
    found: Routes = {}
    for shape in dict.fromkeys(column.shape for column in site.columns):
        mine = [column for column in site.columns if column.shape == shape]
        found.update(SHAPES[shape].routes(plan, site, mine))
    found.update(_home_routes(plan, site))
    found[SITE_MAP] = page_route(site, partial(pages.site_map, plan, site))
    found.update(_files(site))
    if site.marks["jiucuo"] == "own_page":
        found[OWN_REPORT_PAGE] = page_route(site, partial(own_report_page, plan, site))
    found["/robots.txt"] = always(plain(robots(site)))
    for link in site.links:
        found[link.to] = _planned(site, link)
    return _with_manners(site, found)


def robots(site: Site) -> str:
    """robots.txt of the site."""
    if site.conduct == "robots_disallow":
        return "User-agent: *\nDisallow: /\n"
    delay = f"Crawl-delay: {site.crawl_delay}\n" if site.crawl_delay else ""
    return f"User-agent: *\n{delay}Disallow: /admin/\n"


def _home_routes(plan: Plan, site: Site) -> Routes:
    if site.shape == "frames":
        return _frame_routes(plan, site)
    route = page_route(site, partial(pages.home, plan, site))
    return {"/": route, "/index.html": route}


def _frame_routes(plan: Plan, site: Site) -> Routes:
    """A home page of three frames: navigation above, news in the middle, marks below."""

    def framed(body: str) -> str:
        return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'

    rows = '<frame src="top.html"><frame src="main.html" name="main"><frame src="bottom.html">'
    whole = f'<html>{head(plan, site, site.name, [])}<frameset rows="120,*,160" border="0">{rows}</frameset></html>'
    middle = f'<div class="main">{pages.home_main(site)}</div>'
    return {
        "/": always(html(site, whole)),
        "/index.html": always(html(site, whole)),
        "/top.html": always(html(site, framed(header(plan, site) + navigation(site)))),
        "/main.html": always(html(site, framed(middle))),
        "/bottom.html": always(html(site, framed(footer_block(site)))),
    }


def _files(site: Site) -> Routes:
    blocked = site.footer == "blocked_script"
    found: Routes = {
        "/static/css/site.css": always(style("body{margin:0;font:14px/1.8 sans-serif}.nav li{display:inline}")),
        "/static/js/jquery.min.js": always(script("window.$=window.jQuery||function(){return{load:function(){}}};")),
        "/static/js/app.js": always(script("(function(){document.getElementById('app');})();")),
        "/static/js/chunk-vendors.js": always(script("window.__vendors=[];")),
        "/static/images/logo.png": always(image()),
        "/static/images/police.png": always(image()),
        "/favicon.ico": always(image()),
        COUNTER: always(html(site, "<html><body></body></html>")),
        FOOTER_SCRIPT: always(challenge() if blocked else script(footer_script(site))),
        FOOTER_INCLUDE: page_route(site, partial(footer_marks, site)),
    }
    for _, item in site.articles:
        if item.attachment:
            found[item.attachment] = always(pdf())
    return found


def _planned(site: Site, link: PlannedLink) -> Route:
    answers: dict[str, Answer] = {
        "404": failure(404, "Not Found"),
        "410": failure(410, "Gone"),
        "403": failure(403, "Forbidden"),
        "500": failure(500, "Internal Server Error"),
        "loop": redirect(link.to),
        "soft_404": redirect("/"),
    }
    return always(answers[link.answer])


def own_report_page(plan: Plan, site: Site) -> str:
    """A report form of the site's own, where the central one is required."""
    main = '<form action="/jzxx/submit" method="post"><input name="bt"><button>提交</button></form>'
    return document(plan, site, f"网站纠错-{site.name}", [], main)


# ── manners ───────────────────────────────────────────────────────────────────────────────


def _with_manners(site: Site, found: Routes) -> Routes:
    for column in site.columns:
        if column.slow:
            found[column.path] = _slowly(found[column.path])
        if column.throttled:
            found[column.path] = _throttled(found[column.path])
    return found


def _slowly(route: Route) -> Route:
    def answer(asked: Asked) -> Answer:
        given = route(asked)
        return Answer(given.body, given.status, given.content_type, given.headers, _SLOW_SECONDS)

    return answer


def _throttled(route: Route) -> Route:
    """429 with Retry-After for the first request, the page for all later ones."""

    def answer(asked: Asked) -> Answer:
        if asked.earlier:
            return route(asked)
        refusal = failure(429, "Too Many Requests")
        return Answer(refusal.body, 429, refusal.content_type, (("Retry-After", str(_WAIT_SECONDS)),))

    return answer


def reachable_paths(site: Site) -> list[str]:
    """Addresses that the navigation and the site map of a site promise."""
    listed = [column.path.split("#", maxsplit=1)[0] for column in site.columns]
    return ["/", SITE_MAP, *listed]
