"""An article may be taken as unchanged only where nothing that was read from it speaks against anybody."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.extract.accusations import accusation_of
from govspider.extract.document.page import Page

DAY = date(2026, 11, 20)
HEADERS = {"Content-Type": "text/html; charset=utf-8"}
_TAGS = {
    "SiteName": "云景市人民政府", "SiteDomain": "www.yunjing.gov.cn", "SiteIDCode": "3301000001",
    "ArticleTitle": "关于召开座谈会的通知", "PubDate": "2026-11-20 08:00", "ContentSource": "市政府办公室",
}  # fmt: skip


def article(words: str = "", day: str = "2026-11-20", status: int = 200, **tags: str) -> Page:
    metas = "".join(f"<meta name='{name}' content='{text}'>" for name, text in {**_TAGS, **tags}.items())
    text = "定于近日召开座谈会，请有关单位派员参加，并提前做好准备工作。" * 8
    told = f"<p>发布时间：{day}</p>" if day else ""
    body = (
        f"<html><head><meta charset='utf-8'><title>关于召开座谈会的通知</title>{metas}</head><body>"
        f"<h1>关于召开座谈会的通知</h1>{told}<div class='content'><p>{text}</p><p>{words}</p></div></body></html>"
    )
    return Page("http://www.yunjing.gov.cn/a/1.html", body.encode(), HEADERS["Content-Type"], status)


def test_a_plain_article_of_the_day_of_its_list_accuses_nobody() -> None:
    assert accusation_of(article(), HEADERS, DAY) == ""


@pytest.mark.parametrize(
    "page",
    [
        article(day=""),
        article(day="2026-11-19"),
        article(PubDate="2026-11-19 08:00"),
        article(ContentSource=" "),
        article("<div style='display:none'><a href='http://www.bocai.example.com/'>澳门百家乐</a></div>"),
        article("建设有中国特社会主义"),
        article(status=404),
        article(status=403),
        Page("http://www.yunjing.gov.cn/a/1.html", b"", HEADERS["Content-Type"]),
    ],
    ids=["undated", "other day", "other day in tags", "empty tag", "hidden link", "wording", "404", "403", "none"],
)  # fmt: skip
def test_whatever_speaks_against_somebody_is_named(page: Page) -> None:
    assert accusation_of(page, HEADERS, DAY)


def test_a_list_that_gives_another_day_now_is_a_contradiction() -> None:
    assert accusation_of(article(), HEADERS, date(2026, 11, 21))
