-- Periods in the order of their 监测时间点, each with the one before it (监测周期及上期).
create view analysis.period_order (period, period_id, data_from, data_to, check_at, check_day, previous_period) as
select label, id, data_from, data_to, check_at, (check_at at time zone 'Asia/Shanghai')::date,
       lag(label) over (order by check_at, id)
from period;
