-- The look that counts for a site in a period: its latest complete one (有效巡检).
create view analysis.site_look (period, check_day, site_id, look_id, run_id, looked_at) as
select distinct on (period.label, look.site_id)
       period.label, (period.check_at at time zone 'Asia/Shanghai')::date, look.site_id, look.id, look.run_id,
       look.finished_at
from look
join run on run.id = look.run_id
join period on period.id = run.period_id
where look.state = 'complete' and look.finished_at is not null
order by period.label, look.site_id, look.finished_at desc, look.id desc;
