"""The accuracy sheet: tables for people, and a summary for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from tests.accuracy.scoring import Score, Tally, heavy_pages, milliseconds_per_100_kb, tally, windows_of
from tests.accuracy.truth import PARTS, describe

_HEAD = (
    f"{'':34} {'pages':>5} {'exact':>11} {'answered':>11} {'wrong':>5} {'stale':>5} {'fresh':>5} {'blank':>5}"
    f" {'items':>11} {'kind':>11} {'asked':>7} {'ms':>6}"
)


def _share(part: int, whole: int) -> str:
    return f"{part:>5} {100 * part / whole:4.0f}%" if whole else "-"


def _line(name: str, sums: Tally) -> str:
    asked = f"{sums.parts_asked}/{sums.with_parts}" if sums.with_parts else "-"
    return (
        f"{name:34} {sums.pages:>5} {_share(sums.exact, sums.pages):>11} {_share(sums.answered, sums.answerable):>11}"
        f" {sums.wrong_dates:>5} {sums.false_stale:>5} {sums.false_fresh:>5} {sums.false_blank:>5}"
        f" {_share(sums.items_exact, sums.counted):>11} {_share(sums.kind_exact, sums.pages):>11} {asked:>7}"
        f" {sums.milliseconds:>6.2f}"
    )


def table(title: str, groups: Iterable[tuple[str, Sequence[Score]]]) -> str:
    """One line per group."""
    lines = [_line(name, tally(scores)) for name, scores in groups]
    return "\n".join(["", title, _HEAD, *lines])


def by(scores: Sequence[Score], key: Callable[[Score], str]) -> list[tuple[str, list[Score]]]:
    """Groups in the order in which their names first come up."""
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(key(one), []).append(one)
    return list(groups.items())


def parts_of(scores: Sequence[Score], captured: Sequence[Score] | None) -> dict[str, Sequence[Score]]:
    """Scores by part; captured only where the pages are at hand."""
    parts: dict[str, Sequence[Score]] = {part: [one for one in scores if one.page.part == part] for part in PARTS}
    return parts | ({"captured": captured} if captured is not None else {})


def own_tables(parts: dict[str, Sequence[Score]]) -> str:
    """Figures of govspider: by part, window, layout, trap and form."""
    blocks = [table("govspider, by part", parts.items()), speed(parts), _windows(parts)]
    for part in PARTS:
        blocks.append(table(f"{part}: by layout", by(parts[part], lambda one: one.page.layout)))
        blocks.append(table(f"{part}: by trap", by(parts[part], lambda one: one.page.trap)))
    plain = [one for part in PARTS for one in parts[part] if one.page.trap == "plain"]
    blocks.append(table("pages without a trap: by date form", by(plain, lambda one: one.page.form)))
    return "\n".join(blocks)


def speed(parts: dict[str, Sequence[Score]]) -> str:
    """Processor time of parsing and of extraction apart, scaled to 100 KB; small pages weigh their fixed cost more."""
    groups = {**parts, "heavy pages": heavy_pages(one for scores in parts.values() for one in scores)}
    lines = ["", f"{'ms of processor time per 100 KB':34} {'pages':>5} {'parsing':>8} {'extraction':>10}"]
    for name, scores in groups.items():
        if spent := milliseconds_per_100_kb(scores):
            lines.append(f"{name:34} {len(scores):>5} {spent[0]:>8.2f} {spent[1]:>10.2f}")
    return "\n".join(lines)


def _windows(parts: dict[str, Sequence[Score]]) -> str:
    lines = ["", "false stale / false fresh by window"]
    for part, scores in parts.items():
        counts = "  ".join(f"{name}: {stale}/{fresh}" for name, (stale, fresh) in windows_of(scores).items())
        lines.append(f"{part:10} {counts}")
    return "\n".join(lines)


def peer_table(tools: dict[str, dict[str, Sequence[Score]] | None]) -> str:
    """All tools side by side; of peers only days (and counts, where they count) are compared."""
    head = f"{'':20} {'part':9} {'pages':>5} {'exact day':>11} {'wrong':>5}"
    head += f" {'stale':>5} {'fresh':>5} {'items':>11} {'ms':>7}"
    lines = ["", "side by side: the newest day", head]
    for name, parts in tools.items():
        if parts is None:
            lines.append(f"{name:20} not installed (make compare-install)")
            continue
        lines += [_peer_line(name, part, scores) for part, scores in parts.items()]
    return "\n".join(lines)


def _peer_line(name: str, part: str, scores: Sequence[Score]) -> str:
    exact = sum(_day_exact(one) for one in scores)
    sums = tally(scores)
    counts = any(one.seen.items is not None for one in scores)
    items = _share(sums.items_exact, sums.counted) if counts else "-"
    took = median(one.seen.milliseconds for one in scores)
    return (
        f"{name:20} {part:9} {len(scores):>5} {_share(exact, len(scores)):>11} {sums.wrong_dates:>5}"
        f" {sums.false_stale:>5} {sums.false_fresh:>5} {items:>11} {took:>7.2f}"
    )


def _day_exact(one: Score) -> bool:
    return one.seen.newest == one.page.truth.newest


def is_miss(one: Score) -> bool:
    """Something about the answer is not right."""
    return not (one.exact and one.kind_exact and one.items_exact is not False and one.seen.asked_for_parts is not False)


def misses(title: str, scores: Iterable[Score]) -> str:
    """Every miss with what was wanted and what was said."""
    lines = [_miss(one) for one in scores if is_miss(one)]
    return "\n".join(["", title, *(lines or ["none"])])


def _miss(one: Score) -> str:
    wanted, seen = one.page.truth, one.seen
    state = seen.state.value if seen.state else "-"
    reason = f"({seen.reason.value})" if seen.reason else ""
    right = describe(wanted)
    return (
        f"{_kind_of_miss(one):24} {one.page.name:70} wanted {right['state']} {right['newest']} items {wanted.items};"
        f" said {state}{reason} {seen.newest} items {seen.items}"
    )


def _kind_of_miss(one: Score) -> str:
    if one.false_blank:
        return "FALSE BLANK"
    if one.stale_windows or one.fresh_windows:
        return f"FALSE {'STALE' if one.stale_windows else 'FRESH'} {','.join(one.stale_windows or one.fresh_windows)}"
    if one.wrong_date:
        return "WRONG DATE"
    if not one.exact:
        return "not answered" if one.answered is False else "not exact"
    if not one.kind_exact:
        return "kind"
    return "items" if one.items_exact is False else "part not asked for"


def summary(parts: dict[str, Sequence[Score]], digest: str) -> dict[str, Any]:
    """The figures that floors hold."""
    everything = [one for part in PARTS for one in parts[part]]
    whole: dict[str, Any] = {"pages": len(everything)}
    for part in (*PARTS, "captured"):
        whole[part] = _figures(parts[part]) if part in parts else None
    whole["ms_median"] = tally(everything).milliseconds
    whole["parse_ms_per_100_kb"], whole["ms_per_100_kb"] = (
        milliseconds_per_100_kb(heavy_pages(everything)) or (None,) * 2
    )
    whole["corpus_sha256"] = digest
    return whole


def _figures(scores: Sequence[Score]) -> dict[str, Any]:
    figures = asdict(tally(scores))
    figures.pop("milliseconds")
    return figures
