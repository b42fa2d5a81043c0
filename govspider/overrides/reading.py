"""Reads a folder of override files and tries each on its saved page: one that does not pass is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import ValidationError

from govspider.extract.columns.override_list import observe_override, override_for
from govspider.extract.document.page import Page
from govspider.items import ColumnOverride, ColumnState
from govspider.overrides.model import OverrideFile

FOLDER_VARIABLE = "GOVSPIDER_OVERRIDES"
_ENDINGS = (".yaml", ".yml")


class OverrideError(ValueError):
    """An override cannot be used; the sentence says which file, why, and what to do."""


@dataclass(frozen=True, slots=True)
class TriedOverride:
    """An override that passed on its fixture. `expired`: it is not used any more."""

    file: str
    override: ColumnOverride
    expired: bool


def read_overrides(folder: Path, today: date) -> list[TriedOverride]:
    """Every override of a folder, in the order of the file names.

    Raises OverrideError for a folder that is none, and for the first file that is not in order: an
    override that nobody proved must not decide what an office is told.
    """
    if not folder.is_dir():
        raise OverrideError(f"{FOLDER_VARIABLE} 指向的 {str(folder)!r} 不是目录")
    return [_read(path, today) for path in _files(folder)]


def usable_overrides(folder: str, today: date) -> tuple[ColumnOverride, ...]:
    """Overrides of the folder that have not expired; none where no folder is named. Raises OverrideError."""
    if not folder.strip():
        return ()
    return tuple(tried.override for tried in read_overrides(Path(folder), today) if not tried.expired)


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.iterdir()) if path.suffix in _ENDINGS and path.is_file())


def _read(path: Path, today: date) -> TriedOverride:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        file = OverrideFile.model_validate(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise OverrideError(f"{path.name} 不是可读的 YAML：{str(error).partition(chr(10))[0]}") from error
    except ValidationError as error:
        raise OverrideError(f"{path.name}：{_first_fault(error)}") from error
    override = _override(path.stem, file)
    _try(path, file, override)
    return TriedOverride(path.name, override, expired=override.expires < today)


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"])
    given = f"（现为 {fault['input']!r}）" if isinstance(fault["input"], (str, int)) else ""
    return f"{place or '整个文件'} {fault['msg']}{given}"


def _override(name: str, file: OverrideFile) -> ColumnOverride:
    selectors = file.list
    return ColumnOverride(
        name=name,
        host=file.match.host.lower(),
        path=file.match.path,
        why=f"{file.why}（{file.author}）",
        expires=file.expires,
        item=selectors.item if selectors else "",
        link=selectors.link if selectors else "a",
        title=selectors.title if selectors else "",
        day=selectors.day if selectors else "",
        kind=file.kind,
        exempt=file.exempt,
    )


def _try(path: Path, file: OverrideFile, override: ColumnOverride) -> None:
    """The fixture must exist, be one of the columns meant, and read as the file says."""
    fixture = file.fixture
    saved = path.parent / fixture.file
    if not saved.is_file():
        raise OverrideError(
            f"{path.name}：夹具 {fixture.file!r} 不存在；没有通过夹具验证的规则不予使用，请保存该栏目页面"
        )
    if override_for(fixture.url, (override,), override.expires) is None:
        meant = f"{override.host}{override.path}"
        raise OverrideError(f"{path.name}：夹具地址 {fixture.url!r} 不在 match 的范围内（{meant}）")
    if not override.item:
        return
    found = observe_override((Page(fixture.url, saved.read_bytes()),), override, fixture.saved_at)
    told = (found.items, found.newest) if found.state is ColumnState.LIST else (0, None)
    if told != (fixture.items, fixture.newest):
        raise OverrideError(
            f"{path.name}：在夹具 {fixture.file!r} 上读到 {told[0]} 条、最新 {told[1]}，"
            f"应为 {fixture.items} 条、最新 {fixture.newest}；请修正选择器或夹具说明"
        )
