"""One run over the corpus: everything that the sheet prints and the floors hold, as plain figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.dark_corpus.baselines import BASELINES, says
from tests.dark_corpus.captured import CapturedPages
from tests.dark_corpus.corpus import CLEAN_PAGES, Case, Specimen, cases, clean_specimen, is_sampled, specimen
from tests.dark_corpus.scoring import Score, Tally, answer_of, median_cost, score_cases, wilson
from tests.dark_corpus.spliced_prose import spliced_captured

_TIMED_PAGES = 60
_BASELINE_SHARE = 20


def chosen_cases(share: int) -> list[Case]:
    """One case of `share` with its twin; all for 1."""
    return [case for case in cases() if share == 1 or is_sampled(case, share)]


def clean_numbers(share: int) -> range:
    """Numbers of the clean pages that a run looks at."""
    return range(0, CLEAN_PAGES, share)


def measure(share: int, captured: CapturedPages | None) -> tuple[Score, dict[str, Any]]:
    """The score of the planted pages, and all figures. `share` 1 is the whole corpus, N one page of N."""
    score = score_cases(chosen_cases(share))
    clean = _alarms(clean_specimen(number) for number in clean_numbers(share))
    figures: dict[str, Any] = {
        "share": share,
        "tuned": _rates(score.by_part["tuned"]),
        "held": _rates(score.by_part["held"]),
        "twins": {part: {"pages": tally.pages, "alarms": tally.found} for part, tally in score.twins.items()},
        "clean": clean,
        "captured": None if captured is None else _captured(captured),
    }
    return score, figures


def _rates(tally: Tally) -> dict[str, Any]:
    low, high = wilson(tally.found, tally.pages)
    return {
        "pages": tally.pages,
        "found": tally.found,
        "strong": tally.strong,
        "listed": tally.listed,
        "targets": tally.targets,
        "recall": round(tally.recall, 4),
        "bounds": [round(low, 4), round(high, 4)],
    }


def _alarms(pages: Iterable[Specimen]) -> dict[str, Any]:
    strong = weak = count = 0
    for page in pages:
        answer = answer_of(page)
        count += 1
        strong += answer.strong > 0
        weak += answer.strong == 0 and answer.weak > 0
    return {"pages": count, "strong": strong, "weak": weak, "upper_bound": round(wilson(strong + weak, count)[1], 5)}


def _captured(pages: CapturedPages) -> dict[str, Any]:
    tally = Tally()
    for page in pages.dark:
        tally.add(answer_of(page))
    return {"dark": _rates(tally), "clean": _alarms(pages.clean), "spliced": spliced_captured(pages.clean)}


def timed(captured: CapturedPages | None) -> dict[str, float | None]:
    """Median milliseconds per 50 KB beyond parsing, on generated and on captured clean pages."""
    return {
        "generated": round(median_cost(clean_specimen(number) for number in range(_TIMED_PAGES)), 2),
        "captured": None if captured is None else round(median_cost(captured.clean), 2),
    }


def baselines(captured: CapturedPages | None) -> dict[str, Any]:
    """Recall and false alarms of the simpler tools, on a twentieth of the corpus and on the captured pages."""
    chosen = chosen_cases(_BASELINE_SHARE)
    dark = [specimen(case) for case in chosen if not case.twin]
    clean = [specimen(case) for case in chosen if case.twin]
    clean += [clean_specimen(number) for number in clean_numbers(_BASELINE_SHARE)]
    told: dict[str, Any] = {}
    for name in BASELINES:
        told[name] = {"generated": _said(name, dark, clean)}
        if captured is not None:
            told[name]["captured"] = _said(name, captured.dark, captured.clean)
    return told


def _said(name: str, dark: Sequence[Specimen], clean: Sequence[Specimen]) -> Mapping[str, Any]:
    return {
        "recall": round(sum(says(name, page) for page in dark) / len(dark), 3),
        "false_alarms": round(sum(says(name, page) for page in clean) / len(clean), 3),
        "dark": len(dark),
        "clean": len(clean),
    }
