-- Pages that answered without one of the page tags they were asked for (缺少的网页标签), by page.
create view analysis.missing_tag (period, site_code, site, role, url, missing, present) as
select looks.period, site.code, site.name, page.role, page.final_url, array(select jsonb_array_elements_text(tag.lacking)),
       (select count(*) from jsonb_object_keys(tag.tags)) - jsonb_array_length(tag.lacking)
from analysis.site_look as looks
join tag_observation as tag on tag.look_id = looks.look_id and tag.lacking <> '[]'
join page on page.id = tag.page_id and page.unknown_reason is null and page.status < 400
join site on site.id = looks.site_id;
