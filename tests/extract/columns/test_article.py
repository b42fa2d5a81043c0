"""The publish time that an article shows."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.extract.columns.article import observe_article
from govspider.extract.document.page import Page
from govspider.items import ArticleObservation
from tests.extract.columns.column_pages import column_page

DAY = date(2026, 9, 12)
PROSE = "<p>全县安全生产工作会议在县城召开，会议传达学习了上级精神，并对下一阶段工作作了安排部署。</p>" * 5


def _seen(line: str, head: str = "", prose: str = PROSE) -> ArticleObservation:
    return observe_article(
        column_page(f'<h1>安全生产工作会议召开</h1>{line}<div class="TRS_Editor">{prose}</div>', head=head)
    )


@pytest.mark.parametrize(
    "line",
    [
        "<p>发布时间：2026-09-12 10:22 来源：县政府办</p>",
        "<p>来源：县政府办 发布日期：2026年9月12日 浏览次数：20</p>",
        "<p><span>发布时间：</span><span>2026-09-12</span></p>",
        "<p>日期：2026-09-12 字体：大 中 小</p>",
        "<p>时间：[2026-09-12]</p>",
        "<p>2026-09-12 10:22:00 来源：县政府办</p>",
        "<p>2026年09月12日</p>",
    ],
)
def test_a_shown_publish_time_is_read(line: str) -> None:
    article = _seen(line)
    assert (article.published, article.date_source) == (DAY, "visible")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "<p>页面生成时间：2026-11-22</p>",
        "<p>报名截止时间：2026-09-12</p>",
        "<p>会议时间：2026-09-12</p>",
        "<p>某某办〔2026〕12号</p>",
    ],
)
def test_without_a_publish_time_nothing_is_shown(line: str) -> None:
    article = _seen(line)
    assert (article.published, article.date_source, article.date_text) == (None, "none", "")


def test_a_date_inside_the_text_is_not_the_publish_time() -> None:
    prose = PROSE + "<p>会议定于2026年9月20日召开，请各单位按时参加。</p><p>2026年9月10日</p>"
    assert _seen("", prose=prose).published is None


def test_the_shown_time_outweighs_the_page_tag() -> None:
    article = _seen("<p>发布时间：2026-09-12</p>", '<meta name="PubDate" content="2026-11-22 10:00:00">')
    assert (article.published, article.meta_published) == (DAY, date(2026, 11, 22))


def test_a_page_tag_is_told_as_a_page_tag() -> None:
    article = _seen("", '<meta name="PubDate" content="2026-09-12 10:22:00">')
    assert (article.published, article.date_source, article.meta_published) == (DAY, "meta", DAY)


def test_a_generation_time_is_never_a_publish_time() -> None:
    article = _seen(
        "", '<meta name="HtmlGenerateTime" content="2026-11-22"><meta name="others" content="页面生成时间 2026-11-22">'
    )
    assert article.published is None


def test_a_publish_tag_is_read() -> None:
    article = _seen("<publishtime>2026-09-12 10:00</publishtime>")
    assert article.published == DAY


def test_the_title_comes_from_the_page_tag_then_the_heading() -> None:
    assert _seen("", '<meta name="ArticleTitle" content=" 会议 召开 ">').title == "会议 召开"
    assert _seen("").title == "安全生产工作会议召开"


def test_the_same_text_under_a_new_date_has_the_same_hash() -> None:
    old, new = _seen("<p>发布时间：2020-01-01</p>"), _seen("<p>发布时间：2026-09-12</p>")
    assert old.content_sha256 == new.content_sha256 != ""
    assert _seen("", prose=PROSE + "<p>补充</p>").content_sha256 != old.content_sha256


def test_a_page_without_text_has_no_hash() -> None:
    assert observe_article(Page("http://www.example.gov.cn/a.html", b"")).content_sha256 == ""
