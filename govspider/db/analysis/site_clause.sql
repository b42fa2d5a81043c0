-- Verdict of each counted site under each clause (分项判定结果), with what was counted and the number at which it fails.
create view analysis.site_clause (
    period, rubric, clause, site_code, site, site_type, organisation, group_kind, group_name, result, confirmed,
    suspected, unknown, fails_at, reasons
) as
select period.label, verdict.rubric, verdict.clause, site.code, site.name, site.site_type, unit.name,
       placed.group_kind, placed.group_name, verdict.result, verdict.bad, verdict.suspected, verdict.unknown,
       verdict.threshold, verdict.reasons
from verdict
join period on period.id = verdict.period_id
join target on target.period_id = verdict.period_id and target.site_id = verdict.site_id and target.included
join site on site.id = verdict.site_id
join organisation as unit on unit.id = target.organisation_id
join analysis.unit_group as placed on placed.organisation_id = target.organisation_id
where verdict.clause <> 'site';
