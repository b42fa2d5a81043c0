-- Every column seen in a period (栏目更新情况): what it showed, its newest date, and the days from there to the
-- 监测时间点. Exemptions that held on that day are named.
create view analysis.column_age (
    period, site_id, site_code, site, column_name, url, column_kind, level, update_days, state, unknown_reason, newest,
    days_since, exempted_until
) as
select looks.period, looks.site_id, site.code, site.name, registered.name, registered.url, registered.kind,
       registered.level, registered.update_days, seen.state, seen.unknown_reason, seen.newest,
       looks.check_day - seen.newest, exempted.until
from analysis.site_look as looks
join column_observation as seen on seen.look_id = looks.look_id
join page on page.id = seen.page_id and page.role = 'column'
join site_column as registered on registered.id = seen.site_column_id
join site on site.id = looks.site_id
left join lateral (
    select max(expires_on) as until from column_exemption
    where site_column_id = registered.id and looks.check_day between valid_from and expires_on
) as exempted on true;
