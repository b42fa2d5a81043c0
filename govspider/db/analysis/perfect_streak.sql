-- Unbroken rows of periods in which every judged site of a group passed (连续合格率100%). Sites that could not be
-- judged do not break a streak; `unknown` counts them.
create view analysis.perfect_streak (
    rubric, group_kind, group_name, group_position, periods, first_period, last_period, unknown, lasts
) as
with numbered as (
    select rates.*, ordered.place, ordered.last_place,
           ordered.place - row_number() over (
               partition by rates.rubric, rates.group_kind, rates.group_id order by ordered.place
           ) as island
    from analysis.pass_rate_by_group as rates
    join (
        select period, row_number() over (order by check_at, period_id) as place, count(*) over () as last_place
        from analysis.period_order
    ) as ordered on ordered.period = rates.period
    where rates.failed = 0 and rates.passed > 0
)
select rubric, group_kind, min(group_name), min(group_position), count(*),
       (array_agg(period order by place))[1], (array_agg(period order by place desc))[1], sum(unknown)::bigint,
       max(place) = min(last_place)
from numbered group by rubric, group_kind, group_id, island;
