"""The domains that a site openly leads to."""

from __future__ import annotations

from govspider.items import Link, OutboundDomain
from govspider.spiders.outbound import OutboundBook

PAGE = "http://www.jia.gov.cn/"


def link(url: str) -> Link:
    return Link(url, url, "external", "链接", "main", "/html", "a@href")


def test_links_are_counted_by_registrable_domain_with_the_first_as_example() -> None:
    book = OutboundBook()
    book.add(PAGE, [link("http://www.yi.com/1"), link("http://m.yi.com/2"), link("http://www.yi.com/1")], ())
    assert book.domains(["www.jia.gov.cn"]) == (OutboundDomain("yi.com", 3, "http://www.yi.com/1", PAGE),)


def test_the_sites_own_domain_is_not_outside() -> None:
    book = OutboundBook()
    book.add(PAGE, [link("http://zwgk.jia.gov.cn/"), link("http://yi.gov.cn/")], ())
    assert [found.domain for found in book.domains(["www.jia.gov.cn"])] == ["yi.gov.cn"]


def test_a_hidden_link_is_not_openly_linked() -> None:
    book = OutboundBook()
    book.add(PAGE, [link("http://bet.com/"), link("http://yi.com/")], {"http://bet.com/"})
    assert [found.domain for found in book.domains([])] == ["yi.com"]
