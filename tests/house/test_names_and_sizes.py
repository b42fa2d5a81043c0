"""Names say their subject, files and functions stay small enough to read."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

from tests.house.test_arrows import ROOT, module_of, sources

_NO_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base", "tools", "manager", "stuff"}
_LONGEST_FILE = 400
# the tables are one list of definitions, read from top to bottom
_LONG_BY_NATURE = {"govspider.db.tables", "govspider.db.store", "govspider.items"}
_LONGEST_FUNCTION = 60
_LONG_FUNCTION = 40
_FEW = 0.02
_MEDIAN_FUNCTION = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(path: Path) -> list[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def length(function: Function) -> int:
    """Lines of a function without its docstring."""
    assert function.end_lineno is not None
    whole = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        assert first.end_lineno is not None
        whole -= first.end_lineno - first.lineno + 1
    return whole


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_file_name_names_a_subject(path: Path) -> None:
    assert path.stem not in _NO_SUBJECT, f"{path.name}: name the file after what it is about"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_file_has_one_subject_and_says_it(path: Path) -> None:
    if path.name == "__init__.py" or "versions" in path.parts:
        return
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{module_of(path)} has no docstring"
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if module_of(path) not in _LONG_BY_NATURE:
        assert lines <= _LONGEST_FILE, f"{module_of(path)} has {lines} lines: does it still have one subject?"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_no_function_is_too_long_to_read(path: Path) -> None:
    if "versions" in path.parts:
        return
    for function in functions_of(path):
        assert length(function) <= _LONGEST_FUNCTION, f"{module_of(path)}.{function.name}: {length(function)} lines"


def test_functions_are_small_and_few_are_long() -> None:
    paths = [path for path in sources() if "versions" not in path.parts]
    lengths = [length(function) for path in paths for function in functions_of(path)]
    assert statistics.median(lengths) <= _MEDIAN_FUNCTION
    longer = sum(count > _LONG_FUNCTION for count in lengths)
    assert longer <= _FEW * len(lengths), f"{longer} of {len(lengths)} functions are longer than {_LONG_FUNCTION} lines"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_public_functions_of_pure_rooms_say_what_they_do(path: Path) -> None:
    if not any(room in path.parts for room in ("extract", "checks", "throttle", "registry", "evidence")):
        return
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module_of(path)}.{node.name} has no docstring"


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.stem)
def test_test_names_are_sentences(path: Path) -> None:
    for function in functions_of(path):
        if function.name.startswith("test_"):
            assert function.name.count("_") >= 3, f"{path.name}: {function.name} is no sentence about behaviour"


def tracked_text() -> list[Path]:
    endings = {".py", ".md", ".yaml", ".yml", ".toml", ".cfg", ".txt", ".lock", ".cnf", ".mako", ""}
    made = {"out", "build", "evidence", "__pycache__"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and path.suffix in endings and not _is_made(path.relative_to(ROOT).parts, made)
    ]


def _is_made(parts: tuple[str, ...], made: set[str]) -> bool:
    """True for what tools leave behind: folders of results, and hidden folders but that of the CI."""
    hidden = {part for part in parts[:-1] if part.startswith(".")} - {".ci"}
    return bool(hidden or made & set(parts))


def test_nothing_names_a_package_index_or_a_path_of_one_machine() -> None:
    # spelled so that this file does not find itself
    forbidden = re.compile(
        "|".join(["pypi\\." + "org", "python" + "hosted\\.org", "/ro" + "ot/\\w", "/ho" + "me/\\w+/"])
    )
    for path in tracked_text():
        found = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
        assert found is None, f"{path.relative_to(ROOT)} names {found.group() if found else ''!r}"
