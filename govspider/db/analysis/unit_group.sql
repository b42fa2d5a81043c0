-- The one group that each unit's sites are counted in (统计分组): its district, its city-level department, the city
-- itself, or 未分区. The same rule as in the pass rate tables.
create view analysis.unit_group (organisation_id, group_kind, group_id, group_name, group_position) as
with recursive below (id, kind, root_kind, district, department, unassigned, township) as (
    select id, kind, kind, case when kind = 'district' then id end, case when kind = 'department' then id end,
           kind = 'unassigned', kind = 'township'
    from organisation where parent_id is null
    union all
    select unit.id, unit.kind, above.root_kind,
           coalesce(above.district, case when unit.kind = 'district' then unit.id end),
           coalesce(above.department, case when unit.kind = 'department' then unit.id end),
           above.unassigned or unit.kind = 'unassigned', above.township or unit.kind = 'township'
    from below as above join organisation as unit on unit.parent_id = above.id
), placed (id, group_kind, group_id) as (
    select id,
           case when unassigned then 'unassigned'
                when district is not null then 'district'
                when kind in ('city', 'province') then 'city'
                when department is not null and not township and root_kind in ('city', 'province') then 'department'
                else 'unassigned' end,
           case when unassigned then null
                when district is not null then district
                when kind in ('city', 'province') then id
                when not township and root_kind in ('city', 'province') then department end
    from below
)
select organisation.id, coalesce(placed.group_kind, 'unassigned'), placed.group_id,
       coalesce(lead_unit.name, '未分区'), lead_unit.position
from organisation
left join placed on placed.id = organisation.id
left join organisation as lead_unit on lead_unit.id = placed.group_id;
