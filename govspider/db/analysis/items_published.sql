-- Items dated within the period's data window on the first list pages of each site (信息发布量, at least so many):
-- a list shows its newest items only, and an item that stands in two columns counts once.
create view analysis.items_published (
    period, site_code, site, organisation, group_kind, group_name, month, items
) as
select looks.period, scope.site_code, scope.site, scope.organisation, scope.group_kind, scope.group_name,
       date_trunc('month', item.published)::date, count(distinct coalesce(item.url, item.title))
from analysis.site_look as looks
join analysis.period_order as ordered on ordered.period = looks.period
join analysis.site_scope as scope on scope.period = looks.period and scope.site_id = looks.site_id
join column_observation as seen on seen.look_id = looks.look_id and seen.newest >= ordered.data_from
join list_item as item on item.column_observation_id = seen.id
where scope.included and not item.in_future and item.published between ordered.data_from and ordered.data_to
group by 1, 2, 3, 4, 5, 6, 7;
