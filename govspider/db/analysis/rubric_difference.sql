-- Sites whose verdict differs between two rubrics over the same looks (指标变化的影响).
create view analysis.rubric_difference (
    period, rubric, other_rubric, site_code, site, organisation, group_kind, group_name, result, other_result
) as
select one.period, one.rubric, other.rubric, one.site_code, one.site, one.organisation, one.group_kind,
       one.group_name, one.result, other.result
from analysis.site_verdict as one
join (
    select period.label as period, verdict.rubric, verdict.site_id, verdict.look_id, verdict.result
    from verdict join period on period.id = verdict.period_id where verdict.clause = 'site'
) as other
  on other.period = one.period and other.site_id = one.site_id and other.rubric <> one.rubric
 and other.look_id is not distinct from one.look_id and other.result <> one.result;
