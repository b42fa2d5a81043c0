"""Sentences for the person who started a crawl: on the screen, and in the log of a job that nobody watches."""

from __future__ import annotations

import logging
import sys

from scrapy.settings import BaseSettings

_log = logging.getLogger("govspider")


def say(settings: BaseSettings, sentence: str, level: int = logging.INFO) -> None:
    """Print a sentence to standard error, and write it into the log where that is a file.

    scrapyd keeps the log of each job (setting LOG_FILE), but mixes what all jobs print into its own.
    Without LOG_FILE the log is the screen, which has the sentence already.
    """
    print(f"govspider: {sentence}", file=sys.stderr, flush=True)
    if settings.get("LOG_FILE"):
        _log.log(level, "%s", sentence)
