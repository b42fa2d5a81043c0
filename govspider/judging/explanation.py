"""Why a clause was answered as it was: the chain from the words of the document to the kept bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govspider.checks.outcome import Outcome, Result
from govspider.db.engine import Connection, Engine
from govspider.db.look_pages import LookPage, read_look_pages
from govspider.db.observations import LatestLook, read_latest_looks
from govspider.db.periods import Period, find_period
from govspider.db.reused_answers import ReusedLink, read_reused_links
from govspider.db.unchanged_pages import UnchangedPage, read_unchanged_pages
from govspider.db.verdicts import SITE_CLAUSE, read_verdict
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.frame import Frame
from govspider.judging.verdicts import NO_LOOK, SiteVerdicts
from govspider.rubrics.model import Rubric, Rule

_MOST_PAGES = 20
_LINK_CHECKS = ("link_dead",)
# what articles show decides them
_ARTICLE_CHECKS = frozenset(
    {"link_dead", "dark_link", "tampering", "wording", "tags_missing", "article_undated", "date_suspicious"}
)


class UnknownSiteError(LookupError):
    """No target of the period, or more than one, answers to this code or name."""


@dataclass(slots=True)
class Explanation:
    """Everything behind one verdict. `stored` is what the database holds, `result` what judging says now.

    `evidence` the pages whose bytes decided; `reused` links that were not asked, as an earlier answer stands for them;
    `unchanged` pages whose server answered 304, so that their bytes are of earlier; `would_change` sentences on what
    another answer would take.
    """

    period: Period
    rubric: Rubric
    look: LatestLook
    frame: Frame
    rule: Rule | None
    result: str
    stored: str | None
    reasons: list[str] = field(default_factory=list)
    outcome: Outcome | None = None
    evidence: list[LookPage] = field(default_factory=list)
    reused: list[ReusedLink] = field(default_factory=list)
    unchanged: list[UnchangedPage] = field(default_factory=list)
    would_change: list[str] = field(default_factory=list)


def explain(engine: Engine, period_label: str, rubric_id: str, site: str, clause: str) -> Explanation:
    """Explain one clause of one site, or the site as a whole (clause `site`).

    Parameters: `site` code or name of a target of the period.
    Raises UnknownPeriodError, RubricError and UnknownSiteError.
    """
    rubric = load_website_rubric(rubric_id)
    rule = None if clause == SITE_CLAUSE else rubric.clause(clause)
    period = find_period(engine, period_label)
    with engine.connect() as connection:
        look = find_target(connection, period, site)
        judging = Judging(connection, period, rubric)
        found = Explanation(period, rubric, look, judging.frame(look), rule, "", None)
        found.stored = read_verdict(connection, period.id, rubric.key, look.site_id, clause)
        verdicts, outcomes = _judged(judging, look)
        row = next((row for row in verdicts.rows if row.clause == clause), None)
        found.result = row.result if row else ("open" if clause in verdicts.open_clauses else "not_applicable")
        found.outcome = outcomes.get(clause)
        found.reasons = row.reasons if row else found.outcome.reasons() if found.outcome else []
        if look.look_id is not None:
            decided = [found.outcome] if found.outcome else list(outcomes.values()) if rule is None else []
            found.evidence = _evidence(read_look_pages(connection, look.look_id), decided)
            if rule is None or rule.check in _LINK_CHECKS:
                found.reused = read_reused_links(connection, look.look_id, _MOST_PAGES)
            if rule is None or rule.check in _ARTICLE_CHECKS:
                found.unchanged = read_unchanged_pages(connection, look.look_id, _MOST_PAGES)
    found.would_change = _would_change(found, verdicts)
    return found


def find_target(connection: Connection, period: Period, site: str) -> LatestLook:
    """The target of the period with this code, this name, or a name that holds these words."""
    looks = read_latest_looks(connection, period.id)
    exact = [look for look in looks if site in (look.code, look.name)]
    fitting = exact or [look for look in looks if site and site in look.name]
    if len(fitting) == 1:
        return fitting[0]
    shown = "、".join(f"{look.code} {look.name}" for look in (fitting or looks)[:5])
    answer = "没有" if not fitting else f"有 {len(fitting)} 个"
    raise UnknownSiteError(f"监测周期 {period.label} 中{answer}网站 {site!r}，请给出网站标识码，例如：{shown}")


def _judged(judging: Judging, look: LatestLook) -> tuple[SiteVerdicts, dict[str, Outcome]]:
    if look.look_id is None:
        return next(judging.unseen([look]), SiteVerdicts()), {}
    judged = judging.batch([look])[0]
    return judged.verdicts, judged.outcomes


def _evidence(pages: Sequence[LookPage], outcomes: Sequence[Outcome]) -> list[LookPage]:
    """Pages that faults stand on; where there is no fault, the home page and the columns that were seen in order."""
    marks = {fault.evidence_sha256 for outcome in outcomes for fault in outcome.faults if fault.evidence_sha256}
    held = [page for page in pages if page.evidence_sha256 in marks]
    if not held:
        settled = {key for outcome in outcomes for key in outcome.settled}
        held = [page for page in pages if page.role == "home" or page.url in settled]
    unique = {page.evidence_sha256: page for page in held if page.evidence_sha256}
    return list(unique.values())[:_MOST_PAGES]


# ── what another answer would take ──────────────────────────────────────────────────────────


def _would_change(found: Explanation, verdicts: SiteVerdicts) -> list[str]:
    if found.rule is None:
        return _for_the_site(found, verdicts)
    if found.result == "open":
        return ["本条由人工判定：录入结果后即有结论（scripts/manual_clauses.py）"]
    if found.outcome is None:
        return ["完成一次巡检后才能判定"] if NO_LOOK in found.reasons else ["人工录入的结果可用 --replace 更改"]
    return _for_the_clause(found.outcome)


def _for_the_site(found: Explanation, verdicts: SiteVerdicts) -> list[str]:
    wanted = {"fail": "以下各条均不再不合格，才可能合格", "unknown": "以下各条查清后才有结论"}.get(found.result)
    if wanted is None:
        return ["任何一条单项否决指标判为不合格，网站即不合格"]
    scored = {charge.rule.id for charge in verdicts.charges}
    telling = (row.clause for row in verdicts.rows if row.result == found.result and row.clause not in scored)
    clauses = [clause for clause in telling if clause != SITE_CLAUSE]
    return [f"{wanted}：{'、'.join(clauses)}"] if clauses else []


def _for_the_clause(outcome: Outcome) -> list[str]:
    """How many faults more or fewer would turn the result."""
    k, bad, soft = outcome.threshold, outcome.bad, outcome.suspected + outcome.unknown
    if outcome.result is Result.FAIL:
        extra = f"，且其余疑似或无法判定的 {soft} 项中至多 {k - 1} 项成立" if soft else ""
        return [f"核减或整改其中 {bad - k + 1} 项（{bad} 项降到 {k - 1} 项，门槛 {k} 项）{extra}，则不再不合格"]
    if outcome.result is Result.PASS:
        return [f"再确认 {k - bad} 项问题（目前 {bad} 项，门槛 {k} 项），则不合格"]
    if outcome.result is Result.NOT_APPLICABLE:
        return ["出现适用本条的对象后才判定"]
    sentences = [] if outcome.whole else ["网站没有看全，看全之后才可能合格"]
    if bad + soft >= k:
        sentences.append(f"疑似 {outcome.suspected} 项、无法判定 {outcome.unknown} 项中再确认 {k - bad} 项，则不合格")
        sentences.append(f"其中 {bad + soft - k + 1} 项查实没有问题，则合格（门槛 {k} 项，已确认 {bad} 项）")
    return sentences
