"""The chain of downloader middlewares means what Scrapy's means: order, short cuts, and what is refused."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from scrapy import Request
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from govspider.throttle.direct_middlewares import DirectMiddlewares

ASKED = Request("http://www.x.gov.cn/")
ELSEWHERE = Request("http://www.x.gov.cn/elsewhere")
ANSWER = Response("http://www.x.gov.cn/")


class Middleware:
    """Writes down what it is asked, and says what it was given to say."""

    def __init__(self, name: str, log: list[str], *, request: Any = None, response: Any = ANSWER, wait: bool) -> None:
        self.name, self.log, self.wait = name, log, wait
        self.said = {"request": request, "response": response, "exception": None}

    def _say(self, what: str) -> Any:
        self.log.append(f"{self.name} {what}")
        said = self.said[what]

        async def later() -> Any:
            await asyncio.sleep(0)
            return said

        return later() if self.wait else said

    def process_request(self, request: Request) -> Any:
        return self._say("request")

    def process_response(self, request: Request, response: Response) -> Any:
        return self._say("response")

    def process_exception(self, request: Request, exception: Exception) -> Any:
        return self._say("exception")


def went(kind: type[DownloaderMiddlewareManager], said: dict[str, Any], *, wait: bool, fails: bool = False) -> Any:
    """What came of a request, and who was asked in which order; the second of three middlewares says `said`."""
    log: list[str] = []
    chain = kind(
        Middleware("first", log, wait=wait),
        Middleware("second", log, wait=wait, **said),
        Middleware("third", log, wait=wait),
        crawler=get_crawler(),
    )

    async def download(request: Request) -> Response:
        log.append("download")
        if fails:
            raise OSError("no answer")
        return ANSWER

    async def ask() -> Any:
        try:
            return await chain.download_async(download, ASKED)
        except OSError as error:
            return str(error)

    return asyncio.run(ask()), log


@pytest.mark.parametrize("wait", [False, True])
@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize(
    "said", [{}, {"request": ANSWER}, {"request": ELSEWHERE}, {"response": ELSEWHERE}, {"response": Response("b:")}]
)
def test_whatever_a_middleware_says_it_goes_on_as_in_scrapy(said: dict[str, Any], wait: bool, fails: bool) -> None:
    ours = went(DirectMiddlewares, said, wait=wait, fails=fails)
    assert ours == went(DownloaderMiddlewareManager, said, wait=wait, fails=fails)
    assert len(ours[1]) > 1


@pytest.mark.parametrize("wait", [False, True])
@pytest.mark.parametrize("said", [{"request": "a word"}, {"response": None}])
def test_a_middleware_that_says_something_else_is_named(said: dict[str, Any], wait: bool) -> None:
    with pytest.raises(TypeError, match=r"Middleware\.process_re"):
        went(DirectMiddlewares, said, wait=wait)
