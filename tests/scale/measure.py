"""How long judging a period and every question of docs/questions.md take on the generated country.

    python -m tests.scale.measure --sites 1400 14000        fill (once), judge, ask, for each size; then the growth

Prints wall seconds of judging, and of each question the 95th percentile over the periods, with what its plan reads;
at the end what took longer than it should. A filled database stays, so that the next time begins with judging.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from govspider.db.engine import Engine, make_engine
from govspider.judging import DEFAULT_RUBRIC, judge
from tests.scale.generator import Size, fill, is_filled, scale_database
from tests.scale.processor_seconds import processor_seconds, seconds_of

_DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
_STATEMENT = re.compile(r"^### ([^\n]+)\n.*?^```sql\n(.*?)^```", re.DOTALL | re.MULTILINE)
# tables of which a question about one period must not read every row
_LARGE = (
    *("page", "column_observation", "list_item", "article_observation", "mark_observation", "tag_observation"),
    *("link", "link_answer", "published_day", "verdict", "finding_sighting"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One judging: seconds on the clock, and of processors."""

    wall: float
    processor: float


def judged(engine: Engine, labels: Sequence[str]) -> dict[str, Judged]:
    """Judge these periods. Prints seconds, processor seconds and the load of each."""
    found = {}
    for label in labels:
        started = time.monotonic()
        with processor_seconds(engine) as used:
            judge(engine, label, DEFAULT_RUBRIC, datetime.now(UTC))
        found[label] = Judged(time.monotonic() - started, used.python + used.server)
        print(
            f"{found[label].wall:7.1f} s  judging {label}  (processor seconds: Python {used.python:.0f}, "
            f"server {used.server:.0f}; load {os.getloadavg()[0]:.1f})",
            flush=True,
        )
    return found


def questions(label: str) -> Iterator[tuple[str, str]]:
    """Title and statement of every question, asked about this period."""
    for title, statement in _STATEMENT.findall(_DOCUMENT.read_text("utf-8")):
        yield title, statement.replace("2026Q4", label).rstrip().rstrip(";")


