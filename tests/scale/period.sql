-- One period with its run, looks and observations. Parameters: :sites, :columns, :articles, :period (1 is the
-- oldest), :seed. Numbers are made from those of site and column: look = (period - 1) * sites + site,
-- page = look * 64 + place on the site, so that a period's rows lie together as those of a run do.

create or replace function pg_temp.part(number bigint, salt integer) returns double precision
language sql immutable parallel safe
return (hashint8extended(number, salt) & 1048575)::double precision / 1048576;

insert into period (id, label, data_from, data_to, check_at, ad_hoc, frozen_at)
overriding system value
select :period, extract(year from first_day)::text || 'Q' || extract(quarter from first_day), first_day, last_day,
       (last_day + time '12:00') at time zone 'Asia/Shanghai', false, (last_day + time '12:00') at time zone 'Asia/Shanghai'
from (select date '2024-10-01' + (:period - 1) * interval '3 months',
             (date '2024-10-01' + :period * interval '3 months')::date - 20) as quarter(first_day, last_day);

insert into run (id, period_id, scope, state, started_at, finished_at, user_agent)
overriding system value
select id, id, 'full', 'complete', check_at, check_at + interval '9 hours', 'govspider' from period where id = :period;

insert into target (period_id, site_id, included, exclude_reason, state_at_check, organisation_id)
select :period, n, n % 97 > 0 and n % 89 > 0,
       case when n % 97 = 0 then '已下线' when n % 89 = 0 then '例行维护' end,
       case when n % 97 = 0 then '已下线' when n % 89 = 0 then '例行维护' else '正常运行' end, n
from generate_series(1, :sites) as n;

insert into look (id, run_id, site_id, state, started_at, finished_at, pages, links)
overriding system value
select (:period - 1) * :sites + n, :period, n,
       case when pg_temp.part(n, :seed + :period) < 0.005 then 'incomplete' else 'complete' end,
       check_at + n * interval '2 seconds', check_at + n * interval '2 seconds' + interval '20 minutes', 40, 357
from generate_series(1, :sites) as n cross join period where period.id = :period and n % 89 > 0 order by 1;

insert into evidence (sha256, size, media_type, first_seen_at)
select encode(sha256((:period || ' ' || n)::bytea), 'hex'), 20000, 'text/html', '2025-01-01'
from generate_series(1, :sites) as n;

-- home pages (place 0), column pages (places 1 to 18), articles (places 20 and on)
insert into page (id, look_id, site_id, site_column_id, role, url, final_url, parent_url, status, unknown_reason, detail,
                  fetched_at, duration_ms, encoding, encoding_source, title, evidence_sha256,
                  bytes_at, not_modified_headers)
overriding system value
select look.id * 64 + place, look.id, look.site_id,
       case when place = 0 then null else (look.site_id - 1) * :columns + (place - 1) % 19 + 1 end,
       case when place = 0 then 'home' when place < 20 then 'column' else 'article' end,
       address, address, null,
       case when unseen then null else 200 end, case when unseen then 'timeout' end,
       case when unseen then '没有应答' else '' end, look.started_at + place * interval '20 seconds', 300, 'utf-8', 'meta',
       '标题', case when unseen then null else encode(sha256((:period || ' ' || look.site_id)::bytea), 'hex') end,
       -- one article in three was called unchanged
       case when place >= 20 and place % 3 = 0 and not unseen then look.started_at - interval '1 day' end,
       case when place >= 20 and place % 3 = 0 and not unseen then '{}'::jsonb end
from look
cross join (select generate_series(0, :columns) union all select generate_series(20, 19 + :articles)) as places(place)
cross join lateral (
    select 'https://s' || look.site_id || '.example.gov.cn/'
           || case when place = 0 then '' when place < 20 then 'c' || place || '/' else 'a' || place || '-' || :period || '.html' end,
           pg_temp.part(look.id * 64 + place, :seed) < 0.01
) as asked(address, unseen)
where look.run_id = :period order by 1;

insert into column_observation (id, page_id, look_id, site_column_id, state, unknown_reason, newest, newest_url, items, source)
overriding system value
select page.id, page.id, page.look_id, page.site_column_id,
       case when chance < 0.01 then 'blank' when chance < 0.04 then 'unknown' else 'list' end,
       case when chance >= 0.01 and chance < 0.04 then 'undated' end,
       case when chance >= 0.04 then (page.fetched_at at time zone 'Asia/Shanghai')::date
            - (case when chance < 0.10 then 10 + 900 * pg_temp.part(page.id, :seed + 2) else 12 * chance end)::integer end,
       page.url || 'a.html', 20, 'list'
from page cross join lateral (select pg_temp.part(page.id, :seed + 1)) as drawn(chance)
where page.look_id between (:period - 1) * :sites + 1 and :period * :sites
  and page.role in ('home', 'column') and page.status = 200 order by 1;

insert into article_observation (page_id, look_id, site_column_id, title, published, date_source, list_date, content_sha256)
select page.id, page.look_id, page.site_column_id, '标题', shown.newest, 'visible', shown.newest,
       md5(page.site_column_id || ' ' || shown.newest)
from page join column_observation as shown on shown.id = page.look_id * 64 + (page.site_column_id - 1) % :columns + 1
where page.look_id between (:period - 1) * :sites + 1 and :period * :sites
  and page.role = 'article' and page.status = 200 and shown.newest is not null order by page.id;

insert into mark_observation (page_id, look_id, mark, state, value, found_in)
select page.id, page.look_id, mark,
       case when chance < 0.02 then 'absent' when chance < 0.03 then 'unknown' else 'present' end,
       case when mark = 'site_code' then lpad((3300000000 + page.site_id)::text, 10, '0') end, 'text'
from page
cross join unnest(array['conac', 'site_code', 'icp', 'police', 'jiucuo', 'sponsor', 'contact', 'sitemap'])
    with ordinality as marks(mark, place)
cross join lateral (select pg_temp.part(page.id + place, :seed + 3)) as drawn(chance)
where page.look_id between (:period - 1) * :sites + 1 and :period * :sites and page.role = 'home' and page.status = 200
order by page.id;

insert into tag_observation (page_id, look_id, tags, lacking)
select page.id, page.look_id, jsonb_object_agg(name, value),
       coalesce(jsonb_agg(name order by name) filter (where value is null), '[]')
from page
cross join unnest(array['SiteName', 'SiteDomain', 'SiteIDCode', 'ColumnName', 'ColumnType'])
    with ordinality as tags(name, place)
cross join lateral (select case when pg_temp.part(page.id + place, :seed + 4) > 0.1 then '值' end) as drawn(value)
where page.look_id between (:period - 1) * :sites + 1 and :period * :sites and page.role = 'home' and page.status = 200
group by page.id, page.look_id order by page.id;

insert into dark_link_observation (page_id, look_id, url, domain, anchor, technique, strength, reasons)
select page.id, page.look_id, 'https://casino' || page.site_id % 20 || '.example.com/',
       'casino' || page.site_id % 20 || '.example.com', '博彩', 'display_none', 'strong', '["词库命中"]'
from page
where page.look_id between (:period - 1) * :sites + 1 and :period * :sites and page.role = 'home' and page.status = 200
  and pg_temp.part(page.site_id, :seed + 5) < 0.003;
