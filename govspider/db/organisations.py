"""The organisation tree: finding or making the place of a site, one unit per region and name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from govspider.db import tables as t
from govspider.entries import Change, Defaults, Place, Region

_UNIT = "department"


class OrganisationCircleError(ValueError):
    """A superior that stands below its own subordinate; the message names both."""


@dataclass(slots=True)
class _Node:
    id: int
    name: str
    kind: str
    code: str | None
    parent_id: int | None
    line: str | None
    position: int | None


class OrganisationTree:
    """The stored tree, read once; places new sites and remembers what it changed in `changes`."""

    def __init__(self, connection: Connection, defaults: Defaults) -> None:
        self.changes: list[Change] = []
        self._connection = connection
        self._defaults = defaults
        o = t.organisation.c
        query = select(o.id, o.name, o.kind, o.region_code, o.parent_id, o.line, o.position)
        self._nodes = {row.id: _Node(*row) for row in connection.execute(query)}
        self._by_name: defaultdict[tuple[str, str], list[_Node]] = defaultdict(list)
        for node in self._nodes.values():
            self._by_name[node.kind, node.name].append(node)
        self._by_code = {node.code: node for node in self._nodes.values() if node.code}
        self._units = {
            (node.name, self.region_of(node.id)): node for node in self._nodes.values() if not _is_region(node)
        }

    def name_of(self, organisation_id: int) -> str:
        return self._nodes[organisation_id].name

    def is_region(self, organisation_id: int) -> bool:
        return _is_region(self._nodes[organisation_id])

    def region_of(self, organisation_id: int) -> int | None:
        """The region (or 未分区, or the top of the ministries) an organisation stands in; itself when it is one."""
        return next((node.id for node in self._way_up(organisation_id) if _is_region(node)), None)

    def place(self, place: Place, given: frozenset[str]) -> int:
        """Organisation of a site, made where it is missing.

        `given`: fields the registry has a column for; without one for the superior, a known superior stays.
        Raises OrganisationCircleError when the superior stands below the unit.
        """
        region = self._regions(place)
        if place.unit is None:
            return region.id
        above = self._unit(place.superior, region, region, place) if place.superior else region
        known = self._units.get((place.unit, region.id))
        unit = known or self._unit(place.unit, region, above, place)
        if known and known.parent_id != above.id and "superior" in given:
            self._move(known, above, place.source)
        self._complete(unit, place)
        return unit.id

    def _regions(self, place: Place) -> _Node:
        if not place.regions:
            return self._unassigned()
        node: _Node | None = None
        for step in place.regions:
            node = self._region(step, node, place.source)
        assert node is not None
        return node

    def _unassigned(self) -> _Node:
        known = self._by_name["unassigned", self._defaults.unassigned]
        return known[0] if known else self._add(self._defaults.unassigned, "unassigned", None, None, "none")

    def _region(self, step: Region, parent: _Node | None, source: str) -> _Node:
        """The stored region of one step: by its code, else by its name below the same parent."""
        found = self._by_code.get(step.code) if step.code else None
        found = found or self._region_by_name(step, parent)
        if found is None:
            name = step.name or self._defaults.placeholder.format(code=step.code)
            return self._add(name, step.kind, step.code, parent, source)
        if step.code and found.code is None:
            self._set(found, region_code=step.code)
            found.code = step.code
            self._by_code[step.code] = found
        if step.name and found.name == self._defaults.placeholder.format(code=found.code):
            self._rename(found, step.name)
        if parent and found.parent_id is None and parent.id != found.id:
            self._move(found, parent, source)
        return found

    def _region_by_name(self, step: Region, parent: _Node | None) -> _Node | None:
        """The one region of this kind and name that may be meant; None when there is none, or more than one."""
        if step.name is None:
            return None
        fitting = [
            node
            for node in self._by_name[step.kind, step.name]
            if (step.code is None or node.code is None) and (parent is None or node.parent_id in (None, parent.id))
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _unit(self, name: str, region: _Node, above: _Node, place: Place) -> _Node:
        known = self._units.get((name, region.id))
        if known is None:
            known = self._units[name, region.id] = self._add(name, _UNIT, None, above, place.source)
        return known

    def _complete(self, unit: _Node, place: Place) -> None:
        """Line and protocol order, where the registry gives them."""
        if place.line and place.line != unit.line:
            self._note(unit, "条线", unit.line, place.line)
            self._set(unit, line=place.line)
            unit.line = place.line
        if place.position is not None and place.position != unit.position:
            self._set(unit, position=place.position)
            unit.position = place.position

    def _way_up(self, organisation_id: int) -> Iterator[_Node]:
        node: _Node | None = self._nodes[organisation_id]
        while node is not None:
            yield node
            node = self._nodes.get(node.parent_id) if node.parent_id else None

    def _move(self, node: _Node, above: _Node, source: str) -> None:
        if any(step.id == node.id for step in self._way_up(above.id)):
            raise OrganisationCircleError(f"上级单位“{above.name}”在库中是“{node.name}”的下级")
        before = self._nodes[node.parent_id].name if node.parent_id else None
        self._note(node, "上级单位", before, above.name)
        self._set(node, parent_id=above.id, parent_source=source)
        node.parent_id = above.id

    def _rename(self, node: _Node, name: str) -> None:
        self._note(node, "名称", node.name, name)
        self._set(node, name=name)
        self._by_name[node.kind, node.name].remove(node)
        self._by_name[node.kind, name].append(node)
        node.name = name

    def _add(self, name: str, kind: str, code: str | None, parent: _Node | None, source: str) -> _Node:
        parent_id = parent.id if parent else None
        row = {"name": name, "kind": kind, "region_code": code, "parent_id": parent_id}
        row["parent_source"] = source if parent else "none"
        statement = insert(t.organisation).values(row).returning(t.organisation.c.id)
        node = _Node(self._connection.execute(statement).scalar_one(), name, kind, code, parent_id, None, None)
        self._nodes[node.id] = node
        self._by_name[kind, name].append(node)
        if code:
            self._by_code[code] = node
        self.changes.append(Change("organisation", name, "added"))
        return node

    def _set(self, node: _Node, **values: Any) -> None:
        self._connection.execute(update(t.organisation).where(t.organisation.c.id == node.id).values(values))

    def _note(self, node: _Node, field: str, old: str | None, new: str | None) -> None:
        self.changes.append(Change("organisation", node.name, "changed", field, old, new))


def _is_region(node: _Node) -> bool:
    return node.kind != _UNIT or node.code is not None
