-- Average score of each group and of all counted sites (平均得分), over the settled scores; `open` counts the others.
create view analysis.score_by_group (
    period, rubric, group_kind, group_name, scored, open, vetoed, sum_of_scores, average, average_deducted, average_bonus, highest,
    lowest
) as
select period, rubric, counted.group_kind, counted.group_name, count(score),
       count(*) filter (where score is null and not vetoed), count(*) filter (where vetoed), sum(score), round(avg(score), 2),
       round(avg(deducted), 2), round(avg(bonus), 2), max(score), min(score)
from analysis.site_points as points
-- not grouping sets: those would read every period before one is chosen
cross join lateral (values ('total', '合计'), (points.group_kind, points.group_name)) as counted (group_kind, group_name)
group by period, rubric, counted.group_kind, counted.group_name;
