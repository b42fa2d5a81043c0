-- Sites of the scope that no verdict can rest on, and why (未检查网站及原因): left out of the count, without a
-- complete look, or with a home page that could not be seen.
create view analysis.not_checked (period, why, reason, site_code, site, organisation, group_kind, group_name) as
select scope.period,
       case when not scope.included then 'excluded' when looks.look_id is null then 'no complete look' else 'home page unseen' end,
       case when not scope.included then scope.exclude_reason
            when looks.look_id is null then null else coalesce(home.unknown_reason, 'not_checked') end,
       scope.site_code, scope.site, scope.organisation, scope.group_kind, scope.group_name
from analysis.site_scope as scope
left join analysis.site_look as looks on looks.period = scope.period and looks.site_id = scope.site_id
left join page as home on home.look_id = looks.look_id and home.role = 'home'
where not scope.included or looks.look_id is null or home.id is null or home.unknown_reason is not null;
