-- Change of each group's pass rate on the period before, in percentage points (较上期变化，百分点), from unrounded
-- rates. Refused, with the reason, where the two periods were not judged under the same rubric file.
create view analysis.pass_rate_change (
    period, previous_period, rubric, group_kind, group_name, group_position, pass_rate, previous_pass_rate,
    change_points, refused_because
) as
select now.period, ordered.previous_period, now.rubric, now.group_kind, now.group_name, now.group_position,
       now.pass_rate, round(100.0 * before.passed / nullif(before.passed + before.failed, 0), 2),
       case when before.rubric_sha256 = now.rubric_sha256
            then round(100.0 * now.passed / nullif(now.passed + now.failed, 0)
                       - 100.0 * before.passed / nullif(before.passed + before.failed, 0), 2) end,
       case when ordered.previous_period is null then 'no earlier period'
            when before.period is null then 'the group was not judged under this rubric in the period before'
            when before.rubric_sha256 <> now.rubric_sha256 then 'the rubric file has changed since'
            when now.pass_rate is null or before.passed + before.failed = 0 then 'no site could be judged' end
from analysis.pass_rate_by_group as now
join analysis.period_order as ordered on ordered.period = now.period
left join (
    -- counted under the label of the period after it: asking for one period then reads two, not all of them
    select later.period, verdicts.rubric, max(verdicts.rubric_sha256), verdicts.group_kind, verdicts.group_id,
           count(*) filter (where verdicts.result = 'pass'), count(*) filter (where verdicts.result = 'fail')
    from analysis.period_order as later
    join analysis.site_verdict as verdicts on verdicts.period = later.previous_period
    group by later.period, verdicts.rubric, verdicts.group_kind, verdicts.group_id
) as before (period, rubric, rubric_sha256, group_kind, group_id, passed, failed)
  on before.period = now.period and before.rubric = now.rubric and before.group_kind = now.group_kind
 and coalesce(before.group_id, 0) = coalesce(now.group_id, 0);
