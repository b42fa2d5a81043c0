-- The home page of every site in scope (首页访问与更新情况): how it answered, where it led, how old its newest date is.
-- An address that was not seen (`unknown_reason`) is no outage.
create view analysis.home_page (
    period, site_code, site, site_type, organisation, group_kind, group_name, included, state_at_check, home_url,
    final_url, status, unknown_reason, own_host, https, bare_ip, gov_cn, newest, days_since
) as
select scope.period, scope.site_code, scope.site, scope.site_type, scope.organisation, scope.group_kind,
       scope.group_name, scope.included, scope.state_at_check, scope.home_url, home.final_url, home.status,
       home.unknown_reason,
       exists (select from site_host where site_host.site_id = scope.site_id and site_host.host = answered.host
               and site_host.source <> 'suggested'),
       home.final_url ilike 'https://%', answered.host ~ '^([0-9]{1,3}\.){3}[0-9]{1,3}$|:',
       answered.host ~ '(^|\.)gov\.cn$', shown.newest, looks.check_day - shown.newest
from analysis.site_scope as scope
join analysis.site_look as looks on looks.period = scope.period and looks.site_id = scope.site_id
join page as home on home.look_id = looks.look_id and home.role = 'home'
left join lateral (
    -- one look-up for each home page, never a walk over the columns of all periods
    select column_observation.newest from column_observation where column_observation.page_id = home.id offset 0
) as shown on true
cross join lateral (
    select lower(coalesce(substring(home.final_url from '^[a-zA-Z]+://(?:[^/@]*@)?\[([^\]]+)\]'),
                          substring(home.final_url from '^[a-zA-Z]+://(?:[^/@]*@)?([^/:?#]+)')))
) as answered (host);
