-- Articles whose own text was seen before under an older date (旧文新发). Few are: names and addresses are looked up
-- for those that are found, not for every article of the period.
create view analysis.redated_article (
    period, site_code, site, url, title, published, earlier_period, earlier_url, earlier_published
) as
select looks.period, (select site.code from site where site.id = looks.site_id),
       (select site.name from site where site.id = looks.site_id),
       (select page.final_url from page where page.id = article.page_id), article.title, article.published,
       older.period, (select page.final_url from page where page.id = older.page_id), older.published
from analysis.site_look as looks
join article_observation as article on article.look_id = looks.look_id
cross join lateral (
    select period.label as period, earlier.page_id, earlier.published
    from article_observation as earlier
    join look on look.id = earlier.look_id and look.site_id = looks.site_id and look.id <> looks.look_id
     and look.started_at < looks.looked_at
    join run on run.id = look.run_id
    join period on period.id = run.period_id
    where earlier.content_sha256 = article.content_sha256 and earlier.published < article.published
    order by earlier.published limit 1
) as older
where article.content_sha256 <> '';
