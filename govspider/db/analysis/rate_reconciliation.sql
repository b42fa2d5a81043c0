-- Whether the numbers of a period add up (数据核对): counted sites = verdicts, and the groups' sums = the whole.
create view analysis.rate_reconciliation (
    period, rubric, counted, judged, groups_sites, passed, groups_passed, failed, groups_failed, reconciles
) as
select whole.period, whole.rubric, scope.counted, whole.sites, parts.sites, whole.passed, parts.passed, whole.failed,
       parts.failed,
       scope.counted = whole.sites and whole.sites = parts.sites and whole.passed = parts.passed
       and whole.failed = parts.failed
from analysis.pass_rate as whole
join (
    select period, rubric, sum(sites)::bigint as sites, sum(passed)::bigint as passed, sum(failed)::bigint as failed
    from analysis.pass_rate_by_group group by period, rubric
) as parts on parts.period = whole.period and parts.rubric = whole.rubric
join (
    select period.label as period, count(*) as counted from target join period on period.id = target.period_id
    where target.included group by period.label
) as scope on scope.period = whole.period;
