-- Findings seen in a period under a rubric (问题清单), with their state of today.
create view analysis.period_finding (
    period, rubric, site_id, site_code, site, organisation, group_kind, group_name, kind, clause, certainty, state, url,
    source_url, first_seen_at, last_seen_at, finding_id, site_column_id, look_id, fingerprint
) as
select period.label, sighting.rubric, site.id, site.code, site.name, unit.name, placed.group_kind, placed.group_name,
       finding.kind, sighting.clause, sighting.certainty, finding.state, finding.url, finding.source_url,
       finding.first_seen_at, finding.last_seen_at, finding.id, finding.site_column_id, sighting.look_id,
       finding.fingerprint
from finding_sighting as sighting
join period on period.id = sighting.period_id
join finding on finding.id = sighting.finding_id
join site on site.id = finding.site_id
left join target on target.period_id = sighting.period_id and target.site_id = finding.site_id
join organisation as unit on unit.id = coalesce(target.organisation_id, site.organisation_id)
join analysis.unit_group as placed on placed.organisation_id = unit.id;
