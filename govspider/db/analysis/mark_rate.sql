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
select period, coalesce(group_kind, 'total'), coalesce(group_name, '合计'), mark, count(*) filter (where state = 'present'),
       count(*) filter (where state = 'absent'), count(*) filter (where state = 'invalid'),
       count(*) filter (where state = 'unknown'),
       round(100.0 * count(*) filter (where state = 'present') / nullif(count(*) filter (where state <> 'unknown'), 0), 2)
from states
group by period, mark, grouping sets ((), (group_kind, group_name));
