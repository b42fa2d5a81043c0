-- Pages that their server called unchanged (未修改，HTTP 304) when a run asked: the bytes that were read came earlier, and the
-- same bytes are the evidence. An article of two lists is told once. None where CONDITIONAL_DAYS is 0.
create view analysis.unchanged_page (period, run_id, site_code, site, url, asked_at, bytes_at, evidence_sha256) as
select distinct
       period.label, look.run_id, site.code, site.name, page.url, page.fetched_at, page.bytes_at, page.evidence_sha256
from page
join look on look.id = page.look_id
join run on run.id = look.run_id
join period on period.id = run.period_id
join site on site.id = look.site_id
where page.bytes_at is not null;
