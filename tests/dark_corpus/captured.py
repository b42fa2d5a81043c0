"""The captured real pages, dark and clean, read in place from the folder that GOVSPIDER_PAGES names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.dark_corpus.corpus import Specimen

VARIABLE = "GOVSPIDER_PAGES"
_LABELS = Path(__file__).parents[1] / "gold" / "dark.yaml"


class CapturedPagesError(Exception):
    """The folder of captured pages is named and cannot be read."""


@dataclass(frozen=True)
class CapturedPages:
    """Pages on which a person saw something planted, and pages on which a person saw nothing."""

    dark: tuple[Specimen, ...]
    clean: tuple[Specimen, ...]


def captured_pages(environment: Mapping[str, str]) -> CapturedPages | None:
    """The labelled pages; None where the variable is not set. Raises CapturedPagesError where a file is missing."""
    folder = environment.get(VARIABLE)
    if not folder:
        return None
    labels = yaml.safe_load(_LABELS.read_text("utf-8"))["pages"]
    read = [(entry["label"], _specimen(Path(folder), entry)) for entry in labels]
    return CapturedPages(
        tuple(page for label, page in read if label == "polluted"),
        tuple(page for label, page in read if label == "clean"),
    )


def _specimen(folder: Path, entry: Mapping[str, str]) -> Specimen:
    path = folder / entry["file"]
    if not path.is_file():
        raise CapturedPagesError(f"{VARIABLE}={folder}: {entry['file']} is missing; name the folder of captured pages")
    return Specimen(entry["url"], path.read_bytes())
