"""What persons know of domains (域名判定): a vendor, a counter, a social network, a public body, dark, expired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from govspider.items import DomainVerdict


class UnknownDomainError(LookupError):
    """A domain that nobody has judged."""


@dataclass(frozen=True, slots=True)
class JudgedDomain:
    """A domain and what a person says of it."""

    domain: str
    verdict: DomainVerdict
    reason: str
    author: str
    entered_at: datetime


def read_domain_verdicts(connection: Connection) -> dict[str, JudgedDomain]:
    """Every judged domain, by name."""
    query = text("select domain, verdict, reason, author, entered_at from domain_verdict order by domain")
    return {
        row.domain: JudgedDomain(row.domain, DomainVerdict(row.verdict), row.reason, row.author, row.entered_at)
        for row in connection.execute(query)
    }


def enter_domain_verdicts(connection: Connection, judged: Iterable[JudgedDomain]) -> int:
    """Enter verdicts, each in place of the domain's earlier one; returns how many."""
    statement = text("""
        insert into domain_verdict (domain, verdict, reason, author, entered_at)
        values (:domain, :verdict, :reason, :author, :entered_at)
        on conflict (domain) do update set verdict = excluded.verdict, reason = excluded.reason,
            author = excluded.author, entered_at = excluded.entered_at""")
    names = ("domain", "verdict", "reason", "author", "entered_at")
    rows = [dict(zip(names, astuple(one), strict=True)) for one in judged]
    if rows:
        connection.execute(statement, rows)
    return len(rows)


def forget_domain_verdict(connection: Connection, domain: str) -> None:
    """Take a verdict back. Raises UnknownDomainError."""
    deleted = connection.execute(text("delete from domain_verdict where domain = :domain"), {"domain": domain})
    if not deleted.rowcount:
        raise UnknownDomainError(f"域名 {domain!r} 没有判定；已有的判定见 list")
