"""Page tags."""

from __future__ import annotations

from govspider.extract.document.page import Page
from govspider.extract.document.page_tags import observe_tags


def _tags(head: str) -> dict[str, str | None]:
    page = Page("http://www.example.gov.cn/", f"<html><head>{head}</head><body></body></html>".encode())
    return {tag.name: tag.value for tag in observe_tags(page)}


def test_letter_case_and_attribute_order_do_not_matter() -> None:
    tags = _tags('<meta content="1101070001" NAME="siteidcode"/><meta name="sitename" content="某市"/>')
    assert tags["SiteIDCode"] == "1101070001"
    assert tags["SiteName"] == "某市"


def test_an_absent_tag_is_not_an_empty_one() -> None:
    tags = _tags('<meta name="ColumnType" content="">')
    assert tags["ColumnType"] == ""
    assert tags["ColumnName"] is None


def test_the_first_of_two_tags_is_the_answer() -> None:
    assert _tags('<meta name="PubDate" content="2026-01-02"><meta name="PubDate" content="2020-01-01">')["PubDate"] == (
        "2026-01-02"
    )


def test_every_tag_of_the_list_is_answered_in_its_order() -> None:
    names = list(_tags(""))
    assert names[:3] == ["SiteName", "SiteDomain", "SiteIDCode"]
    assert len(names) == 15


def test_a_tag_without_a_space_between_its_attributes_is_read() -> None:
    assert _tags('<meta name="SiteDomain"content="http://www.example.gov.cn">')["SiteDomain"] == (
        "http://www.example.gov.cn"
    )
