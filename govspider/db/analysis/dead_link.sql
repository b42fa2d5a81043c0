-- Links that were dead at the last two looks of the run (死链错链), with a page they stand on. Made for one site: name its
-- code, for every link of the sites asked about is compared with the answers of the run.
create view analysis.dead_link (
    period, site_code, site, url, link_scope, link_kind, source_url, first_status, status, detail
) as
select distinct on (looks.period, site.code, link.scope, link.url)
       looks.period, site.code, site.name, link.url, link.scope, link.kind, page.final_url, before.status, last.status,
       last.detail
from analysis.site_look as looks
join site on site.id = looks.site_id
join link on link.look_id = looks.look_id
cross join lateral (
    select answer.rung, answer.state, answer.status, answer.detail from link_answer as answer
    where answer.run_id = looks.run_id and md5(answer.url) = md5(link.url) and answer.url = link.url
    order by answer.rung desc limit 1
) as last
cross join lateral (
    select answer.status from link_answer as answer
    where answer.run_id = looks.run_id and md5(answer.url) = md5(link.url) and answer.url = link.url
      and answer.rung = last.rung - 1 and answer.state = 'dead' limit 1
) as before
join page on page.id = link.page_id
where last.state = 'dead'
order by looks.period, site.code, link.scope, link.url, page.id, link.id;
