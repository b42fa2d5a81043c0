#!/usr/bin/env python3
"""Kept evidence: show where bytes were seen, verify them, export them as WARC, drop what retention allows."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.evidence import PageEvidence, all_hashes, mark_dropped, outlived, pages_of_hash, pages_of_site
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.evidence.readings import drop_readings
from govspider.evidence.store import EvidenceDamagedError, EvidenceMissingError, EvidenceStore
from govspider.evidence.warc import KeptPage, write_warc
from govspider.extract.readings import code_version

_BAD_INPUT, _INCOMPLETE = 2, 3
_SOFTWARE = "govspider"


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    store = EvidenceStore(Path(chosen.folder))
    try:
        engine = make_engine(ready_database(os.environ))
        code: int = chosen.act(chosen, store, engine)
    except (EvidenceMissingError, EvidenceDamagedError, DatabaseUnusableError, ValueError) as error:
        print(f"evidence: {error}", file=sys.stderr)
        return _BAD_INPUT
    except DatabaseError as error:
        print(f"evidence: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    folder = os.environ.get("GOVSPIDER_EVIDENCE", "evidence")
    parser.add_argument("--folder", default=folder, help=f"证据目录（默认 {folder}）")
    commands = parser.add_subparsers(required=True)
    show = commands.add_parser("show", help="显示某一证据的来源，--body 输出原始字节")
    show.add_argument("sha256")
    show.add_argument("--body", action="store_true")
    show.set_defaults(act=_show)
    verify = commands.add_parser("verify", help="核对全部证据与其哈希是否一致")
    verify.set_defaults(act=_verify)
    export = commands.add_parser("export", help="将某网站的证据导出为 WARC")
    export.add_argument("site", help="网站标识码")
    export.add_argument("--output", type=Path, required=True, help="输出文件，例如 evidence.warc.gz")
    export.set_defaults(act=_export)
    prune = commands.add_parser("prune", help="删除超过保存期限且不涉及未结问题的证据")
    # two years: an appeal against a notice, and the review of the year after, can still be answered
    kept = os.environ.get("GOVSPIDER_EVIDENCE_KEEP_DAYS", "730")
    prune.add_argument("--keep-days", default=kept, help=f"保存天数（默认 {kept}）")
    prune.set_defaults(act=_prune)
    return parser


def _show(chosen: argparse.Namespace, store: EvidenceStore, engine: Engine) -> int:
    body = store.read(chosen.sha256)
    if chosen.body:
        sys.stdout.buffer.write(body)
        return 0
    print(f"{chosen.sha256}  {len(body)} 字节")
    for page in pages_of_hash(engine, chosen.sha256):
        seen, status = page.fetched_at.isoformat(), f"HTTP {page.status}"
        if page.bytes_at is not None:
            status = f"HTTP 304（未修改，内容为 {page.bytes_at.isoformat()} 收到的）"
        print(f"{seen}  {status}  {page.role}  {page.site_code} {page.site_name}  {page.final_url}")
    return 0


def _verify(_chosen: argparse.Namespace, store: EvidenceStore, engine: Engine) -> int:
    faults = 0
    hashes = all_hashes(engine)
    for sha256 in hashes:
        try:
            store.read(sha256)
        except (EvidenceMissingError, EvidenceDamagedError) as error:
            faults += 1
            print(error)
    print(f"核对 {len(hashes)} 份证据，{faults} 份缺失或损坏")
    return _INCOMPLETE if faults else 0


def _export(chosen: argparse.Namespace, store: EvidenceStore, engine: Engine) -> int:
    pages = pages_of_site(engine, chosen.site)
    if not pages:
        raise ValueError(f"没有网站标识码为 {chosen.site!r} 的证据；请核对标识码")
    with chosen.output.open("wb") as file:
        count = write_warc(file, _kept(pages, store), _SOFTWARE)
    print(f"已导出 {count} 个页面到 {chosen.output}")
    return 0


def _kept(pages: Sequence[PageEvidence], store: EvidenceStore) -> Iterator[KeptPage]:
    for page in pages:
        yield KeptPage(
            url=page.final_url,
            fetched_at=page.fetched_at,
            status=page.status,
            sha256=page.sha256,
            body=store.read(page.sha256),
            request_headers=page.request_headers,
            response_headers=page.response_headers,
            bytes_at=page.bytes_at,
            not_modified_headers=page.not_modified_headers or {},
        )


def _prune(chosen: argparse.Namespace, store: EvidenceStore, engine: Engine) -> int:
    if not chosen.keep_days.isdigit() or int(chosen.keep_days) < 1:
        raise ValueError(f"--keep-days {chosen.keep_days!r} 应为至少 1 的整数（天）")
    now = datetime.now(UTC)
    hashes = outlived(engine, now - timedelta(days=int(chosen.keep_days)))
    dropped = sum(store.drop(sha256) for sha256 in hashes)
    mark_dropped(engine, hashes, now)
    print(f"已删除 {dropped} 份超过 {chosen.keep_days} 天的证据")
    readings = drop_readings(store.folder, code_version(), (now - timedelta(days=int(chosen.keep_days))).timestamp())
    print(f"已删除 {readings} 个不再有用的读取结果文件")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
