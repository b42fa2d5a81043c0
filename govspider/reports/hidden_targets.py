"""Hidden targets across sites as tables: the index of domains, and campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from govspider.db.domain_verdicts import JudgedDomain, read_domain_verdicts
from govspider.db.engine import Engine
from govspider.db.observations import read_latest_looks
from govspider.db.period_labels import SHANGHAI
from govspider.db.periods import find_period
from govspider.db.shared_targets import HiddenTarget, read_hidden_targets
from govspider.judging.campaigns import Campaign, find_campaigns
from govspider.reports.domain_sheet import VERDICT_WORDS
from govspider.reports.spreadsheet import Sheet

_SHOWN = 5


def list_hidden_targets(engine: Engine, label: str) -> list[HiddenTarget]:
    """Domains that stand hidden on sites of a period, by its latest looks. Raises UnknownPeriodError."""
    period = find_period(engine, label)
    with engine.connect() as connection:
        looks = [look.look_id for look in read_latest_looks(connection, period.id) if look.look_id is not None]
        return read_hidden_targets(connection, looks)


def index_sheet(engine: Engine, targets: Sequence[HiddenTarget]) -> Sheet:
    """One row per hidden domain, with what persons say of it."""
    with engine.connect() as connection:
        judged = read_domain_verdicts(connection)
    header = ("域名", "隐藏该域名的主办方数", "网站标识码", "公开链接的网站数", "锚文本", "首次发现", "判定", "理由")
    return Sheet("隐藏外链域名", header, [_row(target, judged.get(target.domain)) for target in targets])


def campaign_sheet(targets: Iterable[HiddenTarget]) -> Sheet:
    """One row per campaign."""
    rows = [_campaign_row(number, campaign) for number, campaign in enumerate(find_campaigns(targets), start=1)]
    return Sheet("团伙线索", ("序号", "网站数", "网站标识码", "域名", "锚文本", "首次发现"), rows)


def verdict_sheet(engine: Engine) -> Sheet:
    """Every judged domain."""
    with engine.connect() as connection:
        judged = read_domain_verdicts(connection).values()
    rows = [(one.domain, VERDICT_WORDS[one.verdict], one.reason, one.author, _day(one.entered_at)) for one in judged]
    return Sheet("域名判定", ("域名", "判定", "理由", "录入人", "录入日期"), rows)


def _row(target: HiddenTarget, judged: JudgedDomain | None) -> tuple[str | int | None, ...]:
    return (
        target.domain,
        target.owners,
        "、".join(target.sites),
        target.open_sites,
        _some(target.anchors),
        _day(target.first_seen_at),
        VERDICT_WORDS[judged.verdict] if judged else None,
        judged.reason if judged else None,
    )


def _campaign_row(number: int, campaign: Campaign) -> tuple[str | int, ...]:
    sites, domains = "、".join(campaign.sites), "、".join(campaign.domains)
    return number, len(campaign.sites), sites, domains, _some(campaign.anchors), _day(campaign.first_seen_at)


def _some(anchors: Sequence[str]) -> str:
    more = f" 等 {len(anchors)} 种" if len(anchors) > _SHOWN else ""
    return "、".join(anchors[:_SHOWN]) + more


def _day(at: datetime) -> str:
    return at.astimezone(SHANGHAI).date().isoformat()
