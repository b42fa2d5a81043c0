-- Pass rate of each district, each city-level department, the city portal and 未分区 (各区县、各部门合格率).
create view analysis.pass_rate_by_group (
    period, rubric, rubric_sha256, group_kind, group_id, group_name, group_position, sites, passed, failed, unknown,
    pass_rate, coverage, lower_bound, upper_bound
) as
select period, rubric, max(rubric_sha256), group_kind, group_id, group_name, group_position, count(*),
       count(*) filter (where result = 'pass'), count(*) filter (where result = 'fail'),
       count(*) filter (where result not in ('pass', 'fail')),
       round(100.0 * count(*) filter (where result = 'pass')
             / nullif(count(*) filter (where result in ('pass', 'fail')), 0), 2),
       round(100.0 * count(*) filter (where result in ('pass', 'fail')) / count(*), 2),
       round(100.0 * count(*) filter (where result = 'pass') / count(*), 2),
       round(100.0 * count(*) filter (where result <> 'fail') / count(*), 2)
from analysis.site_verdict
group by period, rubric, group_kind, group_id, group_name, group_position;
