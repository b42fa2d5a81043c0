"""Things worth knowing about a page that accuse nobody: vendor signatures, residues in comments."""

from __future__ import annotations

import re

from govspider.extract.dark.dark_words import find_words, strong_words
from govspider.extract.dark.link_targets import TargetKind, target_of
from govspider.extract.dark.word_screen import adverts
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of

_COMMENT_LINK = re.compile(
    r"""<a\s[^<>]{0,500}href\s*=\s*["']?([^"'\s>]{1,300})[^<>]{0,300}>([^<]{0,100})""", re.IGNORECASE
)
_HIDDEN_LINKS = "//a[@href][ancestor-or-self::*[contains(translate(@style, ' ', ''), 'display:none')]]"
_NOTE_LIMIT = 20


def find_dark_notes(page: Page) -> tuple[str, ...]:
    """Notes in Chinese, at most 20: hidden vendor signatures, advertised links left in comments, unreadable scripts."""
    return page.once(_notes)


def _notes(page: Page) -> tuple[str, ...]:
    found = [*_signatures(page), *_residues(page), *_unreadable(page)]
    return tuple(dict.fromkeys(found))[:_NOTE_LIMIT]


def _signatures(page: Page) -> list[str]:
    if "none" not in page.text:
        return []
    own, notes = registrable_domain(page.host), []
    for link in page.xpath(_HIDDEN_LINKS):
        target = target_of((page.join(link.get("href")) or "").lower(), own)
        if target and target.kind is TargetKind.TRUSTED and target.category in ("vendor", "statistics"):
            kind = "建站厂商署名" if target.category == "vendor" else "访问统计链接"
            notes.append(f"隐藏的{kind}({target.domain})，不计为暗链")
    return notes


def _residues(page: Page) -> list[str]:
    """Links in comments are not live; they tell that the page was once changed."""
    text, notes, place = page.text, [], 0
    if "<!--" not in text or not adverts(page):
        return []
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end
        for address, anchor in _COMMENT_LINK.findall(text[start:end]):
            words = strong_words(find_words(anchor))
            if words:
                notes.append(f"注释中残留推广链接({words[0].category}词“{words[0].word}”，{address[:100]})")
        place = end
    return notes


def _unreadable(page: Page) -> list[str]:
    marks = {mark for script in scripts_of(page) for mark in script.folded.marks}
    names = {"jsfuck": "jsfuck", "jsjiami": "sojson/jsjiami"}
    return [f"页内脚本经{names[mark]}混淆，静态分析不能读懂" for mark in sorted(marks & set(names))]
