-- What the verdicts on sites rest on (判定依据): how many are open, how many have suspected faults beside them, and
-- how many rest on a finding that a person reviewed.
create view analysis.verdict_basis (period, rubric, result, sites, with_suspected, with_unknown, with_review) as
select verdicts.period, verdicts.rubric, verdicts.result, count(*), count(*) filter (where verdicts.suspected > 0),
       count(*) filter (where verdicts.unknown_clauses > 0), count(reviewed.site_id)
from analysis.site_verdict as verdicts
left join (
    select distinct period.label as period, sighting.rubric, finding.site_id
    from finding_sighting as sighting
    join period on period.id = sighting.period_id
    join finding on finding.id = sighting.finding_id
    join review on review.finding_id = finding.id
) as reviewed
  on reviewed.period = verdicts.period and reviewed.rubric = verdicts.rubric and reviewed.site_id = verdicts.site_id
group by verdicts.period, verdicts.rubric, verdicts.result;
