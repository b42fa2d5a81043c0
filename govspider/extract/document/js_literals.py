"""Reads the object and array literals that pages hand to their scripts: JSON, and JavaScript that is nearly JSON."""

from __future__ import annotations

import json
import re
from typing import Any

# comments are passed over in one way only: with two, a row of them takes twice as long with each one more
_TOKEN = re.compile(
    r"""(?>\s*(?://[^\n]*\n\s*|/\*.{0,5000}?\*/\s*)*)(?:(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<colon>:)
    |(?P<double>"(?:[^"\\]|\\.)*")|(?P<single>'(?:[^'\\]|\\.)*')
    |(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|(?P<name>[A-Za-z_$][\w$.]*))""",
    re.X | re.S,
)
_NAMES = {"true": True, "false": False, "null": None, "undefined": None}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_DEPTH_LIMIT = 60


class LiteralError(ValueError):
    """The text at this place is no literal: it is an expression, or it is cut off."""


def read_literal(text: str, start: int) -> tuple[Any, int]:
    """The array or object that begins at `text[start]`, and the offset behind it.

    Unquoted keys, single quotes, comments and trailing commas are read. Raises LiteralError
    where the text is an expression, cut off or nested without end.
    """
    try:
        return json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        reader = _Reader(text, start)
        return reader.value(0), reader.position


class _Reader:
    def __init__(self, text: str, position: int) -> None:
        self._text = text
        self.position = position

    def value(self, depth: int) -> Any:
        """The value that begins at the current position, read to its end."""
        kind, token = self._next()
        if depth > _DEPTH_LIMIT:
            raise LiteralError(f"nested deeper than {_DEPTH_LIMIT} at offset {self.position}")
        if kind == "open":
            return self._array(depth) if token == "[" else self._object(depth)
        return self._scalar(kind, token)

    def _scalar(self, kind: str, token: str) -> Any:
        if kind in ("double", "single"):
            return unescaped(token)
        if kind == "number":
            return float(token) if set(token) & set(".eE") else int(token)
        if kind == "name" and token in _NAMES:
            return _NAMES[token]
        raise LiteralError(f"expected a value, found {token[:30]!r} at offset {self.position}")

    def _array(self, depth: int) -> list[Any]:
        values: list[Any] = []
        while True:
            if self._peek() == "]":
                self._next()
                return values
            values.append(self.value(depth + 1))
            self._separator("]")

    def _object(self, depth: int) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while True:
            if self._peek() == "}":
                self._next()
                return pairs
            kind, token = self._next()
            if kind not in ("double", "single", "name", "number"):
                raise LiteralError(f"expected a key, found {token[:30]!r} at offset {self.position}")
            key = unescaped(token) if kind in ("double", "single") else token
            if self._next()[0] != "colon":
                raise LiteralError(f"expected ':' behind the key {key[:30]!r}")
            pairs[key] = self.value(depth + 1)
            self._separator("}")

    def _separator(self, closing: str) -> None:
        following = self._peek()
        if following == ",":
            self._next()
        elif following != closing:
            raise LiteralError(f"expected ',' or {closing!r} at offset {self.position}")

    def _peek(self) -> str:
        match = _TOKEN.match(self._text, self.position)
        return match.group().strip()[-1:] if match and match.lastgroup in ("open", "close", "comma", "colon") else ""

    def _next(self) -> tuple[str, str]:
        match = _TOKEN.match(self._text, self.position)
        if match is None or match.lastgroup is None:
            raise LiteralError(f"no literal at offset {self.position}")
        self.position = match.end()
        return match.lastgroup, match[match.lastgroup]


def unescaped(token: str) -> str:
    """What a quoted string of JavaScript says."""

    def replace(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] in "ux" and len(code) > 1:
            return chr(int(code[1:], 16))
        return _PLAIN_ESCAPES.get(code, code)

    return _ESCAPE.sub(replace, token[1:-1])
