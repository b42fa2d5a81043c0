"""Bodies that would swallow the inspector, and link checks that read no more than they need."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.loopback.recording_server import Asked, Reply, serving
from tests.throttle.asking import ask

_NO_ROBOTS = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_MAXSIZE": 1_000_000}


def _endless() -> Iterator[bytes]:
    for _ in range(2000):
        yield b"x" * 65536


def test_a_body_without_end_is_too_big() -> None:
    with serving(lambda asked: Reply(chunks=_endless, headers={"Content-Type": "text/html"})) as server:
        [answer] = ask([server.address], settings=_NO_ROBOTS)
    assert answer["failure"] == "too_big"


def test_a_list_of_fifty_megabytes_is_too_big_and_most_of_it_is_never_taken() -> None:
    """With the product's own limit: what a column of this size is, no reader ever sees."""
    row = '<li><a href="/tzgg/{0}.html">关于第{0}号事项的通知公告</a><span>2026-09-12</span></li>'
    chunk = "".join(row.format(number) for number in range(1000)).encode()
    chunks = 50_000_000 // len(chunk)
    given = 0

    def rows() -> Iterator[bytes]:
        nonlocal given
        for _ in range(chunks):
            given += 1
            yield chunk

    with serving(lambda asked: Reply(chunks=rows, headers={"Content-Type": "text/html"})) as server:
        [answer] = ask([server.address], settings={"ROBOTSTXT_OBEY": False, "RETRY_TIMES": 0})
    assert answer["failure"] == "too_big"
    assert 0 < given < chunks


def test_a_body_announced_too_big_is_not_read() -> None:
    def answer(_asked: Asked) -> Reply:
        return Reply(chunks=_endless, headers={"Content-Type": "text/html", "Content-Length": str(1 << 30)})

    with serving(answer) as server:
        [answered] = ask([server.address], settings=_NO_ROBOTS)
    assert answered["failure"] == "too_big"


def test_a_gzip_bomb_is_too_big() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    with serving(lambda asked: Reply(body=bomb, headers=headers)) as server:
        [answer] = ask([server.address], settings={**_NO_ROBOTS, "RETRY_TIMES": 0})
    assert answer["failure"] == "too_big"


def test_a_link_check_reads_only_the_headers_of_an_image() -> None:
    def answer(_asked: Asked) -> Reply:
        return Reply(chunks=_endless, headers={"Content-Type": "image/png"})

    with serving(answer) as server:
        [answered] = ask([server.address], settings=_NO_ROBOTS, links=True)
    assert (answered["status"], answered["failure"], answered["size"]) == (200, None, 0)


def test_a_link_check_reads_the_beginning_of_a_page() -> None:
    with serving(lambda asked: Reply(chunks=_endless, headers={"Content-Type": "text/html"})) as server:
        [answered] = ask([server.address], settings=_NO_ROBOTS, links=True)
    assert answered["status"] == 200
    assert 65536 <= answered["size"] < 1_000_000


def test_a_redirect_without_end_is_named() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(302, headers={"Location": asked.url + "x"})

    with serving(answer) as server:
        [answered] = ask([server.address + "/a"], settings=_NO_ROBOTS)
    assert answered["failure"] == "redirect_loop"


def test_a_refused_connection_is_told_from_a_silent_one() -> None:
    with serving(lambda asked: Reply()) as server:
        address = server.address
    [answered] = ask([address], settings={**_NO_ROBOTS, "RETRY_TIMES": 0})
    assert answered["failure"] == "refused"


def test_an_address_that_is_none_is_an_answer_not_an_exception() -> None:
    answers = ask(["no address at all", "http://[broken/"], settings=_NO_ROBOTS)
    assert [answer["failure"] for answer in answers] == ["protocol", "protocol"]
