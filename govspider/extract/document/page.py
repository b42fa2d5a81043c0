"""One page, parsed once: what every extractor receives.

A `Page` is a value: bytes, address, header. Text, document and answers of extractors are
computed when first asked for and then kept, so that the spider (where next?) and the
pipelines (what is here?) share one parse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import (
    HtmlComment,
    HtmlElement,
    HtmlEntity,
    HTMLParser,
    HtmlProcessingInstruction,
    document_fromstring,
)

from govspider.extract.document.base_address import BaseAddress
from govspider.extract.document.decoding import Decoded, decode
from govspider.extract.document.packing import gunzipped, gzipped
from govspider.extract.lexicons import read_lexicon

_Answer = TypeVar("_Answer")
_Key = tuple[Callable[..., Any], tuple[Any, ...], tuple[Any, ...]]

# who may name an encoding under which every byte was read
_WITNESSED = ("meta", "header", "bytes")
# what a question may be asked with and still be the same question in another process
_PLAIN_FACTS = (str, int, bool, date, type(None))
_UNTOLD = object()
_FEW = ("base", "meta", "input", "iframe")

# libxml2 refuses an empty document; a page of nothing is still a page
_EMPTY_DOCUMENT = "<html><head></head><body></body></html>"
# lxml.html asks a Python function for the class of each element; nobody here needs its form classes
_ONE_CLASS = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)


class Reading(Protocol):
    """What an earlier run read of the same bytes."""

    def answer(self, key: _Key, answers: dict[_Key, Any]) -> bool:
        """Enter the answer to a question among `answers`; False where it is not known."""
        ...

    def rest(self) -> None:
        """Take little room until something is asked again."""
        ...


class Page:
    """A fetched page.

    Parameters: `url` the final address; `body` the bytes; `content_type` the HTTP header or
    None; `status` the HTTP status (200 for a saved file); `rendered` True for the document as a
    browser left it after running the scripts of the page.
    """

    def __init__(
        self, url: str, body: bytes, content_type: str | None = None, status: int = 200, *, rendered: bool = False
    ) -> None:
        self.url = url
        self.size = len(body)
        self._body: bytes | None = body
        self._packed = b""
        self.kept_as: str | None = None
        """SHA-256 of the bytes once they are kept as evidence."""
        self.reading_key: str | None = None
        """Where what is read from this page may be kept for the next run; None for nowhere."""
        self.recalled = False
        self.settled = False
        """True once all was asked that will be: the page holds its answers and no tree."""
        self.given_up = ""
        """Why reading was broken off, in words; '' for every page that was read."""
        self.content_type = content_type
        self.status = status
        self.rendered = rendered
        self._answers: dict[_Key, Any] = {}
        self._asked: dict[_Key, None] = {}
        self._within = 0
        self._reading: Reading | None = None

    def __repr__(self) -> str:
        return f"Page({self.url!r}, {self.size} bytes)"

    @property
    def body(self) -> bytes:
        """The bytes as received."""
        body = self._body
        return gunzipped(self._packed) if body is None else body

    @cached_property
    def sha256(self) -> str:
        """Hash of the bytes: what they are kept under, and what a reading of them is found by."""
        return hashlib.sha256(self.body).hexdigest()

    def packed(self) -> bytes:
        """The bytes as a gzip file, packed once: they are kept so as evidence, and held so while the page rests."""
        if not self._packed:
            self._packed = gzipped(self.body)
        return self._packed

    def plain_answers(self) -> list[tuple[Callable[..., Any], tuple[Any, ...], Any]]:
        """Questions, what was asked with them, and the answers, where another process could ask the same.

        Left out is what only another such question asked: with its answer known, nobody asks again.
        """
        found = ((plain_question(key), answer) for key, answer in self._answers.items() if key in self._asked)
        return [(*asked, answer) for asked, answer in found if asked is not None and not hasattr(answer, "__next__")]

    def asked_answers(self) -> list[tuple[_Key, Any]]:
        """Every question that was asked from outside, whatever with, and its answer."""
        return [(key, self._answers[key]) for key in self._asked if key in self._answers]

    def take_over(self, facts: tuple[str, str, str], too_heavy: str, reading: Reading) -> None:
        """Take what another process read of these bytes just now; in all else the page is as if it had been read here.

        Parameters: as for `recall`; `too_heavy` what that process found under this name.
        """
        self.title, self.encoding, self.encoding_source = facts
        self.too_heavy = too_heavy
        self._reading = reading

    def give_up(self, why: str) -> None:
        """Never read this page: `why` stands for it. Its document is empty from now on."""
        self.given_up = self.too_heavy = why
        self._let_go_of_tree()
        self._answers.clear()

    def recall(self, facts: tuple[str, str, str], reading: Reading) -> None:
        """Take what an earlier reading of the same bytes found: title, encoding, its source; answers when asked."""
        self.title, self.encoding, self.encoding_source = facts
        self._reading = reading
        self.recalled = True

    def __reduce__(self) -> str:
        raise TypeError("a page is no fact: it is not written out with what was read from it")

    def rest(self, *kept: Callable[..., Any], awhile: bool = False) -> None:
        """Let go of what can be computed again, and pack the bytes: thousands of pages wait for the end of their look.

        Title and encoding are kept, and the answers to the questions `kept`. `awhile`: most of the rest will be asked
        again, so what an earlier run read of the page is taken from there once more.
        """
        self.let_go(*kept, awhile=awhile)
        self.pack()

    def hold_as_kept(self, packed: bytes, sha256: str) -> None:
        """Say that the bytes are kept under this hash, as this gzip file: neither is made again."""
        self._packed, self.kept_as = packed, sha256
        self.__dict__["sha256"] = sha256

    def pack(self) -> None:
        """Hold the bytes packed from now on."""
        if self._body is not None:
            self.packed()
            self._body = None

    def let_go(self, *kept: Callable[..., Any], awhile: bool = False) -> None:
        """Rest, but with the bytes as they are: for a page that is just being packed elsewhere."""
        _ = self.title, self.encoding, self.encoding_source
        self._let_go_of_tree()
        self._answers = {key: answer for key, answer in self._answers.items() if key[0] in kept}
        if self._reading is not None:
            self._reading.rest()
            self._reading = self._reading if awhile else None
        self._asked = dict.fromkeys(key for key in self._asked if awhile and key in self._answers)

    def settle(self) -> None:
        """Let go of the tree once all was asked: answers to what was asked stay, those that only led to them go."""
        _ = self.title, self.encoding, self.encoding_source
        self.settled = True
        self._let_go_of_tree()
        self._answers = {key: answer for key, answer in self._answers.items() if key in self._asked}

    def _let_go_of_tree(self) -> None:
        for large in ("decoded", "utf8", "root", "_parsed", "_few", "metas", "_first_metas"):
            self.__dict__.pop(large, None)

    @cached_property
    def decoded(self) -> Decoded:
        return decode(self.body, self.content_type)

    @property
    def text(self) -> str:
        return self.decoded.text

    @cached_property
    def utf8(self) -> bytes:
        """The text as UTF-8: what the parser reads, and searched faster than a text with Chinese characters."""
        body = self.body
        # what was decoded without a fault and lost nothing is written as it came
        plain = self.decoded.encoding == "utf-8" and self.decoded.source in _WITNESSED and b"\x00" not in body
        return body if plain else self.text.encode("utf-8")

    @cached_property
    def encoding(self) -> str:
        return self.decoded.encoding

    @cached_property
    def encoding_source(self) -> str:
        """Who named the encoding: bom, meta, header, bytes or damaged."""
        return self.decoded.source

    @cached_property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @cached_property
    def too_heavy(self) -> str:
        """Why the page is not read at all, in words; '' for every page that was made for readers.

        Analysing a page of a million tags takes minutes, in which every other site would seem silent.
        """
        limits = read_lexicon("page_limits")
        if plainly := self.plainly_too_heavy:
            return plainly
        if self._tags > limits["deep_tags"] and _is_deeper_than(self._parsed, limits["depth"]):
            return f"elements stand more than {limits['depth']} deep in each other, which is not read"
        return ""

    @property
    def plainly_too_heavy(self) -> str:
        """What `too_heavy` says where no document has to be parsed for it."""
        limits = read_lexicon("page_limits")
        if self.size > limits["bytes"]:
            return f"{self.size} bytes, more than {limits['bytes']} are not read"
        if self._tags > limits["tags"]:
            return f"{self._tags} tags, more than {limits['tags']} are not read"
        return ""

    @cached_property
    def _tags(self) -> int:
        return self.body.count(b"<")

    @cached_property
    def root(self) -> HtmlElement:
        """First root element. What stands after </html> is a second root: use `xpath`, not `root.iter`."""
        return _parse(_EMPTY_DOCUMENT.encode()) if self.too_heavy else self._parsed

    @cached_property
    def _parsed(self) -> HtmlElement:
        return _parse(self.utf8 if self.text and not self.text.isspace() else _EMPTY_DOCUMENT.encode())

    def xpath(self, expression: str) -> list[Any]:
        """Run an XPath over the whole document, links after `</html>` included."""
        found = self.root.getroottree().xpath(expression)
        return found if isinstance(found, list) else [found]

    def elements(self, *tags: str) -> Iterator[HtmlElement]:
        """Elements of some tags in document order, links after `</html>` included; an XPath of one step, but sooner."""
        if len(tags) == 1 and tags[0] in _FEW:
            return iter(self._few[tags[0]])
        return chain.from_iterable(root.iter(*tags) for root in (self.root, *self.root.itersiblings()))

    @cached_property
    def _few(self) -> dict[str, list[HtmlElement]]:
        """Elements that every page is searched for and holds few of, by tag: found in one pass."""
        found: dict[str, list[HtmlElement]] = {tag: [] for tag in _FEW}
        for element in self.elements(*_FEW):
            found[element.tag].append(element)
        return found

    @cached_property
    def base_url(self) -> str:
        """Address that relative links are resolved against: `<base href>` where it is given."""
        for href in (base.get("href") for base in self.elements("base")):
            if href is None:
                continue
            try:
                return urljoin(self.url, str(href).strip())
            except ValueError:
                break
        return self.url

    @cached_property
    def base(self) -> BaseAddress:
        """What resolves the links of the page, and keeps nothing of it."""
        return BaseAddress(self.base_url)

    def join(self, href: str) -> str | None:
        """Absolute address of a link as a browser would resolve it; None when it is no address at all."""
        return self.base.join(href)

    @cached_property
    def metas(self) -> list[tuple[str, str]]:
        """All `<meta name content>` pairs in document order, names as written; duplicates kept."""
        pairs = []
        for element in self.elements("meta"):
            name = element.get("name") or element.get("property")
            if name:
                pairs.append((name.strip(), (element.get("content") or "").strip()))
        return pairs

    def meta(self, name: str) -> str | None:
        """First content of the meta of this name, letter case ignored; None when absent."""
        return self._first_metas.get(name.lower())

    @cached_property
    def _first_metas(self) -> dict[str, str]:
        """The first content of each name, in lower case."""
        return {name.lower(): content for name, content in reversed(self.metas)}

    @cached_property
    def title(self) -> str:
        first = next(self.root.iter("title"), None)
        return " ".join((first.text or "").split()) if first is not None else ""

    def known(self, question: Callable[..., _Answer]) -> _Answer | None:
        """The answer to a question that was asked already; None where it was not, for those who can do without."""
        return self._answers.get((question, (), ()))

    def once(self, question: Callable[..., _Answer], *arguments: Any, **options: Any) -> _Answer:
        """`question(self, *arguments, **options)`, computed the first time it is asked and kept."""
        key = (question, arguments, tuple(sorted(options.items())) if options else ())
        if not self._within:
            self._asked[key] = None
        if key not in self._answers and (self._reading is None or not self._reading.answer(key, self._answers)):
            inner = int(plain_question(key) is not None)
            self._within += inner
            try:
                self._answers[key] = question(self, *arguments, **options)
            finally:
                self._within -= inner
        answer: _Answer = self._answers[key]
        return answer


def plain_question(key: _Key) -> tuple[Callable[..., Any], tuple[Any, ...]] | None:
    """A question as another process can ask it: with plain facts, and other pages by what their readings are found by.

    None for one that depends on an instant, or on a page that is not found again by its bytes.
    """
    if key[2]:
        return None
    asked = tuple(map(_told, key[1]))
    return None if _UNTOLD in asked else (key[0], asked)


def _told(argument: Any) -> Any:
    if type(argument) in _PLAIN_FACTS:
        return argument
    if type(argument) is tuple:
        facts = tuple(map(_told, argument))
        return _UNTOLD if _UNTOLD in facts else facts
    if isinstance(argument, Page) and argument.reading_key is not None:
        return f"the page {argument.reading_key}"
    return _UNTOLD


def _parse(data: bytes) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return document_fromstring(data, parser=parser)
    except etree.ParserError:  # a page of comments only has no element at all
        return document_fromstring(_EMPTY_DOCUMENT.encode(), parser=parser)


def _is_deeper_than(root: HtmlElement, most: int) -> bool:
    depth = 0
    for top in (root, *root.itersiblings()):
        if not isinstance(top.tag, str):  # a comment behind the document
            continue
        for event, _ in etree.iterwalk(top, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > most:
                return True
    return False
