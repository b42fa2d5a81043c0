"""Evidence in the archive format of others."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator

from govspider.evidence.warc import KeptPage, write_warc

_BODY = "<title>云景市</title>".encode("gb18030")


def _page() -> KeptPage:
    return KeptPage(
        url="http://www.yunjing-demo.gov.cn/zwgk/?page=1",
        fetched_at=datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC),
        status=521,
        sha256=hashlib.sha256(_BODY).hexdigest(),
        body=_BODY,
        request_headers={"User-Agent": "govspider"},
        response_headers={"Content-Type": "text/html; charset=GBK", "Content-Encoding": "gzip", ":cut": "2 of 9"},
    )


def test_a_page_is_exported_with_its_time_headers_and_bytes() -> None:
    file = BytesIO()
    assert write_warc(file, [_page()], "govspider") == 1
    file.seek(0)
    records = []
    for record in ArchiveIterator(file, check_digests="raise"):
        body = record.content_stream().read()
        records.append((record.rec_type, record.rec_headers.get_header("WARC-Date"), record.http_headers, body))
    kinds = [kind for kind, *_ in records]
    assert kinds.count("response") == kinds.count("request") == 1
    _, instant, http, body = next(record for record in records if record[0] == "response")
    assert instant == "2026-11-22T01:02:03.000000Z"
    assert http.get_statuscode() == "521"
    assert body == _BODY


def _unchanged() -> KeptPage:
    return replace(
        _page(),
        status=200,
        fetched_at=datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC),
        bytes_at=datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC),
        not_modified_headers={"Etag": '"a"'},
    )


def _records(*pages: KeptPage) -> list[tuple[str, str, str, str | None, bytes]]:
    file = BytesIO()
    assert write_warc(file, pages, "govspider") == len(pages)
    file.seek(0)
    found = []
    for record in ArchiveIterator(file, check_digests="raise"):
        if record.rec_type in ("response", "revisit"):
            said = record.rec_headers
            status, refers = record.http_headers.get_statuscode(), said.get_header("WARC-Refers-To-Date")
            body = record.content_stream().read()
            found.append((record.rec_type, said.get_header("WARC-Date"), status, refers, body))
    return found


def test_a_page_that_was_called_unchanged_refers_to_the_record_of_its_bytes() -> None:
    first, later = "2026-11-22T01:02:03.000000Z", "2026-11-24T01:02:03.000000Z"
    revisit = ("revisit", later, "304", first, b"")
    assert _records(_page(), _unchanged()) == [("response", first, "521", None, _BODY), revisit]
    # where the look that brought them is gone, its bytes still stand there, once
    assert _records(_unchanged(), _unchanged()) == [("response", first, "200", None, _BODY), revisit, revisit]


def test_headers_of_the_wire_coding_are_renamed_because_the_body_is_decoded() -> None:
    file = BytesIO()
    write_warc(file, [_page()], "govspider")
    file.seek(0)
    responses = [record.http_headers for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert responses[0].get_header("Content-Encoding") is None
    assert responses[0].get_header("X-Wire-Content-Encoding") == "gzip"
    assert responses[0].get_header("X-Wire-Headers-Cut") == "2 of 9"
