from __future__ import annotations

from pathlib import Path

import pytest

from tests.optional_parts import do_without, pages_folder


def test_a_missing_part_skips_with_its_reason() -> None:
    with pytest.raises(pytest.skip.Exception, match="no chromium"):
        do_without("browser", "no chromium", {"GOVSPIDER_REQUIRE": "scrapyd"})


def test_a_required_part_that_is_missing_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="no chromium"):
        do_without("browser", "no chromium", {"GOVSPIDER_REQUIRE": "scrapyd, browser"})


def test_a_misspelt_requirement_fails_instead_of_requiring_nothing() -> None:
    with pytest.raises(pytest.fail.Exception, match="names brwser; known are audit, browser, pages, parquet, scrapyd"):
        do_without("browser", "no chromium", {"GOVSPIDER_REQUIRE": "brwser"})


def test_unset_pages_skip_unless_they_are_required() -> None:
    with pytest.raises(pytest.skip.Exception):
        pages_folder({})
    with pytest.raises(pytest.fail.Exception):
        pages_folder({"GOVSPIDER_REQUIRE": "pages"})


def test_pages_that_are_set_and_missing_fail(tmp_path: Path) -> None:
    assert pages_folder({"GOVSPIDER_PAGES": str(tmp_path)}) == tmp_path
    with pytest.raises(pytest.fail.Exception, match="which is no folder"):
        pages_folder({"GOVSPIDER_PAGES": str(tmp_path / "gone")})
