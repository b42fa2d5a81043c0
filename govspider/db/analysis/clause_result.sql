-- How often each clause failed, passed or stayed open (各项指标判定情况), and the faults behind it.
create view analysis.clause_result (
    period, rubric, clause, failed, passed, unknown, not_applicable, confirmed_faults, suspected_faults
) as
select period.label, verdict.rubric, verdict.clause, count(*) filter (where verdict.result = 'fail'),
       count(*) filter (where verdict.result = 'pass'), count(*) filter (where verdict.result = 'unknown'),
       count(*) filter (where verdict.result = 'not_applicable'), coalesce(sum(verdict.bad), 0)::bigint,
       coalesce(sum(verdict.suspected), 0)::bigint
from verdict join period on period.id = verdict.period_id
where verdict.clause <> 'site'
group by period.label, verdict.rubric, verdict.clause;
