"""What a hostile page says of itself stands as plain text wherever it is shown: no markup, no sequence, no formula."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from govspider.db import tables as t
from govspider.db.engine import make_engine
from govspider.judging import judge
from tests.fresh_databases import fresh_database
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity

ROOT = Path(__file__).parents[2]
CODE, RUBRIC = "3300000001", "guoban-2019"
HOSTILE = "[bold]百\x1b[31m家乐\x1b]0;owned\x07\u202e反\u009b2J<script>alert(1)</script>"
COMMANDS = [
    f"explain.py {CODE} W-V1.3 --period {PERIOD}",
    "review.py list",
    f"problems.py --period {PERIOD} --format csv",
    f"domains.py index --period {PERIOD}",
]


@pytest.fixture(scope="module")
def address(server_url: str, _template: str) -> Iterator[str]:
    """A judged site of which every observed text is hostile."""
    with fresh_database(server_url, _template) as url:
        engine = make_engine(url)
        city = ObservedCity(engine)
        city.organisation("甲市", "city")
        city.site(CODE, "甲市")
        look, _ = city.look(CODE)
        page = city.page(look, CODE, f"{city.home_url(CODE)}?{HOSTILE}", "home", title=HOSTILE)
        shown = {"anchor": HOSTILE, "reasons": [HOSTILE], "path": HOSTILE, "domain": f"={HOSTILE}", "snippet": HOSTILE}
        city.dark_link(page, look, f"http://bet.example/{HOSTILE}", **shown)
        row = {"page_id": page, "look_id": look, "kind": "link_farm", "strength": "strong"}
        tampered = {**row, "tampered_text": HOSTILE, "reasons": [HOSTILE], "snippet": HOSTILE}
        with engine.begin() as connection:
            connection.execute(insert(t.tampering_observation).values(tampered))
        wrong = {"wrong_text": HOSTILE, "suggestion": HOSTILE, "sentence": HOSTILE, "reason": HOSTILE}
        city.wording(page, look, f"{city.home_url(CODE)}?{HOSTILE}", **wrong)
        judge(engine, PERIOD, RUBRIC, CHECK_AT)
        engine.dispose()
        yield url


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_commands_no_terminal_and_no_spreadsheet(address: str, command: str) -> None:
    script, *arguments = command.split()
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), *arguments],
        env={**os.environ, "DATABASE_URL": address, "FORCE_COLOR": "", "COLUMNS": "200"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode("utf-8-sig")
    assert "家乐" in shown.replace("\n", ""), "the page's text is not told at all"
    assert not [hex(ord(char)) for char in shown if is_obeyed(char)]
    assert not [cell for line in shown.splitlines() for cell in line.split(",") if cell.startswith(("=", "@", "+"))]


def is_obeyed(char: str) -> bool:
    """Whether a terminal acts on a character beyond the end of a line, or a line turns its direction."""
    control = (ord(char) < 32 and char not in "\r\n") or 0x7F <= ord(char) < 0xA0
    return control or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
