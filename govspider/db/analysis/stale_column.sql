-- Columns and home pages not updated in their window at the 监测时间点 (未及时更新的栏目), with the days since.
create view analysis.stale_column (
    period, rubric, site_code, site, organisation, group_kind, group_name, kind, clause, certainty, state, column_name,
    url, newest, days_since
) as
select found.period, found.rubric, found.site_code, found.site, found.organisation, found.group_kind, found.group_name,
       found.kind, found.clause, found.certainty, found.state, site_column.name, found.url, shown.newest,
       ordered.check_day - shown.newest
from analysis.period_finding as found
join analysis.period_order as ordered on ordered.period = found.period
left join site_column on site_column.id = found.site_column_id
left join lateral (
    select max(seen.newest) as newest from column_observation as seen
    where seen.look_id = found.look_id and seen.site_column_id is not distinct from found.site_column_id
) as shown on true
where found.kind in ('column_stale', 'home_stale');
