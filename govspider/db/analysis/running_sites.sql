-- Counted and left-out sites of a period by type and group (运行网站数量), and how many there were the period before.
create view analysis.running_sites (period, site_type, group_kind, running, left_out, previous_running) as
with counted as (
    select period, site_type, group_kind, count(*) filter (where included) as running,
           count(*) filter (where not included) as left_out
    from analysis.site_scope group by period, site_type, group_kind
)
select now.period, now.site_type, now.group_kind, now.running, now.left_out,
       case when ordered.previous_period is not null then coalesce(before.running, 0) end
from counted as now
join analysis.period_order as ordered on ordered.period = now.period
left join counted as before
  on before.period = ordered.previous_period and before.site_type = now.site_type and before.group_kind = now.group_kind;
