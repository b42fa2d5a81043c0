"""scripts/domains.py as a person runs it, and what judging makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.observed_city import PERIOD, ObservedCity, days_ago

CHECKOUT = Path(__file__).resolve().parents[2]
CODES = ("0100000001", "0100000002")
BET = "http://bet.example.com/a"


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    """Two sites that hide the same target, without any word that accuses."""
    made = ObservedCity(engine)
    made.organisation("甲市", "city")
    for code in CODES:
        made.site(code, "甲市")
        look, _ = made.look(code)
        page = made.home(look, code, days_ago(1))
        made.dark_link(page, look, BET, strength="weak", reasons=["隐藏"], anchor="合作伙伴")
    return made


def run(url: str, script: str, *words: str) -> tuple[int, str]:
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    command = [sys.executable, str(CHECKOUT / "scripts" / script), *words]
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def problems(url: str) -> str:
    assert run(url, "judge.py", "--period", PERIOD)[0] == 0
    code, text = run(url, "problems.py", "--period", PERIOD, "--format", "json")
    assert code == 0
    return text


def test_a_target_hidden_at_two_owners_is_strong_evidence_without_any_word(
    city: ObservedCity, database_url: str
) -> None:
    told = problems(database_url)
    assert told.count("疑似暗链（证据强）") == 2
    assert "域名 bet.example.com 在 2 个主办方的网站上以隐藏方式出现" in told


def test_the_index_and_the_campaign_name_the_sites(city: ObservedCity, database_url: str) -> None:
    code, index = run(database_url, "domains.py", "index", "--period", PERIOD, "--format", "csv")
    assert (
        code,
        "bet.example.com,2,'0100000001、0100000002" in index or "bet.example.com,2,0100000001、" in index,
    ) == (0, True)
    code, campaigns = run(database_url, "domains.py", "campaigns", "--period", PERIOD, "--format", "csv")
    assert code == 0
    assert "1,2,0100000001、0100000002,bet.example.com,合作伙伴" in campaigns


def test_a_domain_that_a_person_knows_as_harmless_clears_what_only_its_hiding_accuses(
    city: ObservedCity, database_url: str
) -> None:
    words = ("bet.example.com", "统计服务", "--reason", "访问统计", "--author", "张三")
    assert run(database_url, "domains.py", "set", *words)[0] == 0
    assert "暗链" not in problems(database_url)
    assert run(database_url, "domains.py", "forget", "bet.example.com")[0] == 0
    assert "暗链" in problems(database_url)


def test_a_domain_judged_dark_is_strong_evidence_with_the_persons_reason(
    city: ObservedCity, database_url: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "domains.csv"
    sheet.write_text("域名,判定,理由\nbet.example.com,暗链,公安通报\nnot a domain,暗链,x\n", encoding="utf-8")
    code, said = run(database_url, "domains.py", "import", str(sheet), "--author", "张三")
    assert code == 0
    assert "录入 1 个域名，拒绝 1 行" in said
    assert "第 3 行：“not a domain”不是域名" in said
    assert "该域名已判定为暗链域名（公安通报）" in problems(database_url)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("set", "bet", "暗链", "--reason", "x", "--author", "张三"), "“bet”不是域名"),
        (("set", "bet.com", "暗链", "--reason", "x", "--author", " "), "--author 不能是空的"),
        (("forget", "bet.com"), "'bet.com' 没有判定"),
        (("index", "--period", "1999Q1"), "1999Q1"),
        (("import", "missing.csv", "--author", "张三"), "missing.csv"),
    ],
)
def test_bad_input_gets_one_sentence(words: tuple[str, ...], sentence: str, database_url: str) -> None:
    code, said = run(database_url, "domains.py", *words)
    assert code == 2
    assert sentence in said
    assert "Traceback" not in said
