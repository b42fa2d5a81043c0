"""HTML that a script would write: footers often arrive through `document.writeln`.

No script is run. String literals are folded out of the calls and assignments that put
markup into a page, joined as the script joins them; whatever only running would tell is
left as `COMPUTED`, so that a reader never mistakes a computed address for an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

COMPUTED = "\ufffc"
"""Stands for a value that only running the script would give."""

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*[\s\S]*?\*/|<!--[^\n]*)
    |(?P<string>"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<newline>\n)
    |(?P<space>[^\S\n]+)
    |(?P<number>\d[\w.]*)
    |(?P<sign>[\s\S])""",
    re.VERBOSE,
)
_PATTERN_LITERAL = re.compile(
    r"/(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n]){0,200}+\]|[^/\\\n\[*])"
    r"(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n]){0,200}+\]|[^/\\\n\[]){0,1000}+/[a-z]*"
)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]+)\}|(\r\n|[\s\S]))")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": "", "\r\n": ""}
_PERCENT = re.compile(r"%u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})")
_INTERPOLATION = re.compile(r"\$\{[^}]*\}")

_WRITERS = frozenset({"write", "writeln", "html", "append", "prepend", "before", "after", "insertAdjacentHTML"})
_HTML_PROPERTIES = frozenset({"innerHTML", "outerHTML"})
_DECODERS: dict[str, Callable[[str], str]] = {}
# a value may open these words without being an expression that can be folded
_OPAQUE = frozenset({"function", "class", "new"})
_JOINERS = frozenset("+,(=?:[&|")
_STEPS = 10
"""Tokens that may be read for each one of a script; ordinary scripts need two or three."""
_CHARACTERS_OF_A_STEP = 20
_LONGEST_TEXT = 400_000


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str


@dataclass(slots=True)
class _Variables:
    """What the variables of a script hold, and how many more tokens may be read for their sake.

    Expressions inside of each other, and a text that is doubled again and again, would take all time and memory.
    """

    steps: int
    values: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        """Put a text behind what a variable holds; what is longer than any page is left out."""
        self.values[name] = (self.values.get(name, "") + text)[:_LONGEST_TEXT]


def written_html(script: str) -> str:
    """Markup the script would put into the page, '' when it would put none.

    Parameters: `script` the source of a script. Never raises; a script that cannot be read
    as one yields what could be read.
    """
    tokens = _tokens(script)
    variables = _Variables(_STEPS * len(tokens))
    written: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind != "name" or variables.steps <= 0:
            continue
        following = tokens[index + 1].value if index + 1 < len(tokens) else ""
        if following == "(" and token.value in _WRITERS:
            written.append(_fold(tokens, index + 1, variables))
        elif following == "(" and token.value in ("$", "jQuery"):
            folded = _fold(tokens, index + 1, variables)
            written.append(folded if folded.lstrip().startswith("<") else "")
        elif following == "(" and token.value == "push" and index >= 2:
            variables.add(tokens[index - 2].value, _fold(tokens, index + 1, variables))
        elif following in ("=", "+"):
            _assign(tokens, index, variables, written)
    return "\n".join(piece for piece in written if piece.strip(COMPUTED + " \n"))


def _assign(tokens: list[_Token], index: int, variables: _Variables, written: list[str]) -> None:
    """`name = …`, `name += …` and `element.innerHTML = …`."""
    name = tokens[index].value
    signs = "".join(token.value for token in tokens[index + 1 : index + 3])
    if signs.startswith("+=") or (signs.startswith("=") and signs not in ("==", "=>")):
        added = signs.startswith("+=")
        folded = _fold(tokens, index + (3 if added else 2), variables)
        if name in _HTML_PROPERTIES:
            written.append(folded)
        elif added:
            variables.add(name, folded)
        else:
            variables.values[name] = folded


def _fold(tokens: list[_Token], start: int, variables: _Variables) -> str:
    """Join the literals of one expression, from its first token to its end."""
    pieces: list[str] = []
    depth = 0
    decoder: Callable[[str], str] | None = None
    for index in range(start, len(tokens)):
        token = tokens[index]
        variables.steps -= 1
        if variables.steps <= 0:
            break
        if token.kind == "string":
            text = literal_text(token.value)
            pieces.append(decoder(text) if decoder else text)
        elif token.kind == "name":
            if token.value in _OPAQUE:
                break
            decoder = _DECODERS.get(token.value)
            if decoder is None:
                pieces.append(variables.values.get(token.value, COMPUTED))
                variables.steps -= len(pieces[-1]) // _CHARACTERS_OF_A_STEP
        elif token.kind == "newline":
            if depth == 0 and pieces and not _continues(tokens, index):
                break
        elif token.kind == "sign":
            depth += (token.value in "([") - (token.value in ")]")
            # at depth 0 a comma starts the next variable, a bracket closes the call that is folded
            if depth < 0 or token.value in ";{}" or (depth == 0 and token.value in "),"):
                break
    return re.sub(f"{COMPUTED}+", COMPUTED, "".join(pieces))


def _continues(tokens: list[_Token], index: int) -> bool:
    """True when a line break stands inside an expression: an operator before or after it."""
    before = after = index
    while before >= 0 and tokens[before].kind == "newline":
        before -= 1
    while after < len(tokens) and tokens[after].kind == "newline":
        after += 1
    return (before >= 0 and tokens[before].value in _JOINERS) or (
        after < len(tokens) and tokens[after].value in ("+", ".")
    )


def _tokens(script: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    previous = ""
    while position < len(script):
        match = None
        if script[position] == "/" and (not previous or previous in "(,=:[!&|?{};+" or previous == "return"):
            match = _PATTERN_LITERAL.match(script, position)
        if match:
            tokens.append(_Token("pattern", match.group()))
        else:
            match = _TOKEN.match(script, position)
            if match is None or match.lastgroup is None:
                break
            if match.lastgroup not in ("comment", "space"):
                tokens.append(_Token(match.lastgroup, match.group()))
        position = match.end()
        if tokens and tokens[-1].kind != "newline":
            previous = tokens[-1].value
    return tokens


def literal_text(literal: str) -> str:
    """Text of one JavaScript string literal, quotes and escapes taken away."""
    body = literal[1:-1]
    if literal.startswith("`"):
        body = _INTERPOLATION.sub(COMPUTED, body)
    return _ESCAPE.sub(_unescape_one, body)


def _unescape_one(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2) or match.group(3)
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else ""
    return _CONTROL.get(match.group(4), match.group(4))


def _unescape_percent(text: str) -> str:
    """JavaScript's `unescape`: %XX is one character of Latin-1, %uXXXX one UTF-16 unit."""
    return _PERCENT.sub(lambda match: chr(int(match.group(1) or match.group(2), 16)), text)


_DECODERS.update({"unescape": _unescape_percent, "decodeURIComponent": unquote, "decodeURI": unquote})
