#!/usr/bin/env python3
"""Show everything the extractors see in a saved page, as one JSON object."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from govspider.extract.document.page import Page
from govspider.extract.inspection import KINDS, inspect
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.terminal import plain_json

_BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="保存的网页文件")
    parser.add_argument("--url", required=True, help="网页的网址")
    parser.add_argument("--now", required=True, help="查看时间，ISO 8601，例如 2026-11-22T09:00:00+08:00")
    parser.add_argument("--kind", default="auto", choices=KINDS, help="网页种类")
    parser.add_argument("--content-type", default=None, help="HTTP 头 Content-Type（可省略）")
    parser.add_argument("--part", action="append", default=[], metavar="FILE=URL", help="同属该页的框架或页脚脚本")
    chosen = parser.parse_args(arguments)
    try:
        page = Page(chosen.url, _read(chosen.file), chosen.content_type)
        parts = [_part(text) for text in chosen.part]
        seen = inspect(page, _instant(chosen.now), chosen.kind, parts)
    except ValueError as error:
        print(f"inspect_page: {error}", file=sys.stderr)
        return _BAD_INPUT
    print(plain_json(seen))
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"无法读取文件 {path}：{error.strerror}") from error


def _part(text: str) -> Page:
    path, mark, url = text.partition("=")
    if not mark or not url:
        raise ValueError(f"--part {text!r} 应写作 文件=网址")
    return Page(url, _read(Path(path)))


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"--now {text!r} 不是 ISO 8601 时间，例如 2026-11-22T09:00:00+08:00") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo("Asia/Shanghai"))


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
