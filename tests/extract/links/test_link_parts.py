"""Links in parts are all links of the page, in their order, whatever blocks it has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govspider.extract.links.link_parts import LinkPart, parts_of
from govspider.items import Link, LinkBlock


def some_links(count: int) -> list[Link]:
    addresses = [f"http://www.x.gov.cn/{number}" for number in range(count)]
    return [Link(url, url, "page", "", "main", "", "a@href") for url in addresses]


def some_blocks(gaps: list[tuple[int, int]]) -> tuple[list[LinkBlock], int]:
    """Blocks of some sizes, each so far behind the one before; and how many links these are together."""
    blocks, end = [], 0
    for number, (gap, size) in enumerate(gaps):
        blocks.append(LinkBlock(end + gap, size, f"block {number}"))
        end += gap + size
    return blocks, end


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5))), st.integers(0, 3), st.integers(1, 4))
def test_parts_hold_every_link_once_and_in_order(gaps: list[tuple[int, int]], rest: int, most: int) -> None:
    blocks, end = some_blocks(gaps)
    links = some_links(end + rest)
    for parts in (list(parts_of(links, blocks)), list(parts_of(links, blocks, at_most=most))):
        assert [link for part in parts for link in part.links] == links
        assert all(part.links for part in parts)
    assert [part.digest for part in parts_of(links, blocks) if part.digest] == [block.digest for block in blocks]


def test_a_block_that_is_too_long_comes_in_pieces_without_a_name() -> None:
    links = some_links(7)
    parts = list(parts_of(links, [LinkBlock(1, 2, "short"), LinkBlock(3, 4, "long")], at_most=3))
    assert parts == [
        LinkPart(links[:1]),
        LinkPart(links[1:3], "short"),
        LinkPart(links[3:6]),
        LinkPart(links[6:]),
    ]
