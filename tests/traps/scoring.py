"""The accuracy of link checks on the traps: faults found, false alarms, states right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govspider.extract.document.address import browser_address

_LINK_KINDS = ("link_dead", "link_hijacked")


@dataclass(frozen=True, slots=True)
class Score:
    """What a checker said of the traps.

    `faults` and `found` count links that a visitor calls dead or wrong; `alarms` are the ids of links that were
    accused and are none; `states` counts traps whose state, kind and reason all agree, of `traps`; `wrong`
    says what did not, by trap.
    """

    traps: int
    faults: int
    found: int
    states: int
    alarms: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)


def score_product(
    traps: Sequence[Mapping[str, Any]],
    site: str,
    answers: Mapping[str, Mapping[str, Any]],
    problems: Sequence[Mapping[str, Any]],
) -> Score:
    """Compare what the product stored and reports with the truth.

    Parameters: `traps` the truth with addresses filled in; `site` the page they stand on; `answers` the last
    answer of every address; `problems` rows of the problem list. An accused address that is no trap is an alarm.
    """
    accused = {row["url"]: row for row in problems if row["kind"] in _LINK_KINDS}
    wrong: dict[str, str] = {}
    alarms, missed = [], []
    addresses = {trap["id"]: _address(site, trap) for trap in traps}
    for trap in traps:
        url = addresses[trap["id"]]
        answer, problem = answers.get(url) if _is_asked(trap) else None, accused.get(url)
        difference = _difference(trap, answer, problem)
        if difference:
            wrong[trap["id"]] = difference
        if problem is not None and not trap["fault"] and _is_asked(trap):
            alarms.append(trap["id"])
        if problem is None and trap["fault"]:
            missed.append(trap["id"])
    strange = sorted(set(accused) - set(addresses.values()))
    faults = sum(bool(trap["fault"]) for trap in traps)
    return Score(
        traps=len(traps),
        faults=faults,
        found=faults - len(missed),
        states=len(traps) - len(wrong),
        alarms=(*alarms, *strange),
        missed=tuple(missed),
        wrong=wrong,
    )


def score_peer(traps: Sequence[Mapping[str, Any]], site: str, accused: Sequence[str]) -> Score:
    """Compare what another checker accuses with the truth; only traps that it can meet at all are counted.

    Parameters: `traps` with hosts written as numbers; `accused` addresses that it calls broken.
    """
    said = {_plain(url) for url in accused}
    asked = [trap for trap in traps if _is_asked(trap)]
    found = [trap["id"] for trap in asked if trap["fault"] and _plain(_address(site, trap)) in said]
    alarms = [trap["id"] for trap in asked if not trap["fault"] and _plain(_address(site, trap)) in said]
    missed = [trap["id"] for trap in asked if trap["fault"] and trap["id"] not in found]
    return Score(len(asked), len(found) + len(missed), len(found), 0, tuple(alarms), tuple(missed))


def _is_asked(trap: Mapping[str, Any]) -> bool:
    return trap["element"] not in ("comment", "post", "other_scheme")


def _address(site: str, trap: Mapping[str, Any]) -> str:
    url: str = trap["url"]
    return browser_address(site, url, "utf-8") or url if _is_asked(trap) else url


def _plain(url: str) -> str:
    """An address as tools print it: without the slash at its end and the encoding of its path."""
    return (browser_address(url, url, "utf-8") or url).partition("#")[0].rstrip("/")


def _difference(trap: Mapping[str, Any], answer: Mapping[str, Any] | None, problem: Mapping[str, Any] | None) -> str:
    """What is not as the truth has it, in words; '' when everything is."""
    wanted = (trap.get("state"), trap["kind"], trap["reason"], trap["finding"])
    got = (
        answer["state"] if answer else None,
        answer["kind"] if answer else None,
        answer["reason"] if answer else None,
        problem["state"] if problem else None,
    )
    return "" if got == wanted else f"wanted {wanted}, got {got}"
