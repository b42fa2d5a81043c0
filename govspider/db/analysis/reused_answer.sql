-- Answers to outside links that a run took over from an earlier one instead of asking again (沿用的外链检测结果), with the time
-- at which they were given. None where LINK_REUSE_DAYS is 0.
create view analysis.reused_answer (period, run_id, url, status, answered_at, asked_in_run) as
select period.label, answer.run_id, answer.url, answer.status, answer.answered_at, answer.reused_from
from link_answer as answer
join run on run.id = answer.run_id
join period on period.id = run.period_id
where answer.reused_from is not null;
