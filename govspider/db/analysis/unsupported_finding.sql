-- Findings of a period whose kept bytes cannot be shown any more (证据缺失): never kept, not on record, or dropped by
-- retention. `scripts/evidence.py` compares the bytes themselves with their hash.
create view analysis.unsupported_finding (
    period, rubric, site_code, site, organisation, kind, state, url, evidence_sha256, why
) as
select period.label, sighting.rubric, site.code, site.name, unit.name, finding.kind, finding.state, finding.url,
       sighting.evidence_sha256,
       case when sighting.evidence_sha256 is null then 'none kept' when kept.sha256 is null then 'not on record' else 'dropped' end
from finding_sighting as sighting
join period on period.id = sighting.period_id
join finding on finding.id = sighting.finding_id
join site on site.id = finding.site_id
join organisation as unit on unit.id = site.organisation_id
left join evidence as kept on kept.sha256 = sighting.evidence_sha256
where kept.sha256 is null or kept.dropped_at is not null;
