-- Every site of a period's frozen scope, counted or not, with the unit and group of that time (统计范围).
create view analysis.site_scope (
    period, site_id, site_code, site, site_type, home_url, organisation_id, organisation, line, group_kind, group_id,
    group_name, group_position, included, exclude_reason, state_at_check
) as
select period.label, site.id, site.code, site.name, site.site_type, site.home_url, unit.id, unit.name, unit.line,
       placed.group_kind, placed.group_id, placed.group_name, placed.group_position, target.included,
       target.exclude_reason, target.state_at_check
from target
join period on period.id = target.period_id
join site on site.id = target.site_id
join organisation as unit on unit.id = target.organisation_id
join analysis.unit_group as placed on placed.organisation_id = target.organisation_id;
