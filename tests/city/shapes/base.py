"""What every kind of content system has in common: how it names its pages and delivers its lists."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from functools import partial
from zlib import crc32

from tests.city import pages
from tests.city.lists import listing
from tests.city.model import Column, Fate, Plan, Routes, Site
from tests.city.responses import page_route


class Shape(ABC):
    """One kind of content system. Subclasses name the pages and write the lists."""

    @abstractmethod
    def column_path(self, slug: str, number: int) -> str:
        """Address of a column within the site, without the host."""

    @abstractmethod
    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        """Address of the `serial`-th article of a column within the site."""

    def list_markup(self, site: Site, column: Column) -> str:
        """Main part of a column page that is a list."""
        return listing(pages.list_style(site, column), column.items, pages.absolute)

    def blank_markup(self, site: Site, column: Column) -> str:
        """Main part of a column page that has nothing to list."""
        return pages.blank_markup(column)

    def head(self, column: Column) -> str:
        """Extra lines in the head of a column page."""
        return ""

    def aliases(self, column: Column) -> list[str]:
        """Other addresses that answer with the column page."""
        return []

    def data_routes(self, plan: Plan, site: Site, columns: Sequence[Column]) -> Routes:
        """Addresses besides the column pages that deliver data of these columns."""
        return {}

    def write_column(self, plan: Plan, site: Site, column: Column) -> str:
        """The column page as the server sends it."""
        if column.fate is Fate.SHELL:
            return pages.shell(plan, site, column)
        if column.fate in (Fate.ARTICLE, Fate.FORM, Fate.PORTAL):
            return pages.column_document(plan, site, column, pages.other_markup(plan, site, column))
        write = self.blank_markup if column.fate is Fate.BLANK else self.list_markup
        return pages.column_document(plan, site, column, write(site, column), self.head(column))

    def routes(self, plan: Plan, site: Site, columns: Sequence[Column]) -> Routes:
        """Every address of these columns: their pages, their data, their articles."""
        found: Routes = {}
        for column in columns:
            route = page_route(site, partial(self.write_column, plan, site, column))
            for path in [column.path, *self.aliases(column)]:
                found[path] = route
            for item in column.items:
                if not item.external:
                    found[item.path] = page_route(site, partial(pages.article, plan, site, column, item))
        return {**found, **self.data_routes(plan, site, columns)}


def article_number(slug: str, number: int, serial: int) -> int:
    """A number that looks like the id of a CMS and differs between all articles of a site."""
    return 1_000_000 + number * 1000 + crc32(slug.encode()) % 9 * 100 + serial
