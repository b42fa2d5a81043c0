"""Every table of the first release, as frozen in 0001_initial.sql, and the rights of the role analyst."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from alembic import context, op
from sqlalchemy import text

from govspider.db.analysis_schema import drop_schema
from govspider.db.roles import grant_analyst, revoke_analyst
from govspider.db.schema_version import VERSION_TABLE, initial_digest

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = Path(__file__).with_suffix(".sql").read_text("utf-8")


def upgrade() -> None:
    # the colon is SQLAlchemy's sign for a parameter; here it is only text
    op.execute(text(_TABLES.replace(":", r"\:")))
    op.execute(f"COMMENT ON TABLE {VERSION_TABLE} IS '{initial_digest(_TABLES)}'")
    if not context.is_offline_mode() and (refused := grant_analyst(op.get_bind())):
        logging.getLogger("govspider.db.roles").warning(refused)


def downgrade() -> None:
    if not context.is_offline_mode():
        revoke_analyst(op.get_bind())
        drop_schema(op.get_bind())
    for table in reversed(re.findall(r"^CREATE TABLE (\w+)", _TABLES, re.MULTILINE)):
        op.drop_table(table)
