-- Dead links of each site by place and kind (死链错链统计), from the findings of the period: confirmed and suspected apart.
create view analysis.dead_link_count (
    period, rubric, site_code, site, organisation, group_kind, group_name, confirmed, suspected, dismissed
) as
select period, rubric, site_code, site, organisation, group_kind, group_name,
       count(*) filter (where certainty = 'confirmed' and state <> 'dismissed'),
       count(*) filter (where certainty <> 'confirmed' and state <> 'dismissed'),
       count(*) filter (where state = 'dismissed')
from analysis.period_finding where kind = 'link_dead'
group by 1, 2, 3, 4, 5, 6, 7;
