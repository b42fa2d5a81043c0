-- Share of counted sites with each footer mark (标识添加率), of all sites and of each group; `four` and `six` are all
-- marks together. Sites whose mark could not be established stand apart.
create view analysis.mark_rate (
    period, group_kind, group_name, mark, present, absent, invalid, unknown, ratio
) as
with states as (
    select period, group_kind, group_name, mark, state from analysis.site_mark
    union all
    select period, group_kind, group_name, marks, state from analysis.site_mark_all
)
select period, counted.group_kind, counted.group_name, mark, count(*) filter (where state = 'present'),
       count(*) filter (where state = 'absent'), count(*) filter (where state = 'invalid'),
       count(*) filter (where state = 'unknown'),
       round(100.0 * count(*) filter (where state = 'present') / nullif(count(*) filter (where state <> 'unknown'), 0), 2)
from states
-- not grouping sets: those would read every period before one is chosen
cross join lateral (values ('total', '合计'), (states.group_kind, states.group_name)) as counted (group_kind, group_name)
group by period, counted.group_kind, counted.group_name, mark;
