#!/usr/bin/env python3
"""人工复核：列出待复核的问题，逐个或成批确认、核减，或用 xlsx 往返；导入其他厂商的表述检查结果。复核后立即重新判定。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.review_queue import QueuedFinding, read_queue, read_states
from govspider.db.reviews import UnknownFindingError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.entries import Origin, Reject
from govspider.judging import DEFAULT_RUBRIC, RubricError
from govspider.judging.reviewing import DECISION_WORDS, ReviewError, ReviewRequest, ReviewResult, is_decided, review
from govspider.judging.vendor_reports import VendorFile, take_vendor_reports
from govspider.registry.reject_file import reject_path, write_rejects
from govspider.registry.tables import RegistryFileError
from govspider.registry.vendor_rows import read_vendor_table
from govspider.reports.filled_form import FilledFormError
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.review_form import read_review, review_header, review_xlsx
from govspider.reports.review_list import GROUPS, finding_lines, group_lines
from govspider.reports.review_session import ReviewSession
from govspider.reports.terminal_text import visible
from govspider.reports.words import words

_BAD_INPUT, _INCOMPLETE = 2, 3
_STATES = ("suspected", "confirmed", "dismissed", "exempted", "notified", "fixed", "regressed")
_WAITING = ["suspected", "regressed"]
_SHEET = "问题复核"
_SHOWN = 20
_REFUSALS = (
    UnknownFindingError,
    ReviewError,
    RubricError,
    DatabaseAddressError,
    UnknownPeriodError,
    FilledFormError,
    RegistryFileError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done (rejected rows are in the reject file), 2 bad input, 3 database not usable."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.act(make_engine(ready_database(os.environ)), chosen)
    except _REFUSALS as error:
        print(f"review: {visible(str(error))}", file=sys.stderr)
        return _BAD_INPUT
    except OSError as error:
        print(f"review: 无法读写 {error.filename}：{error.strerror}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"review: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


# ── arguments ───────────────────────────────────────────────────────────────────────────────


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True)
    listing = commands.add_parser("list", help="列出问题")
    listing.add_argument("--state", choices=_STATES, action="append", help="状态，可重复（默认 suspected、regressed）")
    listing.add_argument("--group", choices=GROUPS, help="按位置、域名、规则、网站或类型分组，只列各组的数目")
    listing.set_defaults(act=_list)
    work = commands.add_parser("work", help="逐个复核：每个问题一个按键")
    work.add_argument("--group", choices=GROUPS, default="rule", help="C、D 键作用的组（默认 rule）")
    work.set_defaults(act=_work)
    for decision, told in (("confirm", "确认问题"), ("dismiss", "核减问题（误报），必须说明理由")):
        command = commands.add_parser(decision, help=f"{told}：一个、几个，或按条件成批")
        command.add_argument("finding", nargs="*", metavar="FINDING", help="问题编号，或指纹的前 8 位以上")
        command.add_argument("--reason", default="", metavar="TEXT", help="理由")
        command.add_argument("--yes", action="store_true", help="按条件成批时不再询问")
        command.set_defaults(act=_decide, decision=decision)
        _selectors(command)
        _reviewer(command)
    for command in (listing, work):
        _selectors(command)
    _reviewer(work)
    _forms(commands)
    return parser


def _forms(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser("export", help="导出复核表（xlsx）")
    export.add_argument("file", type=Path, metavar="FILE", help="xlsx 文件")
    export.add_argument("--state", choices=_STATES, action="append", help="状态，可重复（默认 suspected、regressed）")
    export.set_defaults(act=_export)
    _selectors(export)
    back = commands.add_parser("import", help="导入填写好的复核表")
    back.add_argument("file", type=Path, metavar="FILE", help="xlsx 文件")
    back.add_argument("--replace", action="store_true", help="允许更改导出以后已有的复核结论")
    back.set_defaults(act=_import)
    vendor = commands.add_parser("import-vendor", help="导入其他厂商的表述检查结果（xlsx 或 csv）")
    vendor.add_argument("file", type=Path, metavar="FILE", help="xlsx 或 csv 文件")
    vendor.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    vendor.add_argument("--vendor", required=True, metavar="NAME", help="厂商名称：与其问题一起显示")
    vendor.add_argument("--reviewer", default="", metavar="NAME", help="复核人（表中没有“复核人”列时）")
    vendor.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    vendor.set_defaults(act=_import_vendor)


def _selectors(command: argparse.ArgumentParser) -> None:
    command.add_argument("--kind", choices=sorted(words("kinds")), action="append", help="问题类型，可重复")
    command.add_argument("--site", action="append", metavar="CODE", help="网站标识码，可重复")
    command.add_argument("--rule", metavar="TEXT", help="规则（list --group rule 所列）")
    command.add_argument("--domain", metavar="HOST", help="域名（list --group domain 所列）")
    command.add_argument("--container", metavar="TEXT", help="所在位置（list --group container 所列）")


def _reviewer(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reviewer", required=True, metavar="NAME", help="复核人")


def _queue(engine: Engine, chosen: argparse.Namespace, states: Sequence[str]) -> list[QueuedFinding]:
    with engine.connect() as connection:
        findings = read_queue(connection, states, chosen.kind or (), chosen.site or ())
    wanted = {name: getattr(chosen, name) for name in ("rule", "domain", "container")}
    asked = {name: value for name, value in wanted.items() if value is not None}
    return [one for one in findings if all(one.group(name) == value for name, value in asked.items())]


# ── what the commands do ────────────────────────────────────────────────────────────────────


def _list(engine: Engine, chosen: argparse.Namespace) -> None:
    findings = _queue(engine, chosen, chosen.state or _WAITING)
    if chosen.group:
        for line in group_lines(findings, chosen.group):
            print(line)
    else:
        for finding in findings:
            for line in finding_lines(finding):
                print(line)
    print(f"共 {len(findings)} 项")


def _work(engine: Engine, chosen: argparse.Namespace) -> None:
    ReviewRequest("", "confirm", chosen.reviewer).check()
    session = ReviewSession(chosen.reviewer, chosen.group, input, print)
    try:
        requests = session.run(_queue(engine, chosen, _WAITING))
    except KeyboardInterrupt:  # what was decided before counts
        print()
        requests = session.requests
    _store(engine, requests)


def _decide(engine: Engine, chosen: argparse.Namespace) -> None:
    keys = list(chosen.finding)
    ReviewRequest("", chosen.decision, chosen.reviewer, chosen.reason).check()
    if not keys:
        keys = _chosen_in_bulk(engine, chosen)
    _store(engine, [ReviewRequest(key, chosen.decision, chosen.reviewer, chosen.reason) for key in keys])


def _chosen_in_bulk(engine: Engine, chosen: argparse.Namespace) -> list[str]:
    """Fingerprints that the conditions choose, once a person has seen how many there are."""
    if not any((chosen.kind, chosen.site, chosen.rule, chosen.domain, chosen.container)):
        raise ReviewError("请给出问题编号，或用 --kind、--site、--rule、--domain、--container 选出一批")
    findings = [one for one in _queue(engine, chosen, _WAITING) if not is_decided(one.state, chosen.decision)]
    if findings and not chosen.yes:
        for line in group_lines(findings, "rule"):
            print(line)
        if not sys.stdin.isatty():
            raise ReviewError(f"条件选中 {len(findings)} 项：成批复核请加 --yes")
        if input(f"{DECISION_WORDS[chosen.decision]}这 {len(findings)} 项？输入 y 继续 > ").strip().lower() != "y":
            raise ReviewError("没有复核任何问题")
    return [finding.fingerprint for finding in findings]


def _store(engine: Engine, requests: Sequence[ReviewRequest]) -> None:
    found = review(engine, requests, datetime.now(UTC))
    for request, line in zip(requests, found.decided, strict=True):
        print(f"问题 {visible(line)} 已{DECISION_WORDS[request.decision]}")
    _tell(found)


def _tell(found: ReviewResult) -> None:
    again = "、".join(f"{period}（{rubric}）" for period, rubric in found.judgings)
    print(f"复核 {len(found.decided)} 项")
    print(f"已重新判定：{again}" if again else "没有需要重新判定的监测周期")


def _export(engine: Engine, chosen: argparse.Namespace) -> None:
    findings = _queue(engine, chosen, chosen.state or _WAITING)
    chosen.file.write_bytes(review_xlsx(findings))
    print(f"已导出 {chosen.file}：{len(findings)} 项；填写“结论”“理由”“复核人”三列后用 import 导入")


def _import(engine: Engine, chosen: argparse.Namespace) -> None:
    with engine.connect() as connection:
        known = read_states(connection)
    form = read_review(chosen.file, known, replace=chosen.replace)
    rejects = [Reject(Origin(_SHEET, row.number, row.cells), reason) for row, reason in form.rejected]
    _tell(review(engine, form.requests, datetime.now(UTC)))
    print(f"与现状相同 {form.unchanged} 项，未填写 {form.empty} 项，退回 {len(rejects)} 项")
    _write_rejects(chosen.file, rejects, {_SHEET: review_header()})


def _import_vendor(engine: Engine, chosen: argparse.Namespace) -> None:
    if not chosen.vendor.strip():
        raise ReviewError("--vendor 是空的：请写明厂商名称")
    table = read_vendor_table(chosen.file)
    source = VendorFile(chosen.vendor.strip(), chosen.file.name, chosen.reviewer.strip())
    labels = (chosen.period, chosen.rubric)
    found = take_vendor_reports(engine, labels, table.reports, source, datetime.now(UTC))
    rejects = [*table.rejects, *(Reject(report.origin, reason) for report, reason in found.rejected)]
    print(f"导入 {found.accepted} 项，其中 {found.shared} 项本软件也已发现（不重复计数），随表复核 {found.decided} 项")
    print(f"文件中重复 {table.repeated} 项，退回 {len(rejects)} 项；已重新判定：{chosen.period}（{chosen.rubric}）")
    _write_rejects(chosen.file, rejects, table.headers)


def _write_rejects(file: Path, rejects: Sequence[Reject], headers: dict[str, tuple[str, ...]]) -> None:
    if not rejects:
        return
    path = reject_path(file)
    write_rejects(path, rejects, headers)
    for reject in rejects[:_SHOWN]:
        print(f"第 {reject.origin.row} 行：{visible(reject.reason)}", file=sys.stderr)
    print(f"退回的行见 {path}", file=sys.stderr)


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
