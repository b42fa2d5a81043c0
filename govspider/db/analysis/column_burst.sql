-- Columns of which every dated item of the first list page is from the last two days before the 监测时间点
-- (检查前突击更新): three items or more.
create view analysis.column_burst (period, site_code, site, column_name, url, items, oldest, newest) as
select looks.period, site.code, site.name, registered.name, registered.url, listed.items, listed.oldest, seen.newest
from analysis.site_look as looks
join column_observation as seen on seen.look_id = looks.look_id
cross join lateral (
    select count(*) as items, min(item.published) as oldest from list_item as item
    where item.column_observation_id = seen.id and item.published is not null and not item.in_future
) as listed
join site_column as registered on registered.id = seen.site_column_id
join site on site.id = looks.site_id
where seen.newest between looks.check_day - 2 and looks.check_day and listed.items >= 3
  and listed.oldest >= looks.check_day - 2;
