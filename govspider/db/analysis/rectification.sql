-- How each group deals with its findings (整改情况): found, fixed, come back, still open, and the median of days from
-- first sight to fixed. Dismissed and exempted findings are left out.
create view analysis.rectification (
    group_kind, group_name, kind, findings, fixed, regressed, still_open, median_days
) as
select placed.group_kind, placed.group_name, finding.kind, count(*), count(*) filter (where finding.state = 'fixed'),
       count(*) filter (where finding.state = 'regressed'), count(*) filter (where finding.state <> 'fixed'),
       percentile_cont(0.5) within group (order by extract(epoch from fixed.at - finding.first_seen_at) / 86400)
from finding
join site on site.id = finding.site_id
join analysis.unit_group as placed on placed.organisation_id = site.organisation_id
left join lateral (
    select min(look.finished_at) as at from finding_history as history
    join look on look.run_id = history.run_id and look.site_id = finding.site_id
    where history.finding_id = finding.id and history.to_state = 'fixed'
) as fixed on finding.state in ('fixed', 'regressed')
where finding.state not in ('dismissed', 'exempted')
group by 1, 2, 3;
