-- How many columns of each site showed a list, were blank, or could not be read, and why (栏目状态统计).
create view analysis.column_state (period, site_id, state, unknown_reason, columns) as
select looks.period, looks.site_id, seen.state, seen.unknown_reason, count(*)
from analysis.site_look as looks
join column_observation as seen on seen.look_id = looks.look_id
where seen.site_column_id is not null
group by looks.period, looks.site_id, seen.state, seen.unknown_reason;
