"""Everything that a look will ask of a page, asked at once: in another process, where a large page takes long.

The answers stay with the page, so whoever asks later has them at once; they are the same wherever they are computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.columns.navigation import find_columns, find_site_map
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.dark.unread import unread_parts
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import are_comparisons_expected, glance_at, sketch_page
from govspider.extract.document.page_tags import observe_tags
from govspider.extract.links.links import find_links, link_blocks, links_were_cut
from govspider.extract.links.page_jumps import find_jump
from govspider.extract.marks.footer_sources import find_footer_sources
from govspider.extract.marks.marks import observe_marks
from govspider.extract.wording.wording import find_wording, unread_wording
from govspider.items import ColumnOverride, PageRole

_OF_EVERY_PAGE = (
    find_links,
    links_were_cut,
    link_blocks,
    find_dark_links,
    find_tampering,
    unread_parts,
    observe_tags,
)
_SAMPLE = (
    "<html><head><title>云景市人民政府</title><meta name='SiteName' content='云景市人民政府'><script>var a='/b.js';"
    "</script><style>.a{color:red}</style></head><body><ul class='nav'><li><a href='http://www.x-demo.gov.cn/a/'>通知公告</a>"
    "</li></ul><ul><li><a href='/t20261102_1.html' onclick='x()'>关于通知的通知</a><span>2026-11-02</span></li></ul>"
    "<h1>通知</h1><span>发布时间：2026-11-02</span><p style='text-indent:2em'>正文不存在。</p><img src='/a.png'>"
    "<div class='footer'>主办单位：云景市人民政府 网站标识码：3300000001</div></body></html>"
)


def read_ahead(
    page: Page,
    role: PageRole,
    now: datetime,
    *,
    override: ColumnOverride | None = None,
    article_days: Sequence[tuple[str, date]] = (),
    compared: bool = False,
) -> None:
    """Ask a page what its role makes a look ask.

    Parameters: `now` the instant of looking, which dates of lists are told from; `compared` True where the page may be
    compared with what its host shows for missing ones; the others as for `observe_look`.
    """
    glance_at(page)
    if compared or are_comparisons_expected(page.host):
        sketch_page(page)
    find_jump(page)
    for question in _OF_EVERY_PAGE:
        page.once(question)
    if role is PageRole.ARTICLE:
        day = page.once(observe_article).published
        page.once(find_wording, day)
        page.once(unread_wording, day)
        return
    page.once(find_wording, None)
    page.once(unread_wording, None)
    home = role is PageRole.HOME
    page.once(observe_look, now, (), home=home, second=None, override=override, article_days=article_days)
    if not home:
        page.once(find_list_requests)
        return
    page.once(find_footer_sources)
    page.once(find_columns)
    page.once(find_site_map)
    page.once(observe_marks, (), ())


def get_ready() -> None:
    """Load word lists and patterns before the first page comes: with it, they would hold up everything else."""
    now = datetime(2026, 11, 3, tzinfo=UTC)
    for role in (PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE):
        read_ahead(Page("http://www.yunjing-demo.gov.cn/", _SAMPLE.encode(), "text/html; charset=utf-8"), role, now)
