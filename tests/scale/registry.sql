-- Organisations, sites and columns. Parameters: :sites, :districts, :columns.
-- Site 1 is the city's portal, the next ones are district portals; every other site has a unit of its own,
-- one in ten directly under the city. Unit and site share their number.

insert into organisation (id, name, kind, region_code, parent_id, line, parent_source, position)
overriding system value
select n,
       case when n = 1 then '规模市' when n <= :districts + 1 then '第' || n || '区' else '第' || n || '局' end,
       case when n = 1 then 'city' when n <= :districts + 1 then 'district' else 'department' end,
       case when n <= :districts + 1 then lpad((330000 + n)::text, 6, '0') end,
       case when n = 1 then null when n <= :districts + 1 or n % 10 = 0 then 1 else 2 + n % :districts end,
       case when n > :districts + 1 then (array['教育', '卫生', '税务', '公安', '民政'])[1 + n % 5] end,
       'registry', n
from generate_series(1, :sites) as n order by n;

insert into site (id, code, code_is_temporary, name, site_type, organisation_id, home_url, platform, first_seen_at)
overriding system value
select n, lpad((3300000000 + n)::text, 10, '0'), false, '第' || n || '网',
       case when n <= :districts + 1 then 'portal' else 'department' end, n,
       'https://s' || n || '.example.gov.cn/', 'platform-' || n % 50, '2024-09-01 00:00+08'
from generate_series(1, :sites) as n order by n;

insert into site_host (site_id, host, source, first_seen_at)
select n, 's' || n || '.example.gov.cn', 'registry', '2024-09-01 00:00+08' from generate_series(1, :sites) as n;

insert into site_status (site_id, state, valid_from, source)
select n, case when n % 97 = 0 then '已下线' when n % 89 = 0 then '例行维护' else '正常运行' end, '2024-09-01', 'registry'
from generate_series(1, :sites) as n;

insert into site_column (id, site_id, name, url, kind, kind_source, kind_confidence, kind_why, level, update_days,
                         source, parent_name, first_seen_at)
overriding system value
select (n - 1) * :columns + c, n, '栏目' || c, 'https://s' || n || '.example.gov.cn/c' || c || '/',
       (array['news', 'news', 'notice', 'notice', 'policy', 'interpretation', 'yearly', 'static', 'other'])[1 + c % 9],
       'registry', 1, '', case when c <= 10 then 1 else 2 end, case when c % 9 = 8 then 180 end,
       'registry', '', '2024-09-01 00:00+08'
from generate_series(1, :sites) as n cross join generate_series(1, :columns) as c order by 1;
