"""Site codes on the page that differ from the registry (网站标识码与底账不一致).

Applies to: sites with an official code. Reads the footer's 网站标识码, the code embedded in the 找错
entry and the SiteIDCode tag. Always suspected: the registry may be the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pydantic import Field

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.checks.words import MARK_WORDS
from govspider.items import MarkState, PageRole
from govspider.seen import SeenSite


class RegistryMismatch(Parameters):
    """Which marks and which page tag carry the site code."""

    code_pattern: str
    marks: tuple[str, ...] = Field(min_length=1)
    tag: str


def judge(site: SeenSite, check_day: date, parameters: RegistryMismatch) -> Outcome:
    """One fault per place that shows another site's code."""
    if site.code_is_temporary or site.home is None:
        return Outcome(1, applicable=False)
    shown = [(key, words, code) for key, words, code in _codes(site, parameters)]
    wrong = [entry for entry in shown if entry[2] != site.code]
    return Outcome(
        1,
        faults=tuple(_fault(site, key, words, code) for key, words, code in wrong),
        settled=frozenset(key for key, _, code in shown if code == site.code),
    )


def _codes(site: SeenSite, parameters: RegistryMismatch) -> Iterable[tuple[str, str, str]]:
    pattern = re.compile(parameters.code_pattern)
    for mark in site.marks:
        value = (mark.value or "").strip()
        if mark.mark in parameters.marks and mark.state is not MarkState.ABSENT and pattern.fullmatch(value):
            yield mark.mark, f"首页页脚{MARK_WORDS[mark.mark]}", value
    for page in site.tags:
        value = (page.values.get(parameters.tag) or "").strip()
        if page.role is PageRole.HOME and pattern.fullmatch(value):
            yield parameters.tag, f"首页标签 {parameters.tag}", value


def _fault(site: SeenSite, key: str, words: str, code: str) -> Fault:
    home = site.home
    url = home.final_url if home else site.code
    return Fault(
        kind=FindingKind.REGISTRY_MISMATCH,
        certainty=Certainty.SUSPECTED,
        key=key,
        url=url,
        reason="网站标识码与底账不一致",
        evidence=f"{words}为 {code}，底账为 {site.code}",
        source_url=url,
        evidence_sha256=home.evidence_sha256 if home else None,
    )
