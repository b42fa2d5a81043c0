"""Which code runs: the egg that was deployed, or another copy that stands before it in the search path."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterable, MutableMapping
from pathlib import Path

import govspider

_OURS = "govspider/__init__.py"
# what scrapyd's runner reads; without it the newest egg is taken
_VERSION = "SCRAPYD_EGG_VERSION"


def code_location() -> Path:
    """The egg, or the folder, this code was read from."""
    return Path(str(govspider.__file__)).parents[1]


def shadowed_egg(search_path: Iterable[str], running: Path) -> Path | None:
    """An egg of ours in the search path that is not the code running; None when there is none.

    scrapyd appends the deployed egg to the search path. A govspider installed in scrapyd's own environment,
    or a checkout as scrapyd's working directory, comes before it: every job would go on with the old code,
    whatever was deployed.

    Parameters: `search_path` as sys.path; `running` as code_location() tells it.
    """
    for entry in search_path:
        egg = Path(entry)
        if egg.suffix == ".egg" and egg != running and zipfile.is_zipfile(egg) and _holds_us(egg):
            return egg
    return None


def keep_to_this_egg(environ: MutableMapping[str, str], running: Path) -> None:
    """Let a restart of this process take the same egg: a newer one may be deployed at that very moment."""
    if running.suffix == ".egg" and running.is_file():
        environ.setdefault(_VERSION, running.stem)


def complaint_about_egg() -> str | None:
    """A sentence when a deployed egg is not the code that runs, else None."""
    egg = shadowed_egg(sys.path, code_location())
    if egg is None:
        return None
    return (
        f"已部署的 {egg} 没有被使用：实际运行的是 {code_location()} 中的代码。"
        "请从 scrapyd 的环境中卸载 govspider（pip uninstall govspider），且不要在代码目录中启动 scrapyd；"
        "或用 delproject.json 删除已部署的版本"
    )


def _holds_us(egg: Path) -> bool:
    with zipfile.ZipFile(egg) as archive:
        return _OURS in archive.namelist()
