-- Pages that answered without one of the page tags they were asked for (缺少的网页标签), by page.
create view analysis.missing_tag (period, site_code, site, role, url, missing, present) as
select looks.period, site.code, site.name, page.role, page.final_url,
       array_agg(tag.name order by tag.name) filter (where coalesce(tag.value, '') = ''),
       count(*) filter (where coalesce(tag.value, '') <> '')
from analysis.site_look as looks
join page on page.look_id = looks.look_id and page.unknown_reason is null and page.status < 400
join tag_observation as tag on tag.page_id = page.id
join site on site.id = looks.site_id
group by looks.period, site.code, site.name, page.id
having bool_or(coalesce(tag.value, '') = '');
