-- Counted sites whose lists were read and showed no item within the period's data window (零发布单位).
create view analysis.silent_site (period, site_code, site, organisation, group_kind, group_name, lists, newest) as
select scope.period, scope.site_code, scope.site, scope.organisation, scope.group_kind, scope.group_name,
       count(seen.id) filter (where seen.state = 'list'), max(seen.newest)
from analysis.site_scope as scope
join analysis.period_order as ordered on ordered.period = scope.period
join analysis.site_look as looks on looks.period = scope.period and looks.site_id = scope.site_id
join column_observation as seen on seen.look_id = looks.look_id
where scope.included
group by 1, 2, 3, 4, 5, 6, ordered.data_from
having max(seen.newest) < ordered.data_from;
