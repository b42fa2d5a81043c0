-- Links that were dead at both looks of the run (死链错链), with a page they stand on. Made for one site: name its
-- code, for every link of the sites asked about is compared with the answers of the run.
create view analysis.dead_link (
    period, site_code, site, url, link_scope, link_kind, source_url, first_status, status, detail
) as
select distinct on (looks.period, site.code, link.scope, link.url)
       looks.period, site.code, site.name, link.url, link.scope, link.kind, page.final_url, first.status, second.status,
       second.detail
from analysis.site_look as looks
join site on site.id = looks.site_id
join link on link.look_id = looks.look_id
cross join lateral (
    select answer.status from link_answer as answer
    where answer.run_id = looks.run_id and md5(answer.url) = md5(link.url) and answer.url = link.url
      and answer.rung = 1 and answer.state = 'dead' limit 1
) as first
cross join lateral (
    select answer.status, answer.detail from link_answer as answer
    where answer.run_id = looks.run_id and md5(answer.url) = md5(link.url) and answer.url = link.url
      and answer.rung = 2 and answer.state = 'dead' limit 1
) as second
join page on page.id = link.page_id
order by looks.period, site.code, link.scope, link.url, page.id, link.id;
