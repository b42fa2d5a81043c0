"""Kept evidence as WARC 1.1, the format that archives and courts know.

Each page becomes a request and a response record, with the address, the time and the headers
of the moment it was seen. Bodies are stored decoded, so the headers that described the coding
on the wire are renamed, not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


def write_warc(file: BinaryIO, pages: Iterable[KeptPage], software: str) -> int:
    """Write pages as WARC to an open binary file and return their number.

    Parameters: `software` name and version for the warcinfo record.
    """
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record("", {"software": software, "format": "WARC File Format 1.1"}))
    count = 0
    for page in pages:
        response = _response(writer, page)
        writer.write_request_response_pair(_request(writer, page), response)
        count += 1
    return count


def _times(page: KeptPage) -> dict[str, str]:
    instant = page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {"WARC-Date": instant}


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
