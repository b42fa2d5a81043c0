#!/usr/bin/env python3
"""链接例外：在一段时间内不计入死链错链的链接，须写明理由、录入人和截止日期。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.link_exceptions import (
    UnknownExceptionError,
    UnknownSiteError,
    add_link_exception,
    end_link_exception,
    read_all_link_exceptions,
)
from govspider.db.period_labels import SHANGHAI
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.reports.reader_gone import end_when_the_reader_leaves

_BAD_INPUT, _INCOMPLETE = 2, 3
_LONGEST_DAYS = 366


class LinkExceptionError(ValueError):
    """An exception that lacks what it needs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 2 bad input, 3 database not usable; argparse itself exits with 2."""
    chosen = _parser().parse_args(arguments)
    try:
        engine = make_engine(ready_database(os.environ))
        chosen.act(engine, chosen, datetime.now(UTC))
    except (LinkExceptionError, UnknownSiteError, UnknownExceptionError, DatabaseAddressError) as error:
        print(f"link_exception: {error.args[0]}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"link_exception: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    add = commands.add_parser("add", help="录入一个例外")
    add.add_argument("target", metavar="URL", help="链接地址，或若干地址共同的开头")
    add.add_argument("--site", metavar="CODE", help="只对这个网站有效（网站标识码）；省略则对所有网站有效")
    add.add_argument("--reason", required=True, metavar="TEXT", help="理由")
    add.add_argument("--author", required=True, metavar="NAME", help="录入人")
    add.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD", help="首日（默认今天）")
    add.add_argument("--until", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD", help="末日")
    add.set_defaults(act=_add)
    end = commands.add_parser("end", help="让一个例外在今天结束")
    end.add_argument("number", type=int, metavar="NUMBER", help="例外编号")
    end.set_defaults(act=_end)
    commands.add_parser("list", help="列出全部例外").set_defaults(act=_list)
    return parser


def _add(engine: Engine, chosen: argparse.Namespace, now: datetime) -> None:
    first = chosen.first or now.astimezone(SHANGHAI).date()
    reason, author, target = chosen.reason.strip(), chosen.author.strip(), chosen.target.strip()
    if not reason or not author:
        raise LinkExceptionError("--reason 和 --author 不能是空的：请写明理由和录入人")
    if not target.startswith(("http://", "https://")):
        raise LinkExceptionError(f"“{target}”不是 http 或 https 网址")
    if not 0 <= (chosen.until - first).days <= _LONGEST_DAYS:
        raise LinkExceptionError(f"期限 {first} 至 {chosen.until} 无效：末日不早于首日，且不超过一年")
    with engine.begin() as connection:
        days = (first, chosen.until)
        number = add_link_exception(
            connection, target, site_code=chosen.site, reason=reason, author=author, days=days, now=now
        )
    print(f"例外 {number}：{target}，{first} 至 {chosen.until}；重新判定（scripts/judge.py）后生效")


def _end(engine: Engine, chosen: argparse.Namespace, now: datetime) -> None:
    with engine.begin() as connection:
        ended = end_link_exception(connection, chosen.number, now.astimezone(SHANGHAI).date())
    print(f"例外 {ended.id} 至 {ended.expires_on} 止：{ended.target}")


def _list(engine: Engine, chosen: argparse.Namespace, now: datetime) -> None:
    with engine.connect() as connection:
        found = read_all_link_exceptions(connection)
    for one in found:
        site = one.site_code or "所有网站"
        print(f"{one.id}  {one.valid_from} 至 {one.expires_on}  {site}  {one.target}")
        print(f"    {one.reason}（{one.author}）")
    print(f"共 {len(found)} 项")


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
