-- Pass rate of all counted sites of a period (总体合格率), with the figures that defend it.
create view analysis.pass_rate (
    period, rubric, sites, passed, failed, unknown, pass_rate, coverage, lower_bound, upper_bound
) as
select period, rubric, count(*), count(*) filter (where result = 'pass'), count(*) filter (where result = 'fail'),
       count(*) filter (where result not in ('pass', 'fail')),
       round(100.0 * count(*) filter (where result = 'pass')
             / nullif(count(*) filter (where result in ('pass', 'fail')), 0), 2),
       round(100.0 * count(*) filter (where result in ('pass', 'fail')) / count(*), 2),
       round(100.0 * count(*) filter (where result = 'pass') / count(*), 2),
       round(100.0 * count(*) filter (where result <> 'fail') / count(*), 2)
from analysis.site_verdict
group by period, rubric;
