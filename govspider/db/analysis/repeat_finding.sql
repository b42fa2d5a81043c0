-- Findings that were seen in earlier periods too (屡查屡犯): same fingerprint, and in how many periods.
create view analysis.repeat_finding (
    period, rubric, site_code, site, organisation, group_kind, group_name, kind, state, url, periods_seen, first_period
) as
select found.period, found.rubric, found.site_code, found.site, found.organisation, found.group_kind, found.group_name,
       found.kind, found.state, found.url, earlier.periods + 1, earlier.first_period
from analysis.period_finding as found
join analysis.period_order as ordered on ordered.period = found.period
cross join lateral (
    select count(*) as periods, (array_agg(before.label order by before.check_at))[1] as first_period
    from finding_sighting as sighting join period as before on before.id = sighting.period_id
    where sighting.finding_id = found.finding_id and sighting.rubric = found.rubric and before.check_at < ordered.check_at
) as earlier
where earlier.periods > 0;
