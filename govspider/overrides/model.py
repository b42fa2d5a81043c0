"""The shape of an override file: one YAML per column or family of columns of a site."""

from __future__ import annotations

from datetime import date
from typing import Self

from cssselect import HTMLTranslator, SelectorError
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from govspider.items import ColumnKind

_SELECTORS = ("item", "link", "title", "day")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Match(_Strict):
    """Which columns are meant. `path` is that of the address, `*` standing for anything."""

    host: str = Field(min_length=3)
    path: str = Field(default="*", min_length=1)


class ListSelectors(_Strict):
    """CSS selectors. `item` finds the records; the others look inside one, '' for what is usual."""

    item: str = Field(min_length=1)
    link: str = "a"
    title: str = ""
    day: str = ""

    @model_validator(mode="after")
    def _selectors_are_css(self) -> Self:
        for name in _SELECTORS:
            selector = getattr(self, name)
            try:
                HTMLTranslator().css_to_xpath(selector or "*")
            except SelectorError as error:
                raise ValueError(f"list.{name}: {selector!r} is no CSS selector ({error})") from error
        return self


class Fixture(_Strict):
    """A saved page that the override must read as told, and how it was saved."""

    file: str = Field(min_length=1)
    url: str = Field(pattern=r"^https?://")
    saved_at: AwareDatetime
    items: int | None = Field(default=None, ge=1)
    newest: date | None = None


class OverrideFile(_Strict):
    """One file. It needs a reason, an end, and a fixture; and it must change something."""

    match: Match
    why: str = Field(min_length=5)
    author: str = Field(min_length=1)
    expires: date
    fixture: Fixture
    list: ListSelectors | None = None
    kind: ColumnKind | None = None
    exempt: str = ""

    @field_validator("exempt")
    @classmethod
    def _exemption_says_why(cls, value: str) -> str:
        if value and len(value) < 2:
            raise ValueError(f"exempt: {value!r} does not say why the column need not be updated")
        return value

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.list is None and self.kind is None and not self.exempt:
            raise ValueError("the override changes nothing: give list, kind or exempt")
        if self.list is not None and (self.fixture.items is None or self.fixture.newest is None):
            raise ValueError("fixture.items and fixture.newest: say what the selectors must find on the saved page")
        return self
