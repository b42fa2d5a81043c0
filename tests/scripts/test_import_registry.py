"""import_registry and period as a user runs them: exit codes, sentences, reject files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from govspider.db import tables as t

CHECKOUT = Path(__file__).resolve().parents[2]
GOOD = "网站标识码,网站名称,首页网址,主办单位\n3401000059,合肥市教育局,http://jyj.hefei.gov.cn/,合肥市教育局\n"


class Door:
    """Runs scripts against one database."""

    def __init__(self, url: str, folder: Path) -> None:
        self._environment = {**os.environ, "DATABASE_URL": url, "PYTHONIOENCODING": "utf-8"}
        self._folder = folder

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(CHECKOUT / "scripts" / script), *arguments]
        environment = {**self._environment, "PYTHONPATH": str(CHECKOUT)}
        return subprocess.run(
            command, cwd=self._folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )


@pytest.fixture
def door(database_url: str, tmp_path: Path) -> Door:
    return Door(database_url, tmp_path)


def sites(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(t.site)).scalar_one())


def test_a_registry_with_a_bad_row_is_imported_and_the_row_stands_beside_it(
    door: Door, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "底账.csv").write_text(GOOD + "34,某局,x.gov.cn,某局\n", encoding="gb18030")
    done = door.run("import_registry.py", "底账.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "编码 gb18030，分隔符 逗号" in done.stdout
    assert "接受网站 1 行，退回 1 行：见“底账.退回.csv”" in done.stdout
    assert "网站：新增 1 变更 0 消失 0 恢复 0" in done.stdout
    assert "34,某局,x.gov.cn,某局,,3,网站标识码“34”格式不对" in (tmp_path / "底账.退回.csv").read_text(
        encoding="utf-8-sig"
    )
    assert sites(engine) == 1


def test_the_second_import_of_a_file_prints_no_change(door: Door, tmp_path: Path) -> None:
    (tmp_path / "底账.csv").write_text(GOOD, encoding="utf-8")
    door.run("import_registry.py", "底账.csv")
    again = door.run("import_registry.py", "底账.csv", "--complete")
    assert "网站：新增 0 变更 0 消失 0 恢复 0" in again.stdout
    assert "接受网站 1 行，退回 0 行" in again.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "找不到文件"),
        (b"", "是空的"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "另存为 xlsx"),
        ("甲,乙\n丙,丁\n".encode(), "找不到表头"),
        ("网站名称,网址\n甲局,暂无\n".encode(), "没有一行可以导入"),
    ],
)
def test_a_file_that_cannot_be_imported_ends_with_2_and_one_sentence(
    door: Door, engine: Engine, tmp_path: Path, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / "底账.csv").write_bytes(content)
    done = door.run("import_registry.py", "底账.csv")
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert sites(engine) == 0


def test_nothing_is_imported_when_the_rejects_cannot_be_written(door: Door, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "底账.csv").write_text(GOOD + "34,某局,x.gov.cn,某局\n", encoding="utf-8")
    done = door.run("import_registry.py", "底账.csv", "--rejects", str(tmp_path / "没有" / "退回.csv"))
    assert done.returncode == 2
    assert "没有导入任何行" in done.stderr
    assert sites(engine) == 0


def test_a_registry_of_tomorrow_is_refused(door: Door, tmp_path: Path) -> None:
    (tmp_path / "底账.csv").write_text(GOOD, encoding="utf-8")
    done = door.run("import_registry.py", "底账.csv", "--as-of", "2999-01-01")
    assert (done.returncode, "在未来" in done.stderr) == (2, True)


def test_a_registry_older_than_the_known_states_is_refused(door: Door, tmp_path: Path) -> None:
    table = GOOD.replace("主办单位", "主办单位,运行状态", 1)
    (tmp_path / "新.csv").write_text(table.replace("教育局\n", "教育局,正常\n"), encoding="utf-8")
    (tmp_path / "旧.csv").write_text(table.replace("教育局\n", "教育局,例行维护\n"), encoding="utf-8")
    assert door.run("import_registry.py", "新.csv", "--as-of", "2026-10-01").returncode == 0
    done = door.run("import_registry.py", "旧.csv", "--as-of", "2026-09-01")
    assert done.returncode == 2
    assert "早于库中最近一次状态变更 2026-10-01" in done.stderr


def test_a_period_is_made_listed_and_shown(door: Door) -> None:
    made = door.run("period.py", "create", "2025Q4")
    assert (made.returncode, made.stderr) == (0, "")
    assert "2025Q4：2025-10-01 至 2025-12-31，监测时间点 2025-12-31 23:59:59" in made.stdout
    assert "共 1 个监测周期" in door.run("period.py", "list").stdout
    assert "统计范围未冻结" in door.run("period.py", "show", "2025年第四季度").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create", "2025Q4", "--check-at", "2999-12-31"), "在未来"),
        (("create", "试点"), "看不出“试点”是哪段时间"),
        (("show", "2025Q4"), "没有监测周期“2025Q4”"),
        (("create", "2025Q4", "--check-at", "昨天"), "“昨天”不是时间"),
    ],
)
def test_a_period_that_cannot_be_ends_with_2_and_a_sentence(door: Door, arguments: tuple[str, ...], words: str) -> None:
    done = door.run("period.py", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_check_at_given_as_a_day_means_its_end(door: Door) -> None:
    done = door.run("period.py", "create", "2025Q4", "--check-at", "2025-12-20")
    assert "监测时间点 2025-12-20 23:59:59" in done.stdout
