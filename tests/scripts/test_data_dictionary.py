from __future__ import annotations

from pathlib import Path

import pytest

from scripts import data_dictionary


def test_writing_makes_it_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_dictionary, "DOCUMENT", tmp_path / "data-dictionary.md")
    assert data_dictionary.main(["--check"]) == 3
    assert data_dictionary.main([]) == 0
    assert data_dictionary.main(["--check"]) == 0
