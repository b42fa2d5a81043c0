"""Judging many sites in memory: what they showed, read in batches, weighed under one rubric. Stores nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govspider.db.engine import Connection
from govspider.db.manual_entries import ManualEntry, read_entries
from govspider.db.observations import LatestLook, read_sites
from govspider.db.period_labels import SHANGHAI
from govspider.db.periods import Period
from govspider.db.reviews import read_decisions
from govspider.db.verdicts import read_organisations
from govspider.judging.frame import Frame, lacks_service
from govspider.judging.places import group_of
from govspider.judging.site import JudgedSite, judge_site, questions_of
from govspider.judging.verdicts import JudgedObject, SiteVerdicts, verdicts_of
from govspider.rubrics.model import Rubric, RubricError, load_rubric
from govspider.seen import SeenSite


def load_website_rubric(rubric_id: str) -> Rubric:
    """A rubric that sites can be judged under. Raises RubricError."""
    rubric = load_rubric(rubric_id)
    if rubric.meta.object != "website":
        raise RubricError(f"'{rubric_id}' is about accounts (政务新媒体), not websites: choose a rubric of websites")
    return rubric


class Judging:
    """One judging under way: what its batches share.

    Parameters: `exemptions` False leaves exemptions of columns out of account, to see what they change.
    """

    def __init__(self, connection: Connection, period: Period, rubric: Rubric, *, exemptions: bool = True) -> None:
        self._connection = connection
        self.period = period
        self.rubric = rubric
        self._exemptions = exemptions
        self._questions = questions_of(rubric)
        self._organisations = read_organisations(connection)
        self._entries: defaultdict[str, dict[str, ManualEntry]] = defaultdict(dict)
        for (code, clause), entry in read_entries(connection, period.id, rubric.key).items():
            self._entries[code][clause] = entry
        self.check_day = period.check_at.astimezone(SHANGHAI).date()
        self.certainties: Counter[str] = Counter()

    def batch(self, looks: Sequence[LatestLook]) -> list[JudgedSite]:
        """Judge the sites of these looks, each of which has an id."""
        decisions = read_decisions(self._connection, [look.site_id for look in looks])
        if not self._exemptions:
            decisions = {mark: one for mark, one in decisions.items() if one.decision != "exempt"}
        frames = {look.code: self.frame(look) for look in looks}
        sites = read_sites(self._connection, looks, self.check_day)
        judged = [
            judge_site(self._as_asked(site), self._questions, self.check_day, decisions, frames[site.code])
            for site in sites
        ]
        self.certainties.update(fault.certainty.value for one in judged for fault, _ in one.faults.values())
        return judged

    def unseen(self, looks: Sequence[LatestLook]) -> Iterator[SiteVerdicts]:
        """Verdicts of included sites without a complete look: unknown, but for what persons entered."""
        for look in looks:
            if look.included and look.look_id is None:
                yield verdicts_of(JudgedObject(look.site_id, look.code, None), self.frame(look), None)

    def frame(self, look: LatestLook) -> Frame:
        """What the rubric asks of this site."""
        place, _ = group_of(look.organisation_id, self._organisations)
        return Frame(
            rubric=self.rubric,
            object_class=self.rubric.object_of(look.site_type, place, look.code),
            without_service=lacks_service(self.rubric.scoring.service, look.extra),
            entries=self._entries.get(look.code, {}),
        )

    def _as_asked(self, site: SeenSite) -> SeenSite:
        if self._exemptions:
            return site
        return replace(site, columns=tuple(replace(column, exempted_until=None) for column in site.columns))
