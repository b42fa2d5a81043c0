"""Documentation cannot lie for long: what exists is described, what is described exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import pytest

from govspider import settings
from govspider.checks.outcome import FindingKind, Result
from govspider.db.tables import metadata
from govspider.items import MARKS, ColumnKind, ColumnState, MarkState, UnknownReason
from tests.house.test_arrows import ROOT

README, ENGLISH = ROOT / "README.md", ROOT / "README.en.md"
DOCS = [README, ENGLISH, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROSE = {path: path.read_text("utf-8") for path in DOCS}
# what the readers of README and docs can find; the changelog is history
DESCRIBED = "\n".join(text for path, text in PROSE.items() if path.name != "CHANGELOG.md")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
SCRIPTS = sorted(path.name for path in (ROOT / "scripts").glob("*.py"))
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_OWN_VARIABLE = re.compile(r"\bGOVSPIDER_[A-Z_]*[A-Z]\b")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_blocks(text: str) -> str:
    return _BLOCK.sub("", text)


def make_targets() -> set[str]:
    return {target for line in re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE) for target in line.split()}


def commands(text: str) -> list[list[str]]:
    """Words of every command line of the sh blocks, comments removed."""
    lines = (line for language, block in _BLOCK.findall(text) if language == "sh" for line in block.splitlines())
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def programs_called(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The script of a command line with the words behind it; `export X=$(…)` calls what stands inside."""
    plain = [word for part in words for word in re.sub(r"^\w+=\$\(|\)$", "", part).split()]
    for position, word in enumerate(plain):
        if word.startswith("scripts/"):
            yield word.removeprefix("scripts/"), plain[position + 1 :]


