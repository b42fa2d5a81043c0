-- Footer marks of each counted site (页脚标识), one row per mark: present, absent, invalid or unknown.
create view analysis.site_mark (
    period, site_id, site_code, site, organisation, group_kind, group_name, mark, state, value, agrees_with_registry
) as
select period, site_id, site_code, site, organisation, group_kind, group_name, marks.mark,
       coalesce(footer -> marks.mark ->> 0, 'unknown'), footer -> marks.mark ->> 1,
       case when marks.mark = 'site_code' then footer -> marks.mark ->> 1 = site_code end
from analysis.site_marks
cross join unnest(array['conac', 'site_code', 'icp', 'police', 'jiucuo', 'sponsor', 'contact', 'sitemap']) as marks (mark);
