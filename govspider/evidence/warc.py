"""Kept evidence as WARC 1.1, the format that archives and courts know.

Each page becomes a request and a response record, with the address, the time and the headers
of the moment it was seen. A page that its server called unchanged (304) becomes a revisit record, which names the
response record of the bytes it stands on. Bodies are stored decoded, so the headers that described the coding
on the wire are renamed, not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# they described bytes on the wire that were decoded since; a reader would try to undo them again
_WIRE_HEADERS = {"content-encoding", "transfer-encoding", "content-length"}
# no header begins with it: such a name is what the crawl itself says of headers it did not keep
_OURS = ":"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page with its kept bytes, as it was seen."""

    url: str
    fetched_at: datetime
    status: int
    sha256: str
    body: bytes
    request_headers: Mapping[str, str]
    response_headers: Mapping[str, str]
    bytes_at: datetime | None = None
    """When the bytes came, where the server called the page unchanged (304) at `fetched_at`."""
    not_modified_headers: Mapping[str, str] = field(default_factory=dict)


def write_warc(file: BinaryIO, pages: Iterable[KeptPage], software: str) -> int:
    """Write pages as WARC to an open binary file and return their number.

    Parameters: `software` name and version for the warcinfo record.
    """
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record("", {"software": software, "format": "WARC File Format 1.1"}))
    count = 0
    written: set[tuple[str, datetime]] = set()
    for page in pages:
        if page.bytes_at is None:
            written.add((page.url, page.fetched_at))
            response = _response(writer, page)
        else:
            if (page.url, page.bytes_at) not in written:  # the look that brought the bytes is no longer there
                writer.write_record(_response(writer, replace(page, fetched_at=page.bytes_at)))
                written.add((page.url, page.bytes_at))
            response = _revisit(writer, page, page.bytes_at)
        writer.write_request_response_pair(_request(writer, page), response)
        count += 1
    return count


def _times(page: KeptPage) -> dict[str, str]:
    return {"WARC-Date": _instant(page.fetched_at)}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _request(writer: WARCWriter, page: KeptPage) -> object:
    parts = urlsplit(page.url)
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    headers = [("Host", parts.netloc), *page.request_headers.items()]
    http = StatusAndHeaders(f"GET {target} HTTP/1.1", headers, is_http_request=True)
    return writer.create_warc_record(page.url, "request", http_headers=http, warc_headers_dict=_times(page))


def _response(writer: WARCWriter, page: KeptPage) -> object:
    headers = [(_name(name), value) for name, value in page.response_headers.items()]
    headers.append(("Content-Length", str(len(page.body))))
    http = StatusAndHeaders(f"{page.status} {_phrase(page.status)}", headers, protocol="HTTP/1.1")
    return writer.create_warc_record(
        page.url, "response", payload=BytesIO(page.body), http_headers=http, warc_headers_dict=_times(page)
    )


def _revisit(writer: WARCWriter, page: KeptPage, bytes_at: datetime) -> object:
    """A 304: a record without the bytes that names the one which has them (WARC 1.1, 6.7.3)."""
    headers = [(_name(name), value) for name, value in page.not_modified_headers.items()]
    refers = {
        "WARC-Profile": _NOT_MODIFIED,
        "WARC-Refers-To-Target-URI": page.url,
        "WARC-Refers-To-Date": _instant(bytes_at),
        "WARC-Payload-Digest": f"sha256:{page.sha256}",
    }
    http = StatusAndHeaders(f"304 {_phrase(304)}", headers, protocol="HTTP/1.1")
    return writer.create_warc_record(
        page.url, "revisit", payload=BytesIO(), http_headers=http, warc_headers_dict={**_times(page), **refers}
    )


def _name(kept: str) -> str:
    """Name under which a kept header is exported: what was on the wire only, and our own mark, are told apart."""
    if kept.startswith(_OURS):
        return f"X-Wire-Headers-{kept.removeprefix(_OURS).title()}"
    return f"X-Wire-{kept}" if kept.lower() in _WIRE_HEADERS else kept


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # such as 521, which no standard names
        return "Unnamed"
