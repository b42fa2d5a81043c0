"""What was read from a page, as bytes: the same bytes read by the same extractors say the same again.

An answer of an extractor depends on the page alone where it was asked with nothing, or with a fact of the page such as
its day of publication; what depends on the moment of looking (the dates of a list) is asked with it, is never in here,
and is read anew each time.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import attrgetter
from typing import Any

from govspider.extract.document.packing import deflated, inflated
from govspider.extract.document.page import Page, plain_question
from govspider.extract.facts_only import ForeignReadingError, unpickled
from govspider.extract.link_rows import LinkRows
from govspider.extract.links.links import find_links, link_blocks

logger = logging.getLogger(__name__)

_CODE = (".py", ".yaml", ".json", ".txt")
_Key = tuple[Callable[..., Any], tuple[Any, ...], tuple[Any, ...]]
_LARGEST = 500_000
_FACTS = "govspider.items"
_MANY = 2
_DAMAGED = (ForeignReadingError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, TypeError, ValueError)


def key_of(page: Page) -> str:
    """What a reading is found by: the bytes, how they came, and the code that reads."""
    came = f"{page.sha256}\0{page.url}\0{page.content_type}\0{page.status}\0{page.rendered}\0{code_version()}"
    return hashlib.sha256(came.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a page: title, encoding and its source, and answers to questions."""

    facts: tuple[str, str, str]
    answers: Sequence[tuple[Callable[..., Any], tuple[Any, ...], Any]]


def take_reading(page: Page) -> Reading:
    """Everything that was read from a page so far and depends on nothing else. The page may rest afterwards."""
    return Reading((page.title, page.encoding, page.encoding_source), page.plain_answers())


def packed_reading(page: Page) -> bytes:
    """What `take_reading` finds, as bytes."""
    return pack_reading(take_reading(page))


def pack_reading(reading: Reading) -> bytes:
    """A reading as bytes; b"" where it is too much."""
    answers = {}
    blocks = next((answer for question, _, answer in reading.answers if question is link_blocks), ())
    for question, asked, answer in reading.answers:
        plain = LinkRows.of(answer, blocks) if question is find_links and blocks else answer
        if found := _pickled(question, plain):
            answers[question, asked] = found
    packed = pickle.dumps((reading.facts, answers), pickle.HIGHEST_PROTOCOL)
    return deflated(packed) if len(packed) <= _LARGEST else b""


def _pickled(question: Callable[..., Any], answer: Any) -> bytes:
    """An answer as bytes; b"" for what cannot leave this process: elements of the tree, or the page itself."""
    if "<" in question.__qualname__:  # a function inside another has no name to be found by
        return b""
    try:
        return pickle.dumps(_in_rows(answer), pickle.HIGHEST_PROTOCOL)
    except (TypeError, AttributeError, RecursionError, pickle.PicklingError):
        return b""


def pack_for_another(page: Page) -> bytes:
    """All that was asked of a page so far, for the process that asked to have it read: see `take_over`."""
    answers = {key: packed for key, answer in page.asked_answers() if (packed := _pickled(key[0], answer))}
    facts = (page.title, page.encoding, page.encoding_source)
    return deflated(pickle.dumps((facts, page.too_heavy, answers), pickle.HIGHEST_PROTOCOL))


def take_over(page: Page, packed: bytes) -> None:
    """Give a page what `pack_for_another` found. Raises ForeignReadingError for bytes that are none."""
    try:
        facts, too_heavy, _ = unpickled(inflated(packed))
    except (zlib.error, *_DAMAGED) as error:
        raise ForeignReadingError(f"what another process read of {page.url} cannot be read: {error}") from error
    page.take_over(facts, too_heavy, _ReadElsewhere(packed))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Many facts of one kind, such as the links of a page, as plain rows: packed and unpacked several times faster."""

    kind: type[Any]
    rows: list[tuple[Any, ...]]

    def facts(self) -> tuple[Any, ...]:
        return tuple(self.kind(*row) for row in self.rows)


_IN_ROWS = (_Rows, LinkRows)


def _in_rows(answer: Any) -> Any:
    """An answer of several facts of one kind as rows, any other as it is."""
    if type(answer) is not tuple or len(answer) < _MANY:
        return answer
    kind = type(answer[0])
    if kind.__module__ != _FACTS or not is_dataclass(kind) or any(type(one) is not kind for one in answer):
        return answer
    return _Rows(kind, list(map(attrgetter(*(field.name for field in fields(kind))), answer)))


def recall(page: Page, packed: bytes) -> None:
    """Give a page the answers of an earlier reading. Raises ForeignReadingError for bytes that are none."""
    reading = _Reading(packed)
    try:
        page.recall(reading.facts(), reading)
    except (zlib.error, *_DAMAGED) as error:
        raise ForeignReadingError(f"a reading of {page.url} cannot be read: {error}") from error


class _Reading:
    """Answers of an earlier run, each made when it is asked for; packed while its page rests."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._answers: dict[Any, bytes] | None = None

    def facts(self) -> tuple[str, str, str]:
        """Title, encoding and its source."""
        (title, encoding, source), answers = unpickled(inflated(self._packed))
        self._answers = {(question, asked): answer for (question, asked), answer in answers.items()}
        return title, encoding, source

    def answer(self, key: _Key, answers: dict[Any, Any]) -> bool:
        if self._answers is None:
            self.facts()
        found = (self._answers or {}).get(self._place(key))
        if found is None:
            return False
        try:
            answer = unpickled(found)
            answers[key] = answer.facts() if isinstance(answer, _IN_ROWS) else answer
        except _DAMAGED as error:
            logger.warning("an answer of a reading cannot be read, so the page is read again: %s", error)
            return False
        return True

    def _place(self, key: _Key) -> Any:
        """Under what the answer to a question stands."""
        return plain_question(key)

    def rest(self) -> None:
        self._answers = None


class _ReadElsewhere(_Reading):
    """Answers of another process, to questions that were asked with whatever can be sent."""

    def facts(self) -> tuple[str, str, str]:
        facts, _, self._answers = unpickled(inflated(self._packed))
        title, encoding, source = facts
        return title, encoding, source

    def _place(self, key: _Key) -> Any:
        return key


@cache
def code_version() -> str:
    """Changes with every file of the extractors, words and patterns included."""
    digest = hashlib.sha256()
    for file in sorted(_files(files("govspider.extract")), key=str):
        digest.update(file.read_bytes())
    digest.update(files("govspider").joinpath("items.py").read_bytes())
    return digest.hexdigest()[:16]


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(_CODE):
            yield entry
