-- Links as they stand on every page of the looks (链接清单). A menu or footer that many pages repeat is stored once per look;
-- here its links stand under each of those pages. Made for one site or one page: name it.
create view analysis.page_link (
    period, site_code, site, source_url, url, raw, link_kind, link_scope, anchor, place, element, repeated
) as
select looks.period, site.code, site.name, page.final_url, link.url, link.raw, link.kind, link.scope, link.anchor, link.place,
       link.element, link.link_block_id is not null
from analysis.site_look as looks
join site on site.id = looks.site_id
join link on link.look_id = looks.look_id
left join page_block as standing on standing.link_block_id = link.link_block_id
join page on page.id = coalesce(standing.page_id, link.page_id);
