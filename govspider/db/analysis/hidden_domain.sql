-- Domains that hidden links of a period lead to (隐藏链接指向的域名), across sites: who hides them, who links them openly, and what
-- persons know of them. Hidden at several owners and open nowhere is evidence without any word list.
create view analysis.hidden_domain (period, domain, owners, sites, links, strong_links, open_sites, domain_verdict) as
with hidden as (
    select looks.period, dark.domain,
           count(distinct coalesce(nullif(site.platform, ''), nullif(look.owner_domain, ''), site.code)) as owners,
           count(distinct looks.site_id) as sites, count(*) as links,
           count(*) filter (where dark.strength = 'strong') as strong_links
    from analysis.site_look as looks
    join dark_link_observation as dark on dark.look_id = looks.look_id
    join look on look.id = looks.look_id
    join site on site.id = looks.site_id
    group by looks.period, dark.domain
), open as (
    select looks.period, outbound.domain, count(distinct looks.site_id) as sites
    from analysis.site_look as looks
    join outbound_domain as outbound on outbound.look_id = looks.look_id
    where outbound.domain in (select domain from dark_link_observation)
    group by looks.period, outbound.domain
)
select hidden.period, hidden.domain, hidden.owners, hidden.sites, hidden.links, hidden.strong_links,
       coalesce(open.sites, 0), known.verdict
from hidden
left join open on open.period = hidden.period and open.domain = hidden.domain
left join domain_verdict as known on known.domain = hidden.domain;
