"""What resolves links says of plain addresses what urljoin says of them."""

from __future__ import annotations

from random import Random
from urllib.parse import urljoin

import pytest

from govspider.extract.document.base_address import BaseAddress

_SCHEMES = ("http://", "https://", "HTTP://", "http:/", "ftp://", "")


def joined(url: str, href: str) -> str | None:
    try:
        return urljoin(url, href)
    except ValueError:
        return None


@pytest.mark.parametrize("href", ["/", "/a/b.htm", "c.htm", "./d/e.htm", "http://www.y.gov.cn/f"])
def test_links_of_made_up_pages_are_joined_as_the_standard_library_joins_them(href: str) -> None:
    rng = Random(5)
    for _ in range(4_000):
        url = rng.choice(_SCHEMES) + "".join(rng.choice("ab.-_:80/?#@[]%é;&=A") for _ in range(rng.randint(0, 10)))
        # an address without a host takes a link that is no address either as it is
        if BaseAddress(url).join("/") in (None, "/"):
            continue
        assert BaseAddress(url).join(href) == joined(url, href), url
