"""What a re-check looks at: a site, those of a unit, or the addresses of findings alone; and what is judged anew."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from govspider.items import LinkRecheck

LINK_KINDS = ("link_dead", "link_hijacked")


class UnknownUnitError(LookupError):
    """A unit that the registry does not hold, or that runs no site."""


def sites_of_unit(connection: Connection, name: str) -> list[str]:
    """Codes of the sites that a unit and the units below it run. Raises UnknownUnitError."""
    query = text("""
        with recursive below as (
            select id from organisation where name = :name
            union
            select organisation.id from organisation join below on organisation.parent_id = below.id
        )
        select site.code from site join below on below.id = site.organisation_id
        where site.gone_at is null order by site.code""")
    codes = list(connection.execute(query, {"name": name}).scalars())
    if not codes:
        raise UnknownUnitError(f"底账中没有单位“{name}”，或该单位没有网站")
    return codes


def finding_states(connection: Connection, finding_id: int) -> tuple[str, str]:
    """State and address of a finding as it stands."""
    row = connection.execute(text("select state, url from finding where id = :id"), {"id": finding_id}).one()
    return row.state, row.url


def open_link_findings(connection: Connection, site_codes: Sequence[str]) -> list[int]:
    """Numbers of the findings about links of these sites that stand open."""
    query = text("""
        select finding.id from finding join site on site.id = finding.site_id
        where site.code = any(:codes) and finding.kind = any(:kinds)
          and finding.state in ('suspected', 'confirmed', 'notified', 'regressed')
        order by finding.id""")
    return list(connection.execute(query, {"codes": list(site_codes), "kinds": list(LINK_KINDS)}).scalars())


def read_link_rechecks(connection: Connection, findings: Sequence[int], period_id: int) -> list[LinkRecheck]:
    """Where the addresses of these findings are asked again: in the run of their site's latest complete look.

    A link that stands on no page of that look any more is left out.
    """
    query = text("""
        select distinct on (finding.id)
               finding.site_id, latest.look_id, latest.run_id, finding.url, link.kind, link.element,
               coalesce((select max(answer.rung) from link_answer as answer
                         where answer.run_id = latest.run_id and md5(answer.url) = md5(finding.url)
                           and answer.url = finding.url), 0) as rung
        from finding
        join lateral (
            select look.id as look_id, look.run_id from look join run on run.id = look.run_id
            where look.site_id = finding.site_id and run.period_id = :period and look.state = 'complete'
              and look.finished_at is not null
            order by look.finished_at desc, look.id desc limit 1
        ) as latest on true
        join link on link.look_id = latest.look_id and md5(link.url) = md5(finding.url) and link.url = finding.url
        where finding.id = any(:findings) and finding.kind = any(:kinds)
        order by finding.id, link.id""")
    given = {"findings": list(findings), "period": period_id, "kinds": list(LINK_KINDS)}
    return [LinkRecheck(**row._mapping) for row in connection.execute(query, given)]


def note_rechecks(connection: Connection, run_ids: Sequence[int]) -> None:
    """Write down that answers came to these runs after their looks had ended, so that judging asks when."""
    query = text("update run set options = options || '{\"rechecked\": true}'::jsonb where id = any(:runs)")
    connection.execute(query, {"runs": sorted(set(run_ids))})


def sites_with_finding_on(connection: Connection, findings: Sequence[int]) -> list[str]:
    """Codes of all sites that have a finding on one of the addresses of these findings: one answer holds for all."""
    query = text("""
        select distinct site.code from finding as asked
        join finding as other on other.url = asked.url and other.kind = any(:kinds)
        join site on site.id = other.site_id
        where asked.id = any(:findings) order by 1""")
    return list(connection.execute(query, {"findings": list(findings), "kinds": list(LINK_KINDS)}).scalars())


def newest_period(connection: Connection, findings: Sequence[int]) -> str | None:
    """The period of the latest complete look at a site of these findings; None where there was none."""
    query = text("""
        select period.label from finding
        join look on look.site_id = finding.site_id and look.state = 'complete' and look.finished_at is not null
        join run on run.id = look.run_id join period on period.id = run.period_id
        where finding.id = any(:findings) order by look.finished_at desc, look.id desc limit 1""")
    found: str | None = connection.execute(query, {"findings": list(findings)}).scalar()
    return found
