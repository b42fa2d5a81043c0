-- Footer marks of each counted site (页脚标识), as a reader of the footer sees them: present, absent, invalid or
-- unknown. A 网站标识码 that stands in the page code only is not listed in the footer.
create view analysis.site_mark (
    period, site_id, site_code, site, organisation, group_kind, group_name, mark, state, value, agrees_with_registry
) as
select scope.period, scope.site_id, scope.site_code, scope.site, scope.organisation, scope.group_kind,
       scope.group_name, marks.mark,
       case when seen.state = 'present' and marks.mark = 'site_code'
                 and split_part(coalesce(seen.found_in, ''), ' ', 1) in ('meta', 'attribute')
            then case when split_part(coalesce(seen.reason, ''), '：', 1) in (
                'blocked', 'tls_incompatible', 'timeout', 'dns_temporary', 'proxy', 'robots', 'needs_browser',
                'needs_login', 'private_address', 'too_big', 'budget', 'drift', 'undated', 'contradictory', 'not_checked'
            ) then 'unknown' else 'invalid' end
            else coalesce(seen.state, 'unknown') end,
       seen.value,
       case when marks.mark = 'site_code' and seen.state = 'present' then seen.value = scope.site_code end
from analysis.site_scope as scope
cross join unnest(array['conac', 'site_code', 'icp', 'police', 'jiucuo', 'sponsor', 'contact', 'sitemap']) as marks (mark)
left join analysis.site_look as looks on looks.period = scope.period and looks.site_id = scope.site_id
left join mark_observation as seen on seen.look_id = looks.look_id and seen.mark = marks.mark
where scope.included;
