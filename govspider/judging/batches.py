"""Judging many sites in memory: what they showed, read in batches, weighed under one rubric. Stores nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from govspider.db.domain_verdicts import read_domain_verdicts
from govspider.db.engine import Connection
from govspider.db.manual_entries import ManualEntry, read_entries
from govspider.db.observations import LatestLook, read_in_batches, read_latest_looks
from govspider.db.period_labels import SHANGHAI
from govspider.db.periods import Period
from govspider.db.reviews import read_decisions
from govspider.db.shared_targets import read_shared_targets
from govspider.db.verdicts import read_organisations
from govspider.judging.frame import Frame, lacks_service
from govspider.judging.places import group_of
from govspider.judging.site import JudgedSite, judge_site, questions_of
from govspider.judging.target_knowledge import TargetKnowledge
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
        looks = [look.look_id for look in read_latest_looks(connection, period.id) if look.look_id is not None]
        self._targets = TargetKnowledge(read_shared_targets(connection, looks), read_domain_verdicts(connection))

    def batches(self, looks: Sequence[LatestLook]) -> Iterator[list[JudgedSite]]:
        """Judge the sites of these looks, each of which has an id, a batch at a time."""
        frames = {look.code: self.frame(look) for look in looks}
        for sites in read_in_batches(self._connection, looks, self.check_day):
            yield self._judged(sites, frames)

    def batch(self, looks: Sequence[LatestLook]) -> list[JudgedSite]:
        """Judge the sites of a few looks, each of which has an id."""
        return [one for judged in self.batches(looks) for one in judged]

    def _judged(self, sites: Sequence[SeenSite], frames: Mapping[str, Frame]) -> list[JudgedSite]:
        decisions = read_decisions(self._connection, [site.id for site in sites])
        if not self._exemptions:
            decisions = {mark: one for mark, one in decisions.items() if one.decision != "exempt"}
        return [
            judge_site(self._as_asked(site), self._questions, self.check_day, decisions, frames[site.code])
            for site in map(self._targets.told, sites)
        ]

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
