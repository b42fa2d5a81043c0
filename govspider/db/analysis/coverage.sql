-- How much of what should be inspected was (覆盖率): sites in scope, counted, looked at, and judged under a rubric.
create view analysis.coverage (period, rubric, in_scope, counted, looked, judged, looked_share, judged_share) as
select scope.period, judged.rubric, scope.in_scope, scope.counted, scope.looked_at, judged.established,
       round(100.0 * scope.looked_at / nullif(scope.counted, 0), 2),
       round(100.0 * judged.established / nullif(scope.counted, 0), 2)
from (
    select period.label as period, count(*) as in_scope, count(*) filter (where target.included) as counted,
           count(looks.look_id) filter (where target.included) as looked_at
    from target
    join period on period.id = target.period_id
    left join analysis.site_look as looks on looks.period = period.label and looks.site_id = target.site_id
    group by period.label
) as scope
left join (
    select period.label as period, verdict.rubric, count(*) filter (where result in ('pass', 'fail')) as established
    from verdict join period on period.id = verdict.period_id where verdict.clause = 'site'
    group by period.label, verdict.rubric
) as judged on judged.period = scope.period;
