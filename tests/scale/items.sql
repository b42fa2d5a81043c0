-- Items of the first list pages of one period. Parameters: :sites, :period, :items, :seed.
-- An item keeps its address and its date, but for one column in a hundred, which shows old addresses under new dates.

create or replace function pg_temp.part(number bigint, salt integer) returns double precision
language sql immutable parallel safe
return (hashint8extended(number, salt) & 1048575)::double precision / 1048576;

insert into list_item (column_observation_id, position, title, url, published, date_source)
select shown.id, place, '第' || place || '条',
       shown.newest_url || case when pg_temp.part(shown.site_column_id, :seed + 7) < 0.01 then '' else day::text || '-' end
           || place,
       day, 'own_tag'
from column_observation as shown cross join generate_series(1, :items) as place
cross join lateral (select shown.newest - (place - 1) * 3) as dated(day)
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
