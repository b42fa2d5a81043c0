-- Links hidden from visitors (暗链), with how they are hidden and how strong the evidence is. All of them are
-- suspected until a person confirms.
create view analysis.dark_link (
    period, site_code, site, target_host, url, technique, strength, reasons, source_url
) as
select looks.period, site.code, site.name, lower(substring(dark.url from '^(?:[a-zA-Z]+:)?//(?:[^/@]*@)?([^/:?#]+)')), dark.url,
       dark.technique, dark.strength, dark.reasons, page.final_url
from analysis.site_look as looks
join dark_link_observation as dark on dark.look_id = looks.look_id
join page on page.id = dark.page_id
join site on site.id = looks.site_id;
