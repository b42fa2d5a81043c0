"""Sites that the registry calls retired and that still answer (下线仍运行).

Applies to: sites left out of the denominator because their running state is one of `states`.
Expects: no answer of its own. A redirect to another host is the proper farewell, not a fault.
Always suspected: a parked page under the old name answers as well.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from pydantic import Field

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.seen import SeenHome, SeenSite

_KEY = "home"


class RetiredSiteAnswers(Parameters):
    """What the clause gives: which states mean retired."""

    states: tuple[str, ...] = Field(min_length=1)


def judge(site: SeenSite, check_day: date, parameters: RetiredSiteAnswers) -> Outcome:
    """Does the home page of a retired site still answer under its own name?"""
    home = site.home
    if site.included or site.state_at_check not in parameters.states or home is None:
        return Outcome(1, applicable=False)
    if home.status is not None and not _at_home(home, site.hosts):
        return Outcome(1, settled=frozenset({_KEY}))
    if home.failed is not None:
        return Outcome(1, whole=False)
    if home.status != 200:
        return Outcome(1, settled=frozenset({_KEY}))
    fault = Fault(
        kind=FindingKind.RETIRED_SITE_ANSWERS,
        certainty=Certainty.SUSPECTED,
        key=_KEY,
        url=home.url,
        reason=f"底账状态为“{site.state_at_check}”的网站仍可访问",
        evidence=f"底账状态为“{site.state_at_check}”，访问 {home.url} 得到 HTTP {home.status}",
        source_url=home.final_url,
        evidence_sha256=home.evidence_sha256,
    )
    return Outcome(1, faults=(fault,))


def _at_home(home: SeenHome, hosts: frozenset[str]) -> bool:
    host = (urlsplit(home.final_url).hostname or "").lower()
    return host in hosts or host == (urlsplit(home.url).hostname or "").lower()
