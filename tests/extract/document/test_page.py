"""A page that rests gives the same answers as before, and little of it stays in memory."""

from __future__ import annotations

from govspider.extract.document.page import Page
from govspider.extract.links.links import find_links
from govspider.items import Link

BODY = "<html><head><meta charset='gbk'><title>政务公开</title></head><body><a href='/a'>甲</a>文</body></html>".encode(
    "gbk"
)


def read(page: Page) -> tuple[object, ...]:
    links: tuple[Link, ...] = page.once(find_links)
    return page.body, page.size, page.title, page.encoding, page.encoding_source, page.text, page.metas, links


def test_a_page_that_rested_is_read_as_before() -> None:
    page = Page("http://www.x.gov.cn/", BODY)
    before = read(page)
    page.rest()
    page.rest()
    assert read(page) == before == read(Page("http://www.x.gov.cn/", BODY))


def test_a_resting_page_holds_neither_tree_nor_text_nor_answers() -> None:
    page = Page("http://www.x.gov.cn/", BODY * 200)
    read(page)
    page.rest()
    assert {
        name for name, kept in vars(page).items() if not isinstance(kept, (str, bytes, int, dict, type(None)))
    } == set()
    assert not page._answers
    assert len(page._packed) < page.size / 10


def test_answers_that_are_asked_for_again_are_kept() -> None:
    page = Page("http://www.x.gov.cn/", BODY)
    links = page.once(find_links)
    page.rest(find_links)
    assert page.once(find_links) is links


def test_a_large_page_with_comments_around_its_document_is_parsed() -> None:
    body = "<p><b>正文</b></p>" * 5_000
    page = Page("http://www.example.gov.cn/", f"<!-- a --><html><body>{body}</body></html><!-- b -->".encode())
    assert len(page.xpath("//b")) == 5_000


def test_elements_of_a_tag_come_in_document_order_also_from_behind_the_document() -> None:
    body = b"<html><head><base href=/a/><META name=a></head><body><input><iframe></iframe><h1>t</h1></body></html>"
    page = Page("http://www.x.gov.cn/", body + b"<meta name=b><noscript><input type=text></noscript><h1>u</h1>")
    for tag in ("base", "meta", "input", "iframe", "h1"):
        for _ in range(2):
            assert list(page.elements(tag)) == page.xpath(f"//{tag}") != []
    assert list(page.elements("meta", "h1")) == page.xpath("//meta | //h1")


def test_a_resting_page_holds_no_element_that_was_searched_for() -> None:
    page = Page("http://www.x.gov.cn/", b"<meta name=a><p>b</p>")
    for let_go in (page.settle, page.rest):
        assert len(list(page.elements("meta"))) == 1
        before = set(vars(page))
        let_go()
        lists = [kept for name in before & set(vars(page)) if isinstance(kept := vars(page)[name], dict)]
        assert not [
            element for kept in lists for found in kept.values() if isinstance(found, list) for element in found
        ]
