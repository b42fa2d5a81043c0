"""What the column pipeline makes of pages that are not what they seem."""

from __future__ import annotations

from datetime import UTC, datetime

from govspider.extract.document.page import Page
from govspider.items import OBSERVED_COLUMN, ColumnState, PageRole, PageSeen, UnknownReason
from pipelines.extract_columns import ExtractColumnsPipeline

_NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
_LIST = (
    "<html><body><h2>工作动态</h2><ul>"
    + "".join(
        f'<li><a href="/gzdt/202611/t202611{day:02d}_{day}.html">云景市召开第{day}次工作会议</a>'
        f"<span>2026-11-{day:02d}</span></li>"
        for day in range(20, 10, -1)
    )
    + "</ul></body></html>"
).encode()


def _seen(**changes: object) -> PageSeen:
    url = "http://www.yunjing-demo.gov.cn/gzdt/"
    seen = PageSeen(
        look_id=1,
        run_id=1,
        site_id=1,
        role=PageRole.COLUMN,
        url=url,
        final_url=url,
        fetched_at=_NOW,
        page=Page(url, _LIST),
        status=200,
    )
    for name, value in changes.items():
        setattr(seen, name, value)
    return seen


def test_a_readable_column_is_observed() -> None:
    item = ExtractColumnsPipeline().process_item(_seen())
    observation = item.observations[OBSERVED_COLUMN]
    assert observation.state is ColumnState.LIST
    assert str(observation.newest) == "2026-11-20"


def test_a_column_that_leaves_the_site_is_external_whatever_stands_there() -> None:
    item = ExtractColumnsPipeline().process_item(_seen(left_site=True, final_url="http://elsewhere.example/"))
    observation = item.observations[OBSERVED_COLUMN]
    assert (observation.state, observation.newest) == (ColumnState.EXTERNAL, None)
    assert observation.evidence_text == "http://elsewhere.example/"


def test_a_page_that_could_not_be_seen_is_not_observed() -> None:
    item = ExtractColumnsPipeline().process_item(_seen(reason=UnknownReason.BLOCKED))
    assert OBSERVED_COLUMN not in item.observations


def test_the_same_page_is_parsed_once_for_spider_and_pipeline() -> None:
    seen = _seen()
    assert seen.page is not None
    before = seen.page.root
    ExtractColumnsPipeline().process_item(seen)
    assert seen.page.root is before
