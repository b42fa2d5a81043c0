"""The domains that a site openly leads to."""

from __future__ import annotations

from govspider.extract.links.link_parts import LinkPart
from govspider.items import Link, OutboundDomain
from govspider.spiders.outbound import OutboundBook

PAGE = "http://www.jia.gov.cn/"


def link(url: str) -> Link:
    return Link(url, url, "external", "链接", "main", "/html", "a@href")


def test_links_are_counted_by_registrable_domain_with_the_first_as_example() -> None:
    book = OutboundBook()
    book.add(PAGE, LinkPart([link("http://www.yi.com/1"), link("http://m.yi.com/2"), link("http://www.yi.com/1")]), ())
    assert book.domains(["www.jia.gov.cn"]) == (OutboundDomain("yi.com", 3, "http://www.yi.com/1", PAGE),)


def test_the_sites_own_domain_is_not_outside() -> None:
    book = OutboundBook()
    book.add(PAGE, LinkPart([link("http://zwgk.jia.gov.cn/"), link("http://yi.gov.cn/")]), ())
    assert [found.domain for found in book.domains(["www.jia.gov.cn"])] == ["yi.gov.cn"]


def test_a_hidden_link_is_not_openly_linked() -> None:
    book = OutboundBook()
    book.add(PAGE, LinkPart([link("http://bet.com/"), link("http://yi.com/")]), {"http://bet.com/"})
    assert [found.domain for found in book.domains([])] == ["yi.com"]


def test_a_block_counts_on_every_page_it_stands_on_and_is_named_with_the_first() -> None:
    footer = LinkPart([link("http://yi.com/"), link("http://bing.com/"), link("http://yi.com/2")], "footer")
    book, plain = OutboundBook(), OutboundBook()
    for number in range(3):
        page = f"{PAGE}{number}.html"
        book.add(page, footer, ())
        plain.add(page, LinkPart(footer.links), ())
    assert book.domains([]) == plain.domains([])
    assert [(found.domain, found.links) for found in book.domains([])] == [("bing.com", 3), ("yi.com", 6)]


def test_what_one_page_hides_in_a_block_is_counted_where_another_shows_it() -> None:
    footer = LinkPart([link("http://bet.com/"), link("http://yi.com/")], "footer")
    book = OutboundBook()
    for hidden in ({"http://bet.com/"}, set(), {"http://bet.com/"}, set()):
        book.add(PAGE, footer, hidden)
    assert [(found.domain, found.links) for found in book.domains([])] == [("bet.com", 2), ("yi.com", 4)]
