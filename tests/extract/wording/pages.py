"""Pages made around one sentence, and what is told of them."""

from __future__ import annotations

from datetime import date

from govspider.extract.document.page import Page
from govspider.extract.wording.wording import find_wording
from govspider.items import WordingObservation, WordingSeverity

URL = "http://www.demo.gov.cn/art/2026/1.html"


def page_of(body: str, title: str = "工作动态") -> Page:
    return Page(URL, f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode())


def told(sentence: str, *, title: str = "工作动态", day: date | None = None) -> tuple[WordingObservation, ...]:
    """What is told of a page that holds one paragraph."""
    return find_wording(page_of(f"<p>会议召开。{sentence}</p>", title), day)


def grave(sentence: str, *, title: str = "工作动态") -> list[tuple[str, str]]:
    """Wrong wording and suggestion of every grave error."""
    return [(one.text, one.suggestion) for one in told(sentence, title=title) if one.severity is WordingSeverity.GRAVE]