def anchor_of(heading: str) -> str:
    """Anchor that a heading gets on the usual hosting sites."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


ALL_COMMANDS = [(path, words) for path, text in PROSE.items() for words in commands(text)]


def test_the_readme_shows_commands_at_all() -> None:
    assert ["make", "run"] in commands(PROSE[README])
    assert ["make", "test"] in commands(PROSE[README])
    assert any(list(programs_called(words)) for words in commands(PROSE[README]))


def test_scrapyd_is_described_with_a_closed_door_and_a_password() -> None:
    """Whoever may use its port may run code on the server."""
    (given,) = [text for kind, text in _BLOCK.findall(PROSE[ROOT / "docs/deployment.md"]) if "[scrapyd]" in text]
    told = dict(re.findall(r"^(\w+)\s*=\s*(\S*)$", given, re.MULTILINE))
    assert told["bind_address"] == "127.0.0.1"
    assert told["username"] and told["password"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_described(script: str) -> None:
    assert f"scripts/{script}" in DESCRIBED, f"README or docs/ must say what scripts/{script} is for"


@pytest.mark.parametrize("target", sorted(make_targets() - {"help"}))
def test_every_make_target_is_described(target: str) -> None:
    assert re.search(rf"\bmake {target}(?![\w-])", DESCRIBED), f"README or docs/ must say what `make {target}` does"


def variables_in_code() -> set[str]:
    files = [path for tree in ("govspider", "pipelines", "scripts", "tests") for path in (ROOT / tree).rglob("*.py")]
    return {name for path in files for name in _OWN_VARIABLE.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("variable", sorted(variables_in_code()))
def test_every_environment_variable_is_described(variable: str) -> None:
    assert f"`{variable}`" in PROSE[README], f"the table of variables in README.md lacks {variable}"
    assert f"`{variable}`" in PROSE[ENGLISH], f"the table of variables in README.en.md lacks {variable}"


@pytest.mark.parametrize("path", DOCS, ids=relative)
def test_no_variable_is_described_that_nothing_reads(path: Path) -> None:
    unknown = set(_OWN_VARIABLE.findall(PROSE[path])) - variables_in_code()
    assert not unknown, f"{relative(path)} describes {', '.join(sorted(unknown))}, which nothing reads"


@pytest.mark.parametrize(("path", "words"), ALL_COMMANDS, ids=lambda value: None)
def test_every_command_shown_exists(path: Path, words: list[str]) -> None:
    if words[0] == "make":
        targets = [word for word in words[1:] if "=" not in word]
        assert set(targets) <= make_targets(), f"{relative(path)} shows `{shlex.join(words)}`"
    for script, arguments in programs_called(words):
        assert script in SCRIPTS, f"{relative(path)} shows scripts/{script}, which is not there"
        code = (ROOT / "scripts" / script).read_text("utf-8")
        for option in [word for word in arguments if word.startswith("--") and word != "--"]:
            assert f'"{option}"' in code, f"{relative(path)}: scripts/{script} has no option {option}"


@pytest.mark.parametrize(("path", "words"), ALL_COMMANDS, ids=lambda value: None)
def test_every_crawl_shown_has_arguments_the_spider_takes(path: Path, words: list[str]) -> None:
    if words[0].endswith("scrapy"):
        given = {second.partition("=")[0] for first, second in pairwise(words) if first == "-a"}
        assert given <= {"period", "sites", "shard", "run"}, f"{relative(path)} shows `{shlex.join(words)}`"


@pytest.mark.parametrize("path", DOCS, ids=relative)
def test_every_link_between_documents_leads_somewhere(path: Path) -> None:
    for target in _LINK.findall(without_blocks(PROSE[path])):
        if re.match(r"\w+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), f"{relative(path)} links to {target}, which is not there"
        if anchor:
            headings = {anchor_of(text) for _, text in _HEADING.findall(without_blocks(file.read_text("utf-8")))}
            assert anchor in headings, f"{relative(path)} links to the heading #{anchor}, which {file.name} lacks"


def outline(text: str) -> list[int]:
    return [len(marks) for marks, _ in _HEADING.findall(without_blocks(text))]


def test_both_readmes_have_the_same_sections_with_the_same_commands() -> None:
    assert outline(PROSE[README]) == outline(PROSE[ENGLISH])
    assert commands(PROSE[README]) == commands(PROSE[ENGLISH])


def test_both_readmes_show_the_same_examples() -> None:
    chinese, english = (
        [block for language, block in _BLOCK.findall(PROSE[path]) if language != "sh"] for path in (README, ENGLISH)
    )
    assert chinese == english


def test_the_changelog_has_a_place_for_what_is_not_released_yet() -> None:
    first = next(text for marks, text in _HEADING.findall(PROSE[ROOT / "CHANGELOG.md"]) if marks == "##")
    assert first == "Unreleased"


def test_every_decision_has_a_number_of_its_own_and_stands_in_the_list() -> None:
    files = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [name[:4] for name in files]
    assert len(numbers) == len(set(numbers)), "two decisions share a number"
    listed = _LINK.findall(PROSE[ROOT / "docs" / "decisions" / "README.md"])
    assert listed == files, "docs/decisions/README.md lists every decision, in order"


def closed_lists() -> Iterator[str]:
    lists: list[type[StrEnum]] = [UnknownReason, ColumnState, ColumnKind, MarkState, FindingKind, Result]
    yield from (member.value for closed in lists for member in closed)
    yield from MARKS


@pytest.mark.parametrize("value", sorted(set(closed_lists())))
def test_every_value_of_a_closed_list_is_in_the_glossary(value: str) -> None:
    assert f"`{value}`" in PROSE[ROOT / "docs" / "glossary.md"], f"docs/glossary.md does not explain {value}"


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_table_has_its_purpose_in_the_architecture(table: str) -> None:
    assert f"`{table}`" in PROSE[ROOT / "docs" / "architecture.md"], f"docs/architecture.md: what is {table} for?"


def test_every_setting_the_readme_names_exists() -> None:
    named = re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", PROSE[README])
    own = {name for name in named if not name.startswith("GOVSPIDER_")} - {"DATABASE_URL", "OPENSSL_CONF"}
    missing = sorted(name for name in own if not hasattr(settings, name))
    assert own and not missing, f"README.md names {missing}, which govspider/settings.py lacks"
