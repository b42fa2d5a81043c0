"""Walls are recognised in every encoding, and a page that cannot be one is not searched for them."""

from __future__ import annotations

import re

import pytest

from govspider.extract.document import challenge
from govspider.extract.document.challenge import find_challenge
from govspider.extract.lexicons import read_lexicon

CHALLENGES = [entry for entry in read_lexicon("challenges")["challenges"] if "body" in entry]
YUNDUN = "<html><body>您的请求带有不合法参数，已被网站管理员设置拦截</body></html>"


@pytest.mark.parametrize("entry", CHALLENGES, ids=lambda entry: entry["why"])
def test_every_way_to_match_holds_one_of_the_words_that_are_looked_for_first(entry: dict[str, object]) -> None:
    plain = str(entry["body"])
    inner = re.search(r"\(\?:([^()]*\|[^()]*)\)\[\^<\]", plain)
    for way in inner.group(1).split("|") if inner else re.split(r"\|(?![^(\[]*[)\]])", plain):
        letters = way.replace("\\", "").lower()
        needs = [str(word) for word in entry["needs"]]  # type: ignore[attr-defined]
        assert any(word in letters for word in needs), f"{way!r} of {entry['name']} holds none of {needs}"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_wall_is_known_in_every_encoding(encoding: str) -> None:
    headers = {"Content-Type": f"text/html; charset={encoding}"}
    assert find_challenge(200, headers, YUNDUN.encode(encoding)) == "宝塔防火墙"


def test_letter_case_does_not_hide_a_wall() -> None:
    body = b"<html><script src='/x/BTWAF.js'></script></html>"
    assert find_challenge(403, {"Content-Type": "text/html"}, body) == "宝塔防火墙"


def test_a_wall_told_by_its_headers_needs_no_words() -> None:
    assert find_challenge(200, {"CF-Mitigated": "challenge"}, b"<html></html>") == "Cloudflare"


def test_a_page_with_a_word_of_a_wall_and_much_to_read_is_a_page() -> None:
    body = f"<html><body>btwaf<p>{'公开信息' * 400}</p></body></html>".encode()
    assert find_challenge(200, {"Content-Type": "text/html; charset=utf-8"}, body) is None


def test_a_word_that_overlaps_another_one_is_told_as_well() -> None:
    body = b"<html><script src='//btwaf-static.tencent.com/a.js'></script></html>"
    assert find_challenge(200, {"Content-Type": "text/html"}, body) == "腾讯云防火墙"


def test_an_answer_that_is_asked_about_again_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = []
    monkeypatch.setattr(challenge, "_find", lambda body, status, _: searched.append((status, body)))
    for number in range(3):
        for status in (200, 403):
            find_challenge(status, {"Server": "once"}, b"page %d" % number)
            find_challenge(status, {"server": "once"}, bytes(bytearray(b"page %d" % number)))
    assert searched == [(status, b"page %d" % number) for number in range(3) for status in (200, 403)]
