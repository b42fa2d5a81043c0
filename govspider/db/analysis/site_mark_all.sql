-- Whether each counted site lists all footer marks together (标识齐全): the four of the notices (党政机关标识、标识码、
-- ICP、公安) as `four`, and the six of the 2019 clause (with 主办单位 and 联系方式) as `six`.
create view analysis.site_mark_all (period, site_id, site_code, site, group_kind, group_name, marks, state) as
select seen.period, seen.site_id, seen.site_code, seen.site, seen.group_kind, seen.group_name, sets.marks,
       case when bool_or(seen.state = 'absent') then 'absent' when bool_or(seen.state = 'invalid') then 'invalid'
            when bool_or(seen.state = 'unknown') then 'unknown' else 'present' end
from analysis.site_mark as seen
join (values ('four', array['conac', 'site_code', 'icp', 'police']),
             ('six', array['conac', 'site_code', 'icp', 'police', 'sponsor', 'contact'])) as sets (marks, members)
  on seen.mark = any(sets.members)
group by 1, 2, 3, 4, 5, 6, 7;
