"""What was read from repeated blocks is kept within bounds, and nothing that was seen once."""

from __future__ import annotations

from lxml.html import HtmlElement, fragment_fromstring

from govspider.extract.document.block_memory import BlockMemory, digest_of


def element(text: str) -> HtmlElement:
    return fragment_fromstring(f"<ul><li>{text}</li></ul>")


def test_markup_is_known_from_the_second_time_on() -> None:
    memory = BlockMemory(10_000, 100)
    found = [memory.repeated(element("栏目"), "menu") for _ in range(3)]
    assert found == [None, digest_of(element("栏目")), digest_of(element("栏目"))]


def test_what_follows_an_element_is_no_part_of_its_markup() -> None:
    followed = fragment_fromstring("<div><ul><li>栏目</li></ul>其后</div>")[0]
    assert digest_of(followed) == digest_of(element("栏目"))


def test_a_name_that_always_stands_for_something_new_is_seldom_written_out() -> None:
    memory = BlockMemory(10_000, 100)
    for number in range(20):
        assert memory.repeated(element(f"正文{number}"), "text") is None
    tried = [memory.repeated(element("正文"), "text") is not None for _ in range(48)]
    assert sum(tried) >= 1
    assert memory.repeated(element("正文"), "another name") == digest_of(element("正文"))


def test_memory_is_bounded_and_forgets_the_oldest_answer() -> None:
    memory = BlockMemory(2_000, 100)
    for number in range(50):
        memory.put(number, f"answer {number}", 300)
    assert memory.get(0) is None
    assert [number for number in range(50) if memory.get(number)] == [46, 47, 48, 49]


def test_an_answer_that_was_asked_for_stays_longer_than_one_that_was_not() -> None:
    memory = BlockMemory(2_000, 100)
    for number in range(4):
        memory.put(number, "answer", 300)
    memory.get(0)
    memory.put(4, "answer", 300)
    assert (memory.get(0), memory.get(1)) == ("answer", None)


def test_what_was_seen_long_ago_is_new_again() -> None:
    memory = BlockMemory(10_000, 5)
    memory.repeated(element("旧"), "old")
    for number in range(20):
        memory.repeated(element(f"新{number}"), f"name {number}")
    assert memory.repeated(element("旧"), "old") is None