def p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[max(0, -(-95 * len(seconds) // 100) - 1)]


def asked(connection: Connection, statement: str) -> tuple[float, float]:
    """Wall seconds of a statement, and processor seconds of the server for it, which works on it alone."""
    pid = connection.execute(text("select pg_backend_pid()")).scalar_one()
    started, before = time.monotonic(), seconds_of(pid) or 0.0
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True}).fetchall()
    return time.monotonic() - started, (seconds_of(pid) or 0.0) - before


def whole_tables(connection: Connection, statement: str) -> list[str]:
    """Large tables that the plan of a statement reads from end to end."""
    explained = connection.exec_driver_sql(
        f"explain (format json) {statement}", execution_options={"no_parameters": True}
    ).scalar_one()
    plan = explained if isinstance(explained, list) else json.loads(explained)
    return sorted({node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if _is_whole(node)})


def rows_read(connection: Connection, statement: str) -> int:
    """Rows of large tables that a statement reads when it runs, those that a filter drops included."""
    explained = connection.exec_driver_sql(
        f"explain (analyze, timing off, format json) {statement}", execution_options={"no_parameters": True}
    ).scalar_one()
    plan = explained if isinstance(explained, list) else json.loads(explained)
    return round(sum(_read(node) for node in _nodes(plan[0]["Plan"]) if node.get("Relation Name") in _LARGE))


def _read(node: Mapping[str, Any]) -> float:
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float(node["Actual Rows"] + dropped) * float(node["Actual Loops"])


def _is_whole(node: dict[str, Any]) -> bool:
    """True for a scan from end to end: of the table, or of an index without a condition on it."""
    if node.get("Relation Name") not in _LARGE:
        return False
    return node["Node Type"] == "Seq Scan" or (node["Node Type"].startswith("Index") and "Index Cond" not in node)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


def measure(engine: Engine, labels: Sequence[str], limit: float) -> dict[str, Any]:
    """Ask every question about every period; prints a line each: p95 of wall seconds, then of processor seconds."""
    slow: dict[str, float] = {}
    busy: dict[str, float] = {}
    worst = 0.0
    with engine.connect() as connection:
        connection.execute(text("set statement_timeout = '60s'"))
        # one process of the server does everything, so that its processor seconds are those of the statement
        connection.execute(text("set max_parallel_workers_per_gather = 0"))
        for title, _ in questions(labels[-1]):
            statements = [statement for label in labels for name, statement in questions(label) if name == title]
            taken = [asked(connection, statement) for statement in statements]
            wall, processor = p95([one[0] for one in taken]), p95([one[1] for one in taken])
            worst, slow, busy = max(worst, wall), _over(slow, title, wall, limit), _over(busy, title, processor, limit)
            whole = ", ".join(whole_tables(connection, statements[-1])) or "-"
            print(f"{wall:7.3f} s  {processor:5.2f} s  {title}  (whole tables: {whole})", flush=True)
    return {"p95_worst": round(worst, 3), "slow": slow, "slow_by_processor": busy}


def _over(found: dict[str, float], title: str, seconds: float, limit: float) -> dict[str, float]:
    return {**found, title: round(seconds, 2)} if seconds > limit else found


def measured(size: Size, judgings: int, limits: Limits) -> dict[str, Any]:
    """Fill where that was not done, judge the newest periods, ask everything; figures of one size."""
    engine = make_engine(scale_database(size))
    filled = _filled(engine, size)
    with engine.connect() as connection:
        labels = [str(label) for label in connection.scalars(text("select label from period order by check_at"))]
    took = judged(engine, labels[len(labels) - judgings :] if judgings else [])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    found = measure(engine, labels, limits.question)
    engine.dispose()
    worst = Judged(
        max((one.wall for one in took.values()), default=0.0),
        max((one.processor for one in took.values()), default=0.0),
    )
    judging = {"judging_worst": round(worst.wall, 1), "judging_worst_processor": round(worst.processor, 1)}
    return {"sites": size.sites, "filling": filled, **judging, **found}


def _filled(engine: Engine, size: Size) -> float | None:
    """Seconds that filling took; None where the database was filled before."""
    if is_filled(engine, size):
        return None
    started = time.monotonic()
    fill(engine, size)
    seconds = time.monotonic() - started
    print(f"{seconds:7.1f} s  filling {size.sites} sites", flush=True)
    return round(seconds, 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that judging a period and a question may take; how many times longer judging ten times the sites may."""

    judging: float = 60.0
    question: float = 1.0
    growth: float = 11.0


def growth(sizes: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """How many times longer the largest size took than the smallest; nothing for one size or without judgings."""
    small, large = sizes[0], sizes[-1]
    names = ("judging_worst", "judging_worst_processor")
    return {name: round(large[name] / small[name], 1) for name in names if large is not small and small[name]}


def exceeded(sizes: Sequence[Mapping[str, Any]], times: Mapping[str, float], limits: Limits) -> Iterator[str]:
    """A sentence for each figure that is beyond its limit."""
    for one in sizes:
        took = {"judging a period": one["judging_worst"]} if one["judging_worst"] > limits.judging else {}
        for what, seconds in {**took, **one["slow"]}.items():
            limit = limits.judging if what in took else limits.question
            yield f"{one['sites']} sites: {what}: {seconds} s, more than {limit:g} s"
    for name, ratio in times.items():
        if ratio > limits.growth:
            between = f"{sizes[0]['sites']} to {sizes[-1]['sites']} sites"
            yield f"{name} from {between}: {ratio} times, more than {limits.growth:g}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, nargs="+", default=[Size().sites], help="sizes, one after the other")
    parser.add_argument("--judge", type=int, default=Size().periods, help="how many periods to judge, the newest last")
    parser.add_argument("--limit", type=float, default=Limits().question, help="seconds a question may take")
    chosen = parser.parse_args(arguments)
    limits = Limits(question=chosen.limit)
    sizes = []
    for sites in sorted(chosen.sites):
        print(f"── {sites} sites", flush=True)
        sizes.append(measured(Size(sites=sites), chosen.judge, limits))
    times = growth(sizes)
    told = list(exceeded(sizes, times, limits))
    for sentence in told or ["nothing exceeds its limit"]:
        print(sentence)
    print(json.dumps({"sizes": sizes, "growth": times, "exceeded": told}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
