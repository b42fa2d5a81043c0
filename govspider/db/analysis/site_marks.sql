-- All footer marks of each counted site in one row (页脚标识), as a reader of the footer sees them: mark → state and
-- text. A 网站标识码 that stands in the page code only is not listed in the footer. The views below it spread the row.
create view analysis.site_marks (
    period, site_id, site_code, site, organisation, group_kind, group_name, footer
) as
select scope.period, scope.site_id, scope.site_code, scope.site, scope.organisation, scope.group_kind,
       scope.group_name, seen.footer
from analysis.site_scope as scope
left join analysis.site_look as looks on looks.period = scope.period and looks.site_id = scope.site_id
left join lateral (
    select jsonb_object_agg(mark, jsonb_build_array(
        case when state <> 'present' or mark <> 'site_code'
                  or split_part(coalesce(found_in, ''), ' ', 1) not in ('meta', 'attribute') then state
             when split_part(coalesce(reason, ''), '：', 1) in (
                 'blocked', 'tls_incompatible', 'timeout', 'dns_temporary', 'proxy', 'robots', 'needs_browser',
                 'needs_login', 'private_address', 'too_big', 'budget', 'drift', 'undated', 'contradictory',
                 'not_checked') then 'unknown'
             else 'invalid' end, value)) as footer
    from mark_observation where mark_observation.look_id = looks.look_id
) as seen on true
where scope.included;
