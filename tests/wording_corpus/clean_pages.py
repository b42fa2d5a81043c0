"""Clean pages that look wrong: every hard negative, on pages of the usual shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from govspider.extract.document.page import Page
from govspider.extract.wording.rules import wording_rules
from tests.wording_corpus.slips import words

PAGES = 2_200
URL = "http://www.demo.gov.cn/art/2026/{}.html"
_PHRASES = 3


@dataclass(frozen=True, slots=True)
class CleanPage:
    """One page without any fault of wording. `day` is its day of publication, None where it shows none."""

    trap: str
    number: int
    title: str
    body: str
    day: date | None = None

    def page(self) -> Page:
        """The page as it would be fetched."""
        head = f'<html><head><meta charset="utf-8"><title>{self.title}</title></head>'
        return Page(URL.format(self.number), f"{head}<body>{self.body}</body></html>".encode())


def clean_pages(seed: int = 11) -> Iterator[CleanPage]:
    """All clean pages; each trap in turn."""
    traps = list(_TRAPS)
    for number in range(PAGES):
        trap = traps[number % len(traps)]
        yield _TRAPS[trap](number, Random(f"{seed}:{number}"))


def _article(trap: str, number: int, rng: Random, said: list[str], **values: object) -> CleanPage:
    """An article: the sentences of the trap among harmless ones."""
    sentences = [*said, *rng.sample(words()["fillers"], 3)]
    rng.shuffle(sentences)
    body = f"<h1>{rng.choice(words()['titles'])}</h1>" + "".join(f"<p>　　{one}</p>" for one in sentences)
    day = values.get("day")
    title = str(values.get("title", rng.choice(words()["titles"])))
    return CleanPage(trap, number, title, body, day if isinstance(day, date) else None)


def _said(rng: Random, phrase: str) -> str:
    return str(rng.choice(words()["sentences"])).replace("{p}", phrase)


def _phrases(rng: Random) -> list[str]:
    return [phrase.text for phrase in rng.sample(wording_rules().phrases, _PHRASES)]


def _right(number: int, rng: Random) -> CleanPage:
    return _article("right", number, rng, [_said(rng, phrase) for phrase in _phrases(rng)])


def _joined(number: int, rng: Random) -> CleanPage:
    """Right phrases in a row, without anything between them."""
    return _article("joined", number, rng, ["".join(_phrases(rng)) + "。", "、".join(_phrases(rng)) + "。"])


def _close(number: int, rng: Random) -> CleanPage:
    return _article("close", number, rng, [_said(rng, close) for close in rng.sample(words()["close"], 4)])


def _names(number: int, rng: Random) -> CleanPage:
    return _article("names", number, rng, [_said(rng, name) for name in rng.sample(words()["names"], 3)])


def _former(number: int, rng: Random) -> CleanPage:
    told = rng.choice(words()["former"])
    return _article("former", number, rng, [told["text"]], day=told["day"])


def _spoken(number: int, rng: Random) -> CleanPage:
    spoken = words()["spoken"]
    wrong, right = rng.choice(spoken["wrong"])
    notice = rng.choice(spoken["notices"]).replace("{wrong}", wrong).replace("{right}", right)
    return _article("spoken", number, rng, [notice])


def _table(number: int, rng: Random) -> CleanPage:
    """A table of wrong and right; every second one below a title that says nothing of it."""
    spoken = words()["spoken"]
    pairs = rng.sample(spoken["wrong"], 5)
    rows = "".join(f"<tr><td>{wrong}</td><td>{right}</td></tr>" for wrong, right in pairs)
    title = rng.choice(spoken["table_titles"]) if number % 2 else "学习资料"
    return CleanPage("table", number, title, f"<h1>{title}</h1><table><tr><td>甲</td><td>乙</td></tr>{rows}</table>")


def _report(number: int, rng: Random) -> CleanPage:
    """A notice of an inspection that lists what other sites wrote."""
    spoken = words()["spoken"]
    listed = [f"{place}、某局网站：“{wrong}”。" for place, (wrong, _) in enumerate(rng.sample(spoken["wrong"], 4), 1)]
    return _article("report", number, rng, listed, title=rng.choice(spoken["report_titles"]))


def _cut(number: int, rng: Random) -> CleanPage:
    """A list whose titles are cut inside a phrase."""
    items = []
    for phrase in [*_phrases(rng), *_phrases(rng)]:
        end = rng.randint(2, len(phrase) - 1)
        items.append(f"我县举办{phrase[:end]}{rng.choice(['…', '...', '', '……'])}")
    body = "".join(
        f'<li><a href="/{number}/{at}.html">{item}</a><span>2026-11-0{at + 1}</span></li>'
        for at, item in enumerate(items)
    )
    return CleanPage("cut", number, "工作动态", f'<ul class="list">{body}</ul>')


def _split(number: int, rng: Random) -> CleanPage:
    """Right phrases with markup, blanks and quotation marks inside."""
    said = []
    for phrase in _phrases(rng):
        middle = rng.randint(1, len(phrase) - 1)
        between = rng.choice(["</b><span>", " ", "　", "”", "&nbsp;"])
        inner = phrase[:middle] + (between if between[0] != "<" else "") + phrase[middle:]
        if between.startswith("<"):
            inner = f"<b>{phrase[:middle]}</b><span>{phrase[middle:]}</span>"
        said.append(_said(rng, inner))
    return _article("split", number, rng, said)


def _traditional(number: int, rng: Random) -> CleanPage:
    return _article("traditional", number, rng, rng.sample(words()["traditional"], 2))


def _quoted(number: int, rng: Random) -> CleanPage:
    return _article("quoted_terms", number, rng, [rng.choice(words()["quoted_terms"])])


def _levels(number: int, rng: Random) -> CleanPage:
    """Another level or body in place of the one that the phrase names, and another count."""
    said = []
    for phrase in wording_rules().phrases:
        for one, others in (("国", "省市县"), ("部", "厅局"), ("局", "厅"), ("二十", "十九八七")):
            if one in phrase.text and "总局" not in phrase.text:
                said.append(_said(rng, phrase.text.replace(one, rng.choice(others), 1)))
    return _article("levels", number, rng, rng.sample(said, 4))


_TRAPS: dict[str, Callable[[int, Random], CleanPage]] = {
    "right": _right,
    "joined": _joined,
    "close": _close,
    "names": _names,
    "former": _former,
    "spoken": _spoken,
    "table": _table,
    "report": _report,
    "cut": _cut,
    "split": _split,
    "traditional": _traditional,
    "quoted_terms": _quoted,
    "levels": _levels,
}
