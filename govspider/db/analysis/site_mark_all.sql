-- Whether each counted site lists all footer marks together (标识齐全): the four of the notices (党政机关标识、标识码、
-- ICP、公安) as `four`, and the six of the 2019 clause (with 主办单位 and 联系方式) as `six`.
create view analysis.site_mark_all (period, site_id, site_code, site, group_kind, group_name, marks, state) as
select period, site_id, site_code, site, group_kind, group_name, sets.marks, together.state
from analysis.site_marks
cross join (values ('four', array['conac', 'site_code', 'icp', 'police']),
                   ('six', array['conac', 'site_code', 'icp', 'police', 'sponsor', 'contact'])) as sets (marks, members)
cross join lateral (
    select case when bool_or(found.state = 'absent') then 'absent' when bool_or(found.state = 'invalid') then 'invalid'
                when bool_or(found.state = 'unknown') then 'unknown' else 'present' end as state
    from (select coalesce(footer -> member ->> 0, 'unknown') from unnest(sets.members) as member) as found (state)
) as together;
