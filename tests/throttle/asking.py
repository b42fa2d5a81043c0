"""Asks addresses with the product's own settings and fetcher, in a process of its own.

Run as `python -m tests.throttle.asking '{"urls": [...], "settings": {...}}'`; prints one JSON
object: the answers, and when each request left. A process of its own because a Twisted reactor cannot be started twice.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from govspider.spiders.fetching import Answer, Fetcher
from govspider.throttle.slots import Neighbourhood
from tests.throttle.departures import NotingDownloader

_OFF = {
    "ITEM_PIPELINES": {},
    "SPIDER_MODULES": [],
    "PROGRESS_SECONDS": 0,
    "LOG_LEVEL": "ERROR",
    "DOWNLOADER": "tests.throttle.departures.NotingDownloader",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """What was answered, and the addresses with the second (of a clock without a date) at which each left."""

    answers: list[dict[str, Any]]
    departures: list[tuple[str, float]]


def ask(
    urls: Sequence[str],
    *,
    settings: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    links: bool = False,
    platforms: Mapping[str, str] | None = None,
    at_once: bool = True,
) -> list[dict[str, Any]]:
    """Answers to addresses, in the order given. `links` asks them as link checks are asked."""
    return watch(
        urls, settings=settings, environment=environment, links=links, platforms=platforms, at_once=at_once
    ).answers


def watch(
    urls: Sequence[str],
    *,
    settings: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    links: bool = False,
    platforms: Mapping[str, str] | None = None,
    at_once: bool = True,
    own: Sequence[str] = (),
    processes: int = 1,
) -> Asking:
    """The same, with the time at which each request left, robots.txt among them.

    Parameters: `own` hosts of this process where several `processes` share the sites.
    """
    task = {"urls": list(urls), "settings": dict(settings or {}), "links": links, "at_once": at_once}
    task |= {"own": list(own), "processes": processes}
    task["platforms"] = dict(platforms or {})
    base = {name: value for name, value in os.environ.items() if name.lower() not in ("http_proxy", "https_proxy")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.throttle.asking", json.dumps(task)],
        env={**base, "GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8", **(environment or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"asking failed:\n{done.stderr}")
    seen = json.loads(done.stdout.splitlines()[-1])
    return Asking(seen["answers"], [(url, at) for url, at in seen["departures"]])


class _AskingSpider(scrapy.Spider):
    name = "asking"
    task: dict[str, Any]
    answers: list[Answer]
    departures: list[tuple[str, float]]

    async def start(self) -> AsyncIterator[Any]:
        engine: Any = self.crawler.engine
        own, processes = frozenset(self.task["own"]), self.task["processes"]
        engine.downloader.settle(Neighbourhood(self.task["platforms"], own, processes))
        fetcher = Fetcher(self.crawler)
        downloader: NotingDownloader = engine.downloader
        downloader.departures = self.departures

        async def one(url: str) -> Answer:
            return await (fetcher.link(url, 1) if self.task["links"] else fetcher.page(url))

        if self.task["at_once"]:
            self.answers.extend(await asyncio.gather(*(one(url) for url in self.task["urls"])))
        else:
            for url in self.task["urls"]:
                self.answers.append(await one(url))
        for nothing in tuple[Any, ...]():
            yield nothing


def _main(task: dict[str, Any]) -> None:
    settings = Settings()
    settings.setmodule("govspider.settings")
    settings.update({**_OFF, **task["settings"]})
    process = AsyncCrawlerProcess(settings)
    answers: list[Answer] = []
    departures: list[tuple[str, float]] = []
    process.crawl(_AskingSpider, task=task, answers=answers, departures=departures)
    process.start()
    print(json.dumps({"answers": [_plain(answer) for answer in answers], "departures": departures}))


def _plain(answer: Answer) -> dict[str, Any]:
    return {
        "url": answer.url,
        "final_url": answer.final_url,
        "status": answer.status,
        "failure": answer.failure.value if answer.failure else None,
        "detail": answer.detail,
        "size": len(answer.body),
        "body": answer.body[:200].decode("latin-1"),
        "redirects": [[hop.url, hop.status] for hop in answer.redirects],
    }


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]))
