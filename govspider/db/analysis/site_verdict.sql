-- Verdict of each counted site over the clauses that were judged (网站判定结果), with the group it counts in.
create view analysis.site_verdict (
    period, rubric, rubric_sha256, site_id, site_code, site, site_type, organisation, line, group_kind, group_id,
    group_name, group_position, result, failed_clauses, suspected, unknown_clauses, reasons, look_id, judged_at
) as
select period.label, verdict.rubric, verdict.rubric_sha256, site.id, site.code, site.name, site.site_type, unit.name,
       unit.line, placed.group_kind, placed.group_id, placed.group_name, placed.group_position, verdict.result,
       verdict.bad, verdict.suspected, verdict.unknown, verdict.reasons, verdict.look_id, verdict.judged_at
from verdict
join period on period.id = verdict.period_id
join target on target.period_id = verdict.period_id and target.site_id = verdict.site_id and target.included
join site on site.id = verdict.site_id
join organisation as unit on unit.id = target.organisation_id
join analysis.unit_group as placed on placed.organisation_id = target.organisation_id
where verdict.clause = 'site';
