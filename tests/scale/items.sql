-- Items of the first list pages of one period. Parameters: :sites, :period, :items.

insert into list_item (column_observation_id, position, title, url, published, date_source)
select shown.id, place, '第' || place || '条', shown.newest_url || place, shown.newest - (place - 1) * 3, 'own_tag'
from column_observation as shown cross join generate_series(1, :items) as place
where shown.look_id between (:period - 1) * :sites + 1 and :period * :sites and shown.state = 'list'
order by shown.id, place;

insert into published_day (look_id, day, items)
select look_id, day, count(*) from (
    select shown.look_id, item.url, max(item.published) as day
    from column_observation as shown join list_item as item on item.column_observation_id = shown.id
    where shown.look_id between (:period - 1) * :sites + 1 and :period * :sites
    group by 1, 2
) as counted
group by 1, 2 order by 1, 2;
