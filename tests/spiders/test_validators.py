"""What is sent to ask whether a page changed, and which "no" is believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from govspider.items import EarlierPage
from govspider.spiders.validators import conditions_for, doubt_about

DATE = "Sun, 22 Nov 2026 08:00:00 GMT"
A_MINUTE_BEFORE = "Sun, 22 Nov 2026 07:59:00 GMT"
WITHIN_IT = "Sun, 22 Nov 2026 07:59:01 GMT"
SENT = {"User-Agent": "govspider", "Accept": "text/html"}


def earlier(**answered: str) -> EarlierPage:
    headers = {"Date": DATE, **{name.replace("_", "-"): value for name, value in answered.items()}}
    return EarlierPage("http://a/", datetime(2026, 11, 22, tzinfo=UTC), "f" * 64, SENT, headers)


def sent_for(**answered: str) -> dict[str, str]:
    sent = conditions_for(earlier(**answered))
    if sent:
        assert (sent.pop("Cache-Control"), sent.pop("Pragma")) == ("no-cache", "no-cache")
    return sent


@pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', '""', '"5f-62b;gzip"'])
def test_a_tag_is_sent_back_as_it_came(etag: str) -> None:
    assert sent_for(ETag=etag) == {"If-None-Match": etag}


@pytest.mark.parametrize("etag", ["abc", '"a", "b"', '"é"', 'w/"abc"', '"a\r\nX: y"', '"' + "a" * 600 + '"', '"a" '])
def test_what_is_no_tag_is_not_sent(etag: str) -> None:
    assert sent_for(ETag=etag) == {}


def test_a_time_is_sent_only_where_it_is_a_minute_older_than_its_answer() -> None:
    assert sent_for(Last_Modified=A_MINUTE_BEFORE) == {"If-Modified-Since": A_MINUTE_BEFORE}
    assert sent_for(Last_Modified=WITHIN_IT) == {}
    assert sent_for(Last_Modified=WITHIN_IT, ETag='"a"') == {"If-None-Match": '"a"'}
    assert sent_for(Last_Modified=A_MINUTE_BEFORE, Date="") == {}


@pytest.mark.parametrize("written", ["2026-11-21", "Sun, 31 Feb 2026 08:00:00 GMT", "Sun, 22 Nov 2026 07:00:00 +0800"])
def test_a_time_that_is_none_is_not_sent(written: str) -> None:
    assert sent_for(Last_Modified=written) == {}


@pytest.mark.parametrize("header", [{"Vary": "*"}, {"Cache_Control": "private, No-Store"}, {":cut": "2 of 9"}])
def test_answers_that_were_for_once_only_are_no_ground(header: dict[str, str]) -> None:
    assert sent_for(ETag='"a"', **header) == {}


def doubt(before: dict[str, str], answered: dict[str, str], **sent: str) -> str:
    page = earlier(**before)
    return doubt_about(page, {**SENT, **conditions_for(page), **sent}, answered)


def test_an_answer_that_fits_is_believed() -> None:
    for etag, named in (('"a"', '"a"'), ('W/"a"', '"a"'), ('"a"', 'W/"a"'), ('W/"a"', 'W/"a"')):
        assert doubt({"ETag": etag}, {"Etag": named, "Date": DATE, "Age": "0"}) == ""
    assert doubt({"ETag": '"a"', "Content_Length": "700"}, {"Content-Length": "0"}) == ""
    assert doubt({"Last_Modified": A_MINUTE_BEFORE}, {"Last-Modified": A_MINUTE_BEFORE}) == ""
    assert doubt({"ETag": '"a"'}, {}) == ""


@pytest.mark.parametrize(
    "answered",
    [
        {"ETag": '"b"'},
        {"ETag": '"a-gzip"'},
        {"Last-Modified": DATE},
        {"Content-Length": "701"},
        {"Age": "3600"},
        {"Age": "-1"},
        {"Age": "soon"},
        {"Date": "Sat, 21 Nov 2026 08:00:00 GMT"},
    ],
    ids=str,
)
def test_an_answer_that_contradicts_what_was_known_is_doubted(answered: dict[str, str]) -> None:
    assert doubt({"ETag": '"a"', "Content_Length": "700", "Last_Modified": A_MINUTE_BEFORE}, answered)


def test_a_tag_that_was_not_asked_with_is_doubted() -> None:
    assert doubt({"Last_Modified": A_MINUTE_BEFORE}, {"ETag": '"a"'})


def test_an_answer_to_another_visitor_is_doubted() -> None:
    assert doubt({"ETag": '"a"'}, {}, **{"User-Agent": "govspider, contact somebody else"})
    assert doubt({"ETag": '"a"'}, {}, **{"Accept-Language": "zh"})
