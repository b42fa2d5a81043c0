-- Items dated within the period's data window on the first list pages of each site (信息发布量, at least so many):
-- a list shows its newest items only, and an item that stands in two columns counts once, on its newest day.
create view analysis.items_published (
    period, site_code, site, organisation, group_kind, group_name, month, items
) as
select scope.period, scope.site_code, scope.site, scope.organisation, scope.group_kind, scope.group_name,
       counted.month, counted.items
from (
    select looks.period, looks.site_id, date_trunc('month', shown.day::timestamp)::date as month,
           sum(shown.items) as items
    from analysis.site_look as looks
    join period on period.label = looks.period
    join published_day as shown on shown.look_id = looks.look_id
    where shown.day between period.data_from and period.data_to
    group by 1, 2, 3
) as counted
join analysis.site_scope as scope on scope.period = counted.period and scope.site_id = counted.site_id
where scope.included;
