-- Findings that persons reviewed, by kind, and the share they dismissed (误报率). The last decision counts.
create view analysis.false_alarm (kind, reviewed, confirmed, dismissed, dismissed_share) as
select finding.kind, count(*), count(*) filter (where last.decision = 'confirm'),
       count(*) filter (where last.decision = 'dismiss'),
       round(100.0 * count(*) filter (where last.decision = 'dismiss') / count(*), 2)
from finding
join (
    select distinct on (finding_id) finding_id, decision from review order by finding_id, reviewed_at desc, id desc
) as last on last.finding_id = finding.id
group by finding.kind;
