-- Score of each counted site under a rubric that gives points (网站得分): settled, or open with its bounds.
create view analysis.site_points (
    period, rubric, site_code, site, site_type, organisation, group_kind, group_id, group_name, group_position, outcome,
    vetoed, score, score_low, score_high, deducted, bonus, open_clauses
) as
select period.label, points.rubric, site.code, site.name, site.site_type, unit.name, placed.group_kind, placed.group_id,
       placed.group_name, placed.group_position, points.result, points.vetoed, points.total, points.total_low,
       points.total_high, case when points.total is not null and not points.vetoed then 100 - points.deduct_low end,
       case when points.total is not null and not points.vetoed then points.total_low - points.deduct_low end,
       jsonb_array_length(points.open_clauses) + jsonb_array_length(points.unknown_clauses)
from site_score as points
join period on period.id = points.period_id
join target on target.period_id = points.period_id and target.site_id = points.site_id and target.included
join site on site.id = points.site_id
join organisation as unit on unit.id = target.organisation_id
join analysis.unit_group as placed on placed.organisation_id = target.organisation_id;
