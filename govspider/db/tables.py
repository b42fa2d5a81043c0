"""The tables, as SQLAlchemy Core: one definition for code, migrations and the data dictionary.

Every table and column carries a comment; `docs/data-dictionary.md` is generated from them.
Instants are timestamptz, days are dates in Asia/Shanghai, codes and addresses are text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[Any]:
    return Column("id", BigInteger, Identity(), primary_key=True, comment="Row number given by the database")


def _to(target: str, comment: str, *, null: bool = False, cascade: bool = False, name: str = "") -> Column[Any]:
    """Foreign key column named after its target table, or `name`."""
    rule = "CASCADE" if cascade else None
    key = ForeignKey(f"{target}.id", ondelete=rule)
    return Column(name or f"{target}_id", BigInteger, key, nullable=null, comment=comment)


def _text(name: str, comment: str, *, null: bool = False, default: str | None = None) -> Column[Any]:
    return Column(name, Text, nullable=null, comment=comment, server_default=default)


def _at(name: str, comment: str, *, null: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=null, comment=comment)


def _day(name: str, comment: str, *, null: bool = True) -> Column[Any]:
    return Column(name, Date, nullable=null, comment=comment)


def _number(name: str, comment: str, *, null: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=null, comment=comment)


def _json(name: str, comment: str) -> Column[Any]:
    return Column(name, JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment=comment)


def _list(name: str, comment: str) -> Column[Any]:
    return Column(name, JSONB, nullable=False, server_default=text("'[]'::jsonb"), comment=comment)


def _points(name: str, comment: str) -> Column[Any]:
    return Column(name, Numeric(9, 4), nullable=True, comment=comment)


def _flag(name: str, comment: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False, server_default=text("false"), comment=comment)


# ── registry: what should exist ─────────────────────────────────────────────────────────────

organisation = Table(
    "organisation",
    metadata,
    _key(),
    _text("name", "Name of the unit or region (机构或地区名称)"),
    _text("kind", "province, city, district, township, department or unassigned (未分区)"),
    _text("region_code", "Administrative division code (区划代码) of a region", null=True),
    _to("organisation", "Superior in the tree; null at the top", null=True, name="parent_id"),
    _text("line", "Department line (条线) such as 教育, null where not given", null=True),
    _text("parent_source", "How the superior was found: registry, region_code, or none", null=True),
    _number("position", "Protocol order (排列顺序), null when not given", null=True),
    UniqueConstraint("name", "kind", "parent_id", postgresql_nulls_not_distinct=True),
    CheckConstraint("kind in ('province','city','district','township','department','unassigned')", name="kind_known"),
    Index(None, "parent_id"),
    comment="Tree of regions and units (机构树): 省–市–区县–乡镇 and departments",
)

site = Table(
    "site",
    metadata,
    _key(),
    _text("code", "Website identification code (网站标识码); a temporary N-code where the registry has none"),
    _flag("code_is_temporary", "True for a temporary N-code"),
    _text("name", "Website name (网站名称)"),
    _text("site_type", "portal (门户网站), department (部门网站) or special (专项网站)"),
    _to("organisation", "Unit that runs the site (主办单位)"),
    _text("home_url", "Home page address (首页网址) of the registry"),
    _text("platform", "Shared platform (集约化平台): politeness is per platform", null=True),
    _text("icp_number", "ICP备案号 of the registry", null=True),
    _text("police_number", "公安机关备案号 of the registry", null=True),
    _json("extra", "Other columns of the registry, by their header"),
    _at("first_seen_at", "When the site first stood in an imported registry"),
    _at("gone_at", "When a complete registry no longer held it; null while it does", null=True),
    UniqueConstraint("code"),
    CheckConstraint("site_type in ('portal','department','special')", name="site_type_known"),
    Index(None, "organisation_id"),
    comment="Government websites (政府网站) as registered",
)

site_contact = Table(
    "site_contact",
    metadata,
    _key(),
    _to("site", "The website", cascade=True),
    _text("person", "Contact person (负责人或联系人)", null=True),
    _text("phone", "Telephone, as text", null=True),
    _text("email", "E-mail address", null=True),
    UniqueConstraint("site_id"),
    comment="Contact persons of the registry: personal data, not readable by the role analyst",
)

site_host = Table(
    "site_host",
    metadata,
    _key(),
    _to("site", "The website", cascade=True),
    _text("host", "Host name"),
    _text("source", "registry, twin (www or bare), column, or suggested (seen in links, never crawled)"),
    _at("first_seen_at", "When it was first known"),
    UniqueConstraint("site_id", "host"),
    CheckConstraint("source in ('registry','twin','column','suggested')", name="source_known"),
    Index(None, "host"),
    comment="Hosts that belong to a site, and hosts to add (建议补充的域名)",
)

site_status = Table(
    "site_status",
    metadata,
    _key(),
    _to("site", "The website", cascade=True),
    _text("state", "Running state (运行状态) such as 正常运行, 例行维护, 申请关停, 已下线"),
    _day("valid_from", "First day of this state", null=False),
    _day("valid_to", "First day of the next state; null while it lasts"),
    _text("document_no", "Approval document (批准文号)", null=True),
    _text("source", "registry, or default where the registry names no state"),
    UniqueConstraint("site_id", "valid_from"),
    comment="Dated history of a site's running state (运行状态历史)",
)

site_column = Table(
    "site_column",
    metadata,
    _key(),
    _to("site", "The website", cascade=True),
    _text("name", "Column name (栏目名称)"),
    _text("url", "Column address (栏目URL)"),
    _text("kind", "Kind of column (栏目类别), the words of ColumnKind in govspider/items.py"),
    _text("kind_source", "registry, or guess"),
    Column("kind_confidence", Double, nullable=False, comment="0 to 1; 1 for the registry"),
    _text("kind_why", "Which rule or word decided the kind", default=""),
    _number("level", "1 = first-level column (一级栏目), 2 = below it, null = not known", null=True),
    _number("update_days", "Update period in days (更新期限) where the registry gives one", null=True),
    _text("source", "registry, navigation, site_map or page_tags"),
    _text("parent_name", "Name of the column above it", default=""),
    _at("first_seen_at", "When it was first known"),
    _at("gone_at", "When a complete registry no longer held it", null=True),
    UniqueConstraint("site_id", "url"),
    comment="Columns of websites (栏目), registered or discovered",
)

column_exemption = Table(
    "column_exemption",
    metadata,
    _key(),
    _to("site_column", "The column", cascade=True),
    _text("reason", "Why the column need not be updated"),
    _text("author", "Who entered it"),
    _text("approver", "Who approved it", null=True),
    _day("valid_from", "First day of the exemption", null=False),
    _day("expires_on", "Last day of the exemption", null=False),
    UniqueConstraint("site_column_id", "valid_from"),
    comment="Columns exempted from updating (豁免栏目), always with an end",
)

column_request = Table(
    "column_request",
    metadata,
    _to("site_column", "The column", cascade=True),
    _text("url", "Address; {unix} and {unix_ms} stand for the time of asking"),
    _text("method", "GET or POST"),
    _text("body", "Body of a POST, same placeholders", default=""),
    _json("headers", "Headers that the page's script sent"),
    _text("shell_sha256", "Fingerprint of the scripts of the page it was learned from"),
    _at("learned_at", "When a browser was last seen to read its list from this request"),
    _at("last_worked_at", "When it last brought the list"),
    PrimaryKeyConstraint("site_column_id"),
    comment="Requests learned from a browser (栏目数据请求): the next look reads such a column without one",
)

registry_import = Table(
    "registry_import",
    metadata,
    _key(),
    _text("file_name", "Name of the imported file"),
    _text("file_sha256", "SHA-256 of its bytes"),
    _text("encoding", "Encoding used for a csv, xlsx otherwise"),
    _at("imported_at", "When it was imported"),
    _number("accepted", "Rows accepted"),
    _number("rejected", "Rows rejected, all in the reject file"),
    _flag("complete", "True when absent sites count as gone"),
    _list("regions", "Region codes the file covers"),
    comment="Imports of registry files (底账导入)",
)

registry_change = Table(
    "registry_change",
    metadata,
    _key(),
    _to("registry_import", "The import", cascade=True),
    _text("subject", "site, column, organisation or contact"),
    _text("subject_key", "Site code, or site code and column address"),
    _text("change", "added, changed, gone or returned"),
    _text("field", "Changed field", null=True),
    _text("old_value", "Value before", null=True),
    _text("new_value", "Value after", null=True),
    Index(None, "registry_import_id"),
    comment="What each import added, changed or found gone (底账变更); contacts are named without their values",
)

# ── periods and runs: what was looked at ────────────────────────────────────────────────────

period = Table(
    "period",
    metadata,
    _key(),
    _text("label", "Label such as 2026Q4"),
    _day("data_from", "First day of the period's data", null=False),
    _day("data_to", "Last day of the period's data", null=False),
    _at("check_at", "监测时间点: windows count back from here"),
    _at("message_cutoff", "Cut-off for messages (留言截止)", null=True),
    _flag("ad_hoc", "True when a crawl made the period, not a person"),
    _at("frozen_at", "When the first full run froze the denominator", null=True),
    UniqueConstraint("label"),
    comment="Inspection periods (监测周期)",
)

run = Table(
    "run",
    metadata,
    _key(),
    _to("period", "The period it looks for"),
    _text("scope", "full, or partial (sites= or shard=)"),
    _text("state", "running, complete or incomplete"),
    _at("started_at", "Start"),
    _at("finished_at", "End; null while running", null=True),
    _text("user_agent", "Identity shown to the sites"),
    _json("options", "Spider arguments and the settings that shape what is seen"),
    _json("counters", "Scrapy counters at the end"),
    _text("detail", "Why it is incomplete", default=""),
    CheckConstraint("state in ('running','complete','incomplete')", name="state_known"),
    Index(None, "period_id"),
    comment="Crawl runs (巡检批次)",
)

target = Table(
    "target",
    metadata,
    _key(),
    _to("period", "The period", cascade=True),
    _to("site", "The website"),
    _flag("included", "True when the site counts in the denominator"),
    _text("exclude_reason", "Why it does not, such as 例行维护", null=True),
    _text("state_at_check", "Running state at check_at"),
    _to("organisation", "Unit at the time of freezing"),
    UniqueConstraint("period_id", "site_id"),
    comment="Frozen denominator of a period (冻结的统计范围)",
)

look = Table(
    "look",
    metadata,
    _key(),
    _to("run", "The run", cascade=True),
    _to("site", "The website"),
    _text("state", "running, complete or incomplete"),
    _at("started_at", "Start"),
    _at("finished_at", "End", null=True),
    _number("pages", "Pages asked for", null=True),
    _number("links", "Distinct links recorded", null=True),
    _text("detail", "Why it is incomplete", default=""),
    _text("owner_domain", "Registrable domain of the home page: sites that share it are one owner", default=""),
    UniqueConstraint("run_id", "site_id"),
    CheckConstraint("state in ('running','complete','incomplete')", name="state_known"),
    Index(None, "site_id", "finished_at"),
    comment="One look at one site in one run (单站巡检): the unit of progress",
)

# ── observations: what was seen ─────────────────────────────────────────────────────────────

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", Text, primary_key=True, comment="SHA-256 of the bytes as received, hexadecimal"),
    Column("size", BigInteger, nullable=False, comment="Bytes as received"),
    _text("media_type", "Media type the site declared", null=True),
    _at("first_seen_at", "When these bytes were first seen"),
    _at("dropped_at", "When retention removed the bytes; null while they are kept", null=True),
    comment="Kept bytes (证据): stored once per content, outside the database",
)

page = Table(
    "page",
    metadata,
    _key(),
    _to("look", "The look", cascade=True),
    _to("site", "The website"),
    _to("site_column", "The column, for column pages and their parts", null=True),
    _text(
        "role",
        "home, frame, script, column, list_data, article, site_map, recheck, rendered, second_page, browser_view, "
        "picture, spider_view, referred_view or plain_view",
    ),
    _text("url", "Address asked for"),
    _text("final_url", "Address that answered, after redirects"),
    _text("parent_url", "Page this one was fetched for", null=True),
    _number("status", "HTTP status; null when there was no answer", null=True),
    _text("unknown_reason", "Why the page could not be seen; null when it was", null=True),
    _text("detail", "The failure in words", default=""),
    _at("fetched_at", "When the answer ended"),
    _number("duration_ms", "Milliseconds from request to answer", null=True),
    _text("encoding", "Encoding the text was read with", null=True),
    _text("encoding_source", "Who named it: bom, meta, header, bytes or damaged", null=True),
    _text("title", "Page title", null=True),
    Column("evidence_sha256", Text, ForeignKey("evidence.sha256"), nullable=True, comment="The kept bytes"),
    _list("redirects", "Redirect chain: address and status of each hop"),
    _json("request_headers", "Headers sent"),
    _json("response_headers", "Headers received; `:cut` says how many more there were than are kept"),
    _list("missing_parts", "Frames and scripts of the page that could not be fetched"),
    _text("dark_unread", "What the search for dark links left unread (budget); null for a page read whole", null=True),
    _text("wording_unread", "What the search for wrong wordings left unread (budget); null likewise", null=True),
    _at(
        "bytes_at",
        "When the kept bytes came, where the server answered 304 (not modified) at fetched_at: status and "
        "response_headers are of then; null where the bytes came with this answer (CONDITIONAL_DAYS)",
        null=True,
    ),
    Column("not_modified_headers", JSONB, nullable=True, comment="Headers of that 304; null where there was none"),
    UniqueConstraint("look_id", "url", "role", "site_column_id", postgresql_nulls_not_distinct=True),
    Index(None, "site_id", "fetched_at"),
    Index(None, "site_column_id"),
    Index(None, "evidence_sha256"),
    Index("ix_page_not_modified", "look_id", postgresql_where=text("bytes_at is not null")),
    comment="Pages fetched (抓取页面)",
)

column_observation = Table(
    "column_observation",
    metadata,
    _key(),
    _to("page", "The page", cascade=True),
    _to("look", "The look", cascade=True),
    _to("site_column", "The column; null for a home page", null=True),
    _text("state", "list, blank, portal, article, form, external or unknown"),
    _text("unknown_reason", "Reason where the state is unknown", null=True),
    _day("newest", "Date of the newest item, never in the future"),
    _text("newest_url", "Its address", null=True),
    _number("items", "Items seen on the first list page", null=True),
    _number("total", "Items claimed by the list's own API", null=True),
    _text("source", "Where the records were read", null=True),
    _text("evidence_text", "Words a blank or an unknown rests on", default=""),
    _list("notes", "What was odd"),
    UniqueConstraint("page_id"),
    Index(None, "look_id"),
    Index(None, "site_column_id", "newest"),
    comment="What a column or home page showed (栏目观测)",
)

list_item = Table(
    "list_item",
    metadata,
    _key(),
    _to("column_observation", "The observation", cascade=True),
    _number("position", "Place in the list, from 1"),
    _text("title", "Title"),
    _text("url", "Address", null=True),
    _day("published", "Date that stands with it"),
    _text("date_text", "That date as written", default=""),
    _text("date_source", "Where the date was read"),
    _flag("pinned", "True for a pinned item (置顶)"),
    _flag("in_future", "True when dated after the day of looking"),
    UniqueConstraint("column_observation_id", "position", "in_future"),
    Index("ix_list_item_future", "column_observation_id", postgresql_where=text("in_future")),
    comment="Items of the first list page (列表条目)",
)

published_day = Table(
    "published_day",
    metadata,
    _key(),
    _to("look", "The look", cascade=True),
    _day("day", "Day that the items are dated", null=False),
    _number("items", "Items of that day; one that stands in several lists counts once, on its newest day"),
    UniqueConstraint("look_id", "day"),
    comment="Items by day on the first list pages of a look (信息发布量), counted when the look ends",
)

article_observation = Table(
    "article_observation",
    metadata,
    _key(),
    _to("page", "The article page", cascade=True),
    _to("look", "The look", cascade=True),
    _to("site_column", "The column it was reached from", null=True),
    _text("title", "Title"),
    _day("published", "Publish date shown"),
    _text("date_text", "That date as written", default=""),
    _text("date_source", "visible, meta, tag or none"),
    _day("meta_published", "PubDate tag"),
    _day("url_date", "Day that its address spells out"),
    _text("content_sha256", "Hash of the article's own text", default=""),
    _day("list_date", "Date the list gave it"),
    UniqueConstraint("page_id"),
    Index(None, "look_id", "site_column_id"),
    # an older date of the same text is asked for, for every article of a period
    Index(None, "content_sha256", "published"),
    comment="Publish dates of the newest articles (文章发布时间观测), the second witness",
)

mark_observation = Table(
    "mark_observation",
    metadata,
    _key(),
    _to("page", "The page", cascade=True),
    _to("look", "The look", cascade=True),
    _text("mark", "conac, site_code, icp, police, jiucuo, sponsor, contact or sitemap"),
    _text("state", "present, absent, unknown or invalid"),
    _text("value", "What it says", null=True),
    _text("reason", "Why unknown or invalid", null=True),
    _text("found_in", "Where it stands: text, attribute, script, frame", null=True),
    UniqueConstraint("page_id", "mark"),
    Index(None, "look_id"),
    comment="Footer marks (页脚标识观测)",
)

tag_observation = Table(
    "tag_observation",
    metadata,
    _key(),
    _to("page", "The page", cascade=True),
    _to("look", "The look", cascade=True),
    _json("tags", "Content by name, such as SiteIDCode; null when the tag is absent, empty when it is empty"),
    _list("lacking", "Names of the tags that are absent or empty, in order"),
    UniqueConstraint("page_id"),
    Index(None, "look_id"),
    comment="Page tags of 国办发〔2017〕47号 (网页标签观测), one row per page that was asked for them",
)

link_block = Table(
    "link_block",
    metadata,
    _key(),
    _to("look", "The look", cascade=True),
    _text("scope", "home or inner"),
    _text("digest", "Hash of its markup, of where it stands and of what its addresses are resolved against"),
    UniqueConstraint("look_id", "scope", "digest"),
    comment="Menus, footers and other blocks of links that pages repeat (链接块): their links are stored once per look",
)

page_block = Table(
    "page_block",
    metadata,
    _to("page", "The page", cascade=True),
    _to("link_block", "The block that stands on it, once or more", cascade=True),
    PrimaryKeyConstraint("page_id", "link_block_id"),
    Index(None, "link_block_id"),
    comment="Which blocks of links stand on which pages (页面与链接块)",
)

link = Table(
    "link",
    metadata,
    _key(),
    _to("page", "The page it stands on; of a block, the first page of the look with it", cascade=True),
    _to("link_block", "The block of links it belongs to: its other pages are in page_block", null=True, cascade=True),
    _to("look", "The look", cascade=True),
    _text("url", "Absolute address as a browser would send it"),
    _text("raw", "Address verbatim"),
    _text("kind", "page, image, attachment, external, style or script"),
    _text("scope", "home or inner"),
    _text("anchor", "Link text", default=""),
    _text("place", "header, navigation, main, footer or unplaced"),
    _text("path", "Path in the document", default=""),
    _text("element", "Tag and attribute", default=""),
    Index(None, "look_id"),
    Index("ix_link_page_id", "page_id"),
    Index(None, "link_block_id", postgresql_where=text("link_block_id is not null")),
    Index("ix_link_url_hash", text("md5(url)")),
    comment="Links of pages (链接清单); analysis.page_link shows those of every page",
)

link_answer = Table(
    "link_answer",
    metadata,
    _key(),
    _to("run", "The run", cascade=True),
    _text("url", "Address asked"),
    _number("rung", "1 = first answer, 2 and more = further looks in the same run, re-checks on request among them"),
    _text("state", "ok, dead or unknown"),
    _text("unknown_reason", "Reason where unknown", null=True),
    _text("detail", "The failure in words", default=""),
    _number("status", "HTTP status", null=True),
    _text("final_url", "Address that answered"),
    _at("answered_at", "When"),
    _list("redirects", "Redirect chain"),
    _json("response_headers", "Headers received; `:cut` says how many more there were than are kept"),
    Column("first_bytes", LargeBinary, nullable=True, comment="First bytes where they decided"),
    _text(
        "fault",
        "In which way it is dead: gone, no_name, server_error, refused, redirect_loop, soft_404, home_redirect, "
        "dead_jump, empty, wrong_file, parked or planted",
        null=True,
    ),
    _flag("browser", "A browser showed the page, with what its scripts bring"),
    _to(
        "run",
        "The earlier run that asked, where its answer was taken over (LINK_REUSE_DAYS): `answered_at` is its time",
        null=True,
        name="reused_from",
    ),
    CheckConstraint("state in ('ok','dead','unknown')", name="state_known"),
    Index("uq_link_answer_run_id_url_rung", "run_id", text("md5(url)"), "rung", unique=True),
    Index("ix_link_answer_reused", "run_id", postgresql_where=text("reused_from is not null")),
    # judging asks a run of millions of answers for the few that are not ok, or were not at first
    Index(
        "ix_link_answer_open",
        "run_id",
        text("md5(url)"),
        "rung",
        postgresql_where=text("state <> 'ok' or rung > 1"),
    ),
    comment="What links answered (链接检测结果): one per address, run and rung",
)

link_identity = Table(
    "link_identity",
    metadata,
    _key(),
    _to("run", "The run that saw it", cascade=True),
    _text("url", "Address asked, outside the site"),
    _text("host", "Its host"),
    _text("domain", "Registrable domain that answered, after redirects"),
    _text("title", "Title of the page that answered"),
    _text("language", "zh, latin or other by letters, empty where too few", default=""),
    _text("certificate", "Subject of the certificate: organisation, else common name; empty without TLS", default=""),
    _at("seen_at", "When"),
    Index("uq_link_identity_run_id_url", "run_id", text("md5(url)"), unique=True),
    Index("ix_link_identity_url_hash", text("md5(url)")),
    comment="Whose page stood at an outside address (外链身份): to notice that another took its place",
)

link_probe = Table(
    "link_probe",
    metadata,
    _key(),
    _to("run", "The run", cascade=True),
    _text("host", "Host and port that was asked"),
    _text("url", "Address that was made up: no page can stand there"),
    _text("final_url", "Address that answered, after redirects"),
    _number("status", "HTTP status; null when there was no answer", null=True),
    _text("title", "Title of the page that came instead", default=""),
    _at("answered_at", "When"),
    Column("first_bytes", LargeBinary, nullable=True, comment="First bytes of the answer"),
    Index(None, "run_id", "host"),
    comment="How hosts answer for pages that do not exist (不存在网址的答复): the measure for soft 404s",
)

link_exception = Table(
    "link_exception",
    metadata,
    _key(),
    _to("site", "The website it holds for; null for all", null=True, cascade=True),
    _text("target", "Address, or beginning of addresses, that is excepted"),
    _text("reason", "Why the link is not counted"),
    _text("author", "Who entered it"),
    _day("valid_from", "First day", null=False),
    _day("expires_on", "Last day", null=False),
    _at("entered_at", "When it was entered"),
    Index(None, "site_id"),
    comment="Links that are not counted for a time (链接例外), always with reason, author and end",
)

dark_link_observation = Table(
    "dark_link_observation",
    metadata,
    _key(),
    _to("page", "The page", cascade=True),
    _to("look", "The look", cascade=True),
    _text("url", "Target"),
    _text("anchor", "Link text", default=""),
    _text("technique", "How it is hidden"),
    _text("strength", "strong or weak"),
    _list("reasons", "Why it is suspected"),
    _text("path", "Path in the document", default=""),
    _text("snippet", "Markup around it", default=""),
    _number("char_offset", "Place in the decoded text", null=True),
    _number("byte_offset", "The same in the received bytes; null where damaged bytes make it a guess", null=True),
    _text("domain", "Registrable domain of the target"),
    Index(None, "look_id"),
    Index(None, "domain"),
    Index("ix_dark_link_observation_page_id", "page_id"),
    comment="Links hidden from visitors (暗链观测)",
)

outbound_domain = Table(
    "outbound_domain",
    metadata,
    _key(),
    _to("look", "The look", cascade=True),
    _text("domain", "Registrable domain outside the site"),
    _number("links", "Times it is linked where visitors can see it"),
    _text("url", "The first of these links"),
    _text("source_url", "The page it stands on"),
    UniqueConstraint("look_id", "domain"),
    Index(None, "domain"),
    comment="Domains that a site links openly (外链域名): a target that only hidden links have is in none of them",
)

domain_verdict = Table(
    "domain_verdict",
    metadata,
    _key(),
    _text("domain", "Registrable domain"),
    _text("verdict", "vendor, statistics, social, government, dark or expired"),
    _text("reason", "Why"),
    _text("author", "Who entered it"),
    _at("entered_at", "When"),
    UniqueConstraint("domain"),
    CheckConstraint(
        "verdict in ('vendor','statistics','social','government','dark','expired')",
        name="verdict_known",
    ),
    comment="What persons know of domains (域名判定): weighs for or against the links to them",
)

dark_link_sight = Table(
    "dark_link_sight",
    metadata,
    _key(),
    _to("page", "The page as the browser left it", cascade=True),
    _to("look", "The look", cascade=True),
    _text("url", "Target"),
    _text("source_url", "Final address of the page that it stands on"),
    _text(
        "state",
        "visible, not_rendered, transparent, no_area, off_page, clipped, tiny_text, no_contrast, covered, "
        "absent or unknown",
    ),
    Index(None, "look_id"),
    Index("ix_dark_link_sight_page_id", "page_id"),
    comment="How suspected links stand in a browser (暗链浏览器复看)",
)

tampering_observation = Table(
    "tampering_observation",
    metadata,
    _key(),
    _to("page", "The page", cascade=True),
    _to("look", "The look", cascade=True),
    _text("kind", "What was tampered with"),
    _text("tampered_text", "The text in question"),
    _text("strength", "strong or weak"),
    _list("reasons", "Why it is suspected"),
    _text("snippet", "Markup around it", default=""),
    _number("char_offset", "Place in the decoded text", null=True),
    _number("byte_offset", "The same in the received bytes; null where damaged bytes make it a guess", null=True),
    Index(None, "look_id"),
    Index("ix_tampering_observation_page_id", "page_id"),
    comment="Tampering other than links (篡改观测)",
)

wording_observation = Table(
    "wording_observation",
    metadata,
    _key(),
    _to("page", "The page", cascade=True),
    _to("look", "The look", cascade=True),
    _text("wrong_text", "The wording as it stands"),
    _text("suggestion", "What it should be"),
    _text("rule", "near/, short/, pair/ or order/, and the phrase or pattern"),
    _text("severity", "严重 (suspected grave error) or 提示 (hint)"),
    _text("category", "Category of the rule"),
    _text("reason", "Why it was told"),
    _text("sentence", "The sentence it stands in"),
    _text("place", "标题, 正文 or 列表"),
    _text("target_url", "Address of the text: the page, or what the list title links to"),
    _text("path", "Path in the document", default=""),
    _number("char_offset", "Place in the decoded text", null=True),
    CheckConstraint("severity in ('严重','提示')", name="severity_known"),
    Index(None, "look_id"),
    Index("ix_wording_observation_page_id", "page_id"),
    comment="Wrong wordings (表述观测)",
)

vendor_wording = Table(
    "vendor_wording",
    metadata,
    _key(),
    _to("site", "The website"),
    _to("period", "The period it was reported for"),
    _text("vendor", "Who reported it: always named with the finding"),
    _text("url", "Page that it was reported on"),
    _text("wrong_text", "The wording as reported"),
    _text("suggestion", "What it should be", default=""),
    _text("severity", "严重 or 提示"),
    _text("sentence", "The sentence as reported", default=""),
    _text("vendor_state", "suspected, confirmed or dismissed, as the vendor's own people left it"),
    _day("reported_on", "Day of the report"),
    _text("file", "File it came in"),
    _number("row_number", "Row of the file"),
    _at("imported_at", "When it was imported"),
    UniqueConstraint("site_id", "period_id", "vendor", "url", "wrong_text"),
    CheckConstraint("severity in ('严重','提示')", name="severity_known"),
    CheckConstraint("vendor_state in ('suspected','confirmed','dismissed')", name="state_known"),
    Index(None, "period_id"),
    comment="Reports of other vendors' text checks (导入的表述问题)",
)

# ── judging: what it is worth ───────────────────────────────────────────────────────────────

finding = Table(
    "finding",
    metadata,
    _key(),
    _text("fingerprint", "Same fault, same fingerprint, run after run"),
    _to("site", "The website"),
    _to("site_column", "The column, where there is one", null=True),
    _text("kind", "Kind of finding, closed list of scripts/problems.py"),
    _text("state", "suspected, confirmed, dismissed, exempted, notified, fixed or regressed"),
    _text("url", "The faulty target"),
    _text("source_url", "The page it stands on", null=True),
    _text("evidence_sha256", "Kept bytes it rests on", null=True),
    _text("evidence", "The finding in words, with the figures it rests on"),
    _at("first_seen_at", "First seen"),
    _at("last_seen_at", "Last seen"),
    _to("run", "Run that saw it last", name="last_run_id"),
    _day("exempted_until", "End of an exemption"),
    UniqueConstraint("fingerprint"),
    CheckConstraint(
        "state in ('suspected','confirmed','dismissed','exempted','notified','fixed','regressed')",
        name="state_known",
    ),
    Index(None, "site_id", "kind"),
    comment="Findings (问题): suspected until confirmed",
)

finding_sighting = Table(
    "finding_sighting",
    metadata,
    _key(),
    _to("finding", "The finding", cascade=True),
    _to("period", "The period"),
    _to("look", "The look that showed it", cascade=True),
    _text("rubric", "Rubric that was judged under"),
    _text("clause", "Clause it falls under", default=""),
    _text("certainty", "confirmed or suspected by the observations alone"),
    _text("evidence", "The finding in words at this sighting"),
    _text("evidence_sha256", "Kept bytes", null=True),
    UniqueConstraint("finding_id", "period_id", "rubric"),
    Index(None, "period_id", "rubric"),
    Index(None, "look_id"),
    comment="In which periods a finding was seen (问题出现记录)",
)

finding_history = Table(
    "finding_history",
    metadata,
    _key(),
    _to("finding", "The finding", cascade=True),
    _at("changed_at", "When"),
    _text("from_state", "State before", null=True),
    _text("to_state", "State after"),
    _text("changed_by", "Person, or judging"),
    _text("reason", "Why"),
    _to("run", "Run that caused it", null=True),
    Index(None, "finding_id"),
    comment="History of findings (问题状态历史)",
)

review = Table(
    "review",
    metadata,
    _key(),
    _to("finding", "The finding", cascade=True),
    _text("decision", "confirm or dismiss"),
    _text("reviewer", "Who decided"),
    _text("reason", "Why"),
    _at("reviewed_at", "When"),
    Index(None, "finding_id"),
    comment="Decisions of persons (人工复核)",
)

verdict = Table(
    "verdict",
    metadata,
    _key(),
    _to("period", "The period"),
    _text("rubric", "Rubric id"),
    _text("rubric_sha256", "SHA-256 of the rubric file"),
    _to("site", "The website"),
    _to("look", "The look it rests on; null when there was none", null=True, cascade=True),
    _text("clause", "Clause id; site for the site as a whole"),
    _text("result", "pass, fail, unknown or not_applicable"),
    _number("bad", "Confirmed faults counted", null=True),
    _number("suspected", "Suspected faults counted", null=True),
    _number("unknown", "Things that could not be established", null=True),
    _number("threshold", "Faults at which the clause fails", null=True),
    _list("reasons", "Why, in words"),
    _list("findings", "Findings it rests on"),
    _points("points_low", "Points charged or given at least; null on clauses without points"),
    _points("points_high", "Points charged or given at most: open and suspected faults counted"),
    _at("judged_at", "When it was judged"),
    Column(
        "version", Integer, nullable=False, server_default=text("1"), comment="Raised by every judging that changed it"
    ),
    UniqueConstraint("period_id", "rubric", "site_id", "clause"),
    CheckConstraint("result in ('pass','fail','unknown','not_applicable')", name="result_known"),
    Index(None, "look_id"),
    # rates ask for the one verdict on the site as a whole, of a dozen or a hundred clauses
    Index("ix_verdict_site", "period_id", "rubric", postgresql_where=text("clause = 'site'")),
    comment="Verdicts per site and clause as they stand now (现行判定结果)",
)

superseded_verdict = Table(
    "superseded_verdict",
    metadata,
    _key(),
    _to("period", "The period"),
    _text("rubric", "Rubric id"),
    _text("rubric_sha256", "SHA-256 of the rubric file"),
    _to("site", "The website"),
    Column("look_id", BigInteger, nullable=True, comment="The look it rested on; that look may be gone"),
    _text("clause", "Clause id; site for the site as a whole"),
    _text("result", "pass, fail, unknown or not_applicable"),
    _number("bad", "Confirmed faults counted", null=True),
    _number("suspected", "Suspected faults counted", null=True),
    _number("unknown", "Things that could not be established", null=True),
    _number("threshold", "Faults at which the clause failed", null=True),
    _list("reasons", "Why, in words"),
    _list("findings", "Findings it rested on"),
    _points("points_low", "Points charged or given at least"),
    _points("points_high", "Points charged or given at most"),
    _at("judged_at", "When it was judged"),
    _number("version", "Its version; the current verdict has a higher one"),
    _at("superseded_at", "When a later judging changed it"),
    UniqueConstraint("period_id", "rubric", "site_id", "clause", "version"),
    comment="Earlier versions of verdicts, never changed (历次判定结果)",
)

site_score = Table(
    "site_score",
    metadata,
    _key(),
    _to("period", "The period", cascade=True),
    _text("rubric", "Rubric id"),
    _to("site", "The website"),
    _text("object_class", "Class of objects of the rubric"),
    _text("result", "pass, fail, unknown or open (clauses not entered) by the score; null without one", null=True),
    _flag("vetoed", "True when a veto clause hit: no score is made"),
    _flag("without_service", "True when the registry says there are no external service functions"),
    _points("deduct_low", "Score after deductions, at least"),
    _points("deduct_high", "Score after deductions, at most"),
    _points("total_low", "Score with bonus, at least; null where it cannot be computed"),
    _points("total_high", "Score with bonus, at most"),
    _points("total", "The score, rounded half up; null until it is settled"),
    _list("open_clauses", "Clauses that a person has not entered (未录入)"),
    _list("unknown_clauses", "Clauses that could not be established or rest on suspected faults"),
    _list("without_points", "Clauses whose official points were not found"),
    _at("judged_at", "When it was computed"),
    UniqueConstraint("period_id", "rubric", "site_id"),
    CheckConstraint("result in ('pass','fail','unknown','open')", name="result_known"),
    comment="Scores of sites under rubrics that give points (网站得分)",
)

manual_entry = Table(
    "manual_entry",
    metadata,
    _key(),
    _to("period", "The period"),
    _text("rubric", "Rubric id"),
    _to("site", "The website"),
    _text("clause", "Clause id"),
    _text("result", "hit, clear or not_applicable for veto clauses; points for scored ones"),
    _points("points", "Points charged or given; null on veto clauses"),
    _text("note", "Why, in words", default=""),
    _text("entered_by", "Who decided"),
    _at("entered_at", "When it was imported"),
    _text("file_name", "File it came from", default=""),
    UniqueConstraint("period_id", "rubric", "site_id", "clause"),
    CheckConstraint("result in ('hit','clear','not_applicable','points')", name="result_known"),
    comment="Clauses that a person decided (人工录入)",
)
