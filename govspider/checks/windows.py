"""Windows of time that count back from 监测时间点, and the columns they apply to."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from govspider.items import ColumnKind


class Parameters(BaseModel):
    """Base of every check's parameters: an unknown name is an error, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Window(Parameters):
    """Days or calendar months before 监测时间点; exactly one of the two is given."""

    days: int | None = Field(default=None, ge=1)
    months: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if (self.days is None) == (self.months is None):
            raise ValueError(f"days={self.days}, months={self.months}: give exactly one of days and months")
        return self

    def first_day(self, check_day: date) -> date:
        """First day that still counts as updated: 14 days before 22 November is 8 November, inclusive."""
        return _first_day(self.days, self.months or 0, check_day)

    def words(self) -> str:
        return f"{self.days}天" if self.days is not None else f"{self.months}个月"


@cache
def _first_day(days: int | None, months: int, check_day: date) -> date:
    """Asked for every column of a period, of a few windows and one day."""
    return _months_before(check_day, months) if days is None else check_day - timedelta(days=days)


def _months_before(day: date, months: int) -> date:
    """Same day of the month, months earlier; the last day of a shorter month (31 August → 28 February)."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class ColumnWindow(Parameters):
    """Which columns must be updated within which window.

    `level`: first = level 1 only, below_first = a known level other than 1, any = whatever it is.
    An unknown level never matches first or below_first. `registry_period` takes the window from the
    column's own 更新期限 and matches only columns that have one.
    """

    kinds: tuple[ColumnKind, ...] = Field(min_length=1)
    level: Literal["any", "first", "below_first"] = "any"
    window: Window | None = None
    registry_period: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.window is None) != self.registry_period:
            raise ValueError("give either window or registry_period: true")
        return self

    def window_for(self, kind: ColumnKind, level: int | None, update_days: int | None) -> Window | None:
        """The window of such a column; None when this entry is not about it."""
        if kind not in self.kinds or not self._level_matches(level):
            return None
        if not self.registry_period:
            return self.window
        return _window_of_days(update_days) if update_days else None

    def _level_matches(self, level: int | None) -> bool:
        if self.level == "any":
            return True
        if level is None:
            return False
        return (level == 1) == (self.level == "first")


@cache
def _window_of_days(days: int) -> Window:
    """Columns have few update periods among them: each window is made and checked once."""
    return Window(days=days)
