-- Articles whose own text was seen before under an older date (旧文新发).
create view analysis.redated_article (
    period, site_code, site, url, title, published, earlier_period, earlier_url, earlier_published
) as
select looks.period, site.code, site.name, page.final_url, article.title, article.published, older.period,
       older.url, older.published
from analysis.site_look as looks
join article_observation as article on article.look_id = looks.look_id
join page on page.id = article.page_id
join site on site.id = looks.site_id
cross join lateral (
    select period.label as period, earlier_page.final_url as url, earlier.published
    from article_observation as earlier
    join page as earlier_page on earlier_page.id = earlier.page_id and earlier_page.site_id = looks.site_id
    join look on look.id = earlier.look_id
    join run on run.id = look.run_id
    join period on period.id = run.period_id
    where earlier.content_sha256 = article.content_sha256 and earlier.published < article.published
      and earlier_page.fetched_at < page.fetched_at
    order by earlier.published limit 1
) as older
where article.content_sha256 <> '';
