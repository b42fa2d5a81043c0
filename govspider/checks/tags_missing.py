"""Page tags of 国办发〔2017〕47号 that are missing or empty (网页标签).

Applies to: the pages of the roles the clause names. One fault per site and role: templates are
shared, so one missing tag shows on every page. Always suspected: it is no clause of decision 4.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.unchanged_pages import unchanged_note
from govspider.checks.windows import Parameters
from govspider.items import PageRole
from govspider.seen import SeenSite, SeenTags

_ROLE_WORDS = {PageRole.HOME: "首页", PageRole.COLUMN: "栏目页", PageRole.ARTICLE: "内容页"}


class TagsMissing(Parameters):
    """Which tags a page of which role must carry."""

    role: PageRole
    required: tuple[str, ...] = Field(min_length=1)


def judge(site: SeenSite, check_day: date, parameters: TagsMissing) -> Outcome:
    """Pages of the role that lack a required tag, or carry it empty."""
    pages = [page for page in site.tags if page.role is parameters.role]
    notes = unchanged_note(site) if parameters.role is PageRole.ARTICLE else ()
    lacking = [(page, missing) for page in pages if (missing := _missing(page, parameters.required))]
    if not lacking:
        return Outcome(1, settled=frozenset({parameters.role.value}) if pages else frozenset(), notes=notes)
    page, missing = lacking[0]
    words = _ROLE_WORDS[parameters.role]
    names = "、".join(missing)
    fault = Fault(
        kind=FindingKind.TAGS_MISSING,
        certainty=Certainty.SUSPECTED,
        key=parameters.role.value,
        url=page.url,
        reason=f"{words}缺少网页标签",
        evidence=f"{len(pages)} 个{words}中 {len(lacking)} 个标签不全，如 {page.url} 缺少 {names}",
        source_url=page.url,
        evidence_sha256=page.evidence_sha256,
    )
    return Outcome(1, faults=(fault,), notes=notes)


def _missing(page: SeenTags, required: tuple[str, ...]) -> list[str]:
    return [name for name in required if not (page.values.get(name) or "").strip()]
