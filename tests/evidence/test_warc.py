"""Evidence in the archive format of others."""

from __future__ import annotations

import hashlib
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


def test_headers_of_the_wire_coding_are_renamed_because_the_body_is_decoded() -> None:
    file = BytesIO()
    write_warc(file, [_page()], "govspider")
    file.seek(0)
    responses = [record.http_headers for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert responses[0].get_header("Content-Encoding") is None
    assert responses[0].get_header("X-Wire-Content-Encoding") == "gzip"
    assert responses[0].get_header("X-Wire-Headers-Cut") == "2 of 9"
