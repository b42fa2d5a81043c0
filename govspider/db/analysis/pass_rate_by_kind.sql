-- Pass rate by site type (网站类型) and by department line (条线); `dimension` says which of the two a row is about.
create view analysis.pass_rate_by_kind (
    period, rubric, dimension, name, sites, passed, failed, unknown, pass_rate, coverage, lower_bound, upper_bound
) as
select period, rubric, kinds.dimension, kinds.name, count(*), count(*) filter (where result = 'pass'),
       count(*) filter (where result = 'fail'), count(*) filter (where result not in ('pass', 'fail')),
       round(100.0 * count(*) filter (where result = 'pass')
             / nullif(count(*) filter (where result in ('pass', 'fail')), 0), 2),
       round(100.0 * count(*) filter (where result in ('pass', 'fail')) / count(*), 2),
       round(100.0 * count(*) filter (where result = 'pass') / count(*), 2),
       round(100.0 * count(*) filter (where result <> 'fail') / count(*), 2)
from analysis.site_verdict
cross join lateral (values ('site_type', site_type), ('line', line)) as kinds (dimension, name)
where kinds.name is not null
group by period, rubric, kinds.dimension, kinds.name;
