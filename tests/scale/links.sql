-- Links of one period and what they answered. Parameters: :sites, :columns, :links (per site), :period, :seed.
-- One link in 150 is dead at the first look, most of them at the second too; one in 50 could not be established.

create or replace function pg_temp.part(number bigint, salt integer) returns double precision
language sql immutable parallel safe
return (hashint8extended(number, salt) & 1048575)::double precision / 1048576;

insert into link (page_id, look_id, url, raw, kind, scope, anchor, place, path, element)
select look.id * 64 + n % (:columns + 1), look.id,
       'https://s' || look.site_id || '.example.gov.cn/l/' || n || '.html', '/l/' || n || '.html',
       case when n % 9 = 0 then 'attachment' when n % 7 = 0 then 'image' else 'page' end,
       case when n % (:columns + 1) = 0 then 'home' else 'inner' end, '链接' || n, 'main', '/html/body/div[3]/a', 'a href'
from look cross join generate_series(1, :links) as n
where look.run_id = :period order by look.id, n % (:columns + 1), n;

insert into link_answer (run_id, url, rung, state, unknown_reason, detail, status, final_url, answered_at)
select :period, url, rung, case when chance < limits.dead then 'dead' when chance < limits.unknown then 'unknown' else 'ok' end,
       case when chance >= limits.dead and chance < limits.unknown then 'timeout' end, '',
       case when chance < limits.dead then 404 when chance >= limits.unknown then 200 end, url, look.finished_at
from look cross join generate_series(1, :links) as n
cross join lateral (
    select 'https://s' || look.site_id || '.example.gov.cn/l/' || n || '.html',
           pg_temp.part(look.site_id * 1000 + n + :period / 8, :seed + 6)
) as asked(url, chance)
cross join (values (1, 0.0067, 0.0267), (2, 0.006, 0.0067)) as limits(rung, dead, unknown)
where look.run_id = :period and (rung = 1 or chance < 0.0067) order by look.id, n, rung;
