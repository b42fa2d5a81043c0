-- Links that were dead at both looks of the run (死链错链), with a page they stand on.
create view analysis.dead_link (
    period, site_code, site, url, link_scope, link_kind, source_url, first_status, status, detail
) as
select distinct on (looks.period, looks.look_id, link.scope, link.url)
       looks.period, site.code, site.name, link.url, link.scope, link.kind, page.final_url, first.status, second.status,
       second.detail
from analysis.site_look as looks
join link_answer as first on first.run_id = looks.run_id and first.rung = 1 and first.state = 'dead'
join link_answer as second
  on second.run_id = first.run_id and md5(second.url) = md5(first.url) and second.url = first.url and second.rung = 2
 and second.state = 'dead'
join link on link.look_id = looks.look_id and md5(link.url) = md5(first.url) and link.url = first.url
join page on page.id = link.page_id
join site on site.id = looks.site_id
order by looks.period, looks.look_id, link.scope, link.url, page.id, link.id;
