"""Who answers for which host name: the sites, their twins, and the neighbours that footers point to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial

from tests.city.model import Answer, Asked, Plan, Routes, Site
from tests.city.responses import challenge, failure, html, image, missing, plain, redirect, script
from tests.city.routes import robots, site_routes

Responder = Callable[[Asked], Answer]
"""Answers a request for one host."""
HostTable = Mapping[str, Responder]

# hosts of the badges and filings every footer links to, and of the news site some items stand on
NEIGHBOURS = (
    "dcs.conac.cn", "bszs.conac.cn", "beian.miit.gov.cn", "www.beian.gov.cn", "zfwzgl.www.gov.cn",
    "www.news-demo.example",
)  # fmt: skip


def host_table(plan: Plan) -> dict[str, Responder]:
    """One responder per host name of the city."""
    table: dict[str, Responder] = dict.fromkeys(NEIGHBOURS, _neighbour)
    for site in plan.sites:
        table[site.host] = _responder(plan, site)
        if site.bare_twin:
            table[site.host.removeprefix("www.")] = partial(_moved, f"{site.scheme}://{site.host}", 301)
        if site.new_host:
            table[site.new_host] = table[site.host]
            table[site.host] = partial(_moved, site.origin, 302)
    return table


def _moved(origin: str, status: int, asked: Asked) -> Answer:
    return redirect(f"{origin}{asked.path}{'?' + asked.query if asked.query else ''}", status)


def _neighbour(asked: Asked) -> Answer:
    if asked.path.endswith(".js"):
        return script("void 0;")
    if asked.path.endswith(".png"):
        return image()
    if asked.path == "/robots.txt":
        return missing()
    return Answer(
        "<html><head><meta charset='utf-8'><title>外部网站</title></head><body>外部网站</body></html>".encode()
    )


def _responder(plan: Plan, site: Site) -> Responder:
    special = _SPECIAL.get(site.conduct)
    if special is not None:
        return partial(special, site)

    @cache
    def routes() -> Routes:
        return site_routes(plan, site)

    def answer(asked: Asked) -> Answer:
        if asked.scheme != site.scheme:
            return _moved(site.origin, 301, asked)
        whole = f"{asked.path}?{asked.query}" if asked.query else asked.path
        route = routes().get(whole) or routes().get(asked.path)
        return missing() if route is None else route(asked)

    return answer


def _walled(site: Site, asked: Asked) -> Answer:
    """A bot wall answers everything but robots.txt."""
    return plain(robots(site)) if asked.path == "/robots.txt" else challenge()


def _maintained(site: Site, asked: Asked) -> Answer:
    del asked
    return html(site, f"<html><head><title>{site.name}</title></head><body>网站维护中，敬请谅解</body></html>", 503)


def _unreachable(site: Site, asked: Asked) -> Answer:
    """What the proxy says of a server that does not answer it."""
    del site, asked
    return failure(504, "Gateway Timeout")


_SPECIAL: dict[str, Callable[[Site, Asked], Answer]] = {
    "challenge": _walled,
    "maintenance": _maintained,
    "unreachable": _unreachable,
}
