"""What stands behind a link that answered 200: what was linked, or something else, or nothing.

Only first bytes are read. What stands here is never confirmed without a person: the words say what
was seen, and the state is dead only where every visitor would call it so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govspider.extract.document.challenge import lower_case_headers
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import (
    PageSketch,
    differing_characters,
    expect_comparisons,
    glance_at,
    sketch_page,
)
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.file_marks import WrongFile, extension_of, find_wrong_file, is_web_page, shows_a_document
from govspider.extract.links.link_answer import LinkJudgement
from govspider.extract.links.page_jumps import find_jump
from govspider.extract.links.soft_404 import (
    MadeUpAnswer,
    Missing,
    find_missing,
    is_home,
    is_login,
    looks_suspicious,
    says_missing,
)
from govspider.extract.links.stranger import find_stranger
from govspider.items import LinkFault, LinkState, UnknownReason

_OK = 200
_GONE = (404, 410)
_FITTING = {"image": ("image/",), "style": ("text/css", "font/"), "script": ("javascript", "ecmascript", "json")}
# media types that link checks stop at after the headers: an empty body says nothing there
_HEADERS_ONLY = ("image/", "font/", "text/css", "application/javascript", "text/javascript")


@dataclass(frozen=True, slots=True)
class AskedLink:
    """A link as it was asked for.

    `kind` as in `Link.kind`; `embedded`: the page shows it by itself (img, style sheet, frame), so a
    visitor sees it broken, and no viewer page can take its place; `form`: the target of a form,
    asked without what a visitor would fill in; `own_site`: it stands on the inspected site itself.
    """

    url: str
    kind: str = "page"
    embedded: bool = False
    form: bool = False
    own_site: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """First bytes of an answer with 200. `page` is None unless they are a web page."""

    final_url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int = _OK
    page: Page | None = None


def page_of(final_url: str, headers: Mapping[str, str], body: bytes, status: int) -> Page | None:
    """The answer as a page, None when its type or its bytes say that it is none."""
    declared = _media_type(headers)
    if "html" in declared or ((not declared or declared == "text/plain") and is_web_page(body)):
        return Page(final_url, body, lower_case_headers(headers).get("content-type"), status)
    return None


def judge_content(link: AskedLink, content: Content) -> LinkJudgement | None:
    """What the bytes alone say; None when they say nothing against the link.

    Not asked here: what the host answers to made-up addresses, see `judge_missing`.
    """
    if content.status != _OK or (link.kind == "script" and not content.body):
        return None
    if link.embedded and link.kind in _FITTING:
        return _embedded(link, content)
    if not content.body and link.embedded:
        return None
    if not content.body:
        cut = _media_type(content.headers).startswith(_HEADERS_ONLY)
        return None if cut else _dead(LinkFault.EMPTY, "答复200，但没有内容")
    wrong = find_wrong_file(link.url, content.headers, content.body)
    if wrong is not None:
        return _wrong_file(wrong, content)
    return None if content.page is None else _page(link, content.page, content.final_url)


def wants_made_up(link: AskedLink, content: Content) -> bool:
    """True when the host must be asked how it answers for missing pages before this answer is believed.

    Every page of the inspected site itself; of other sites what looks odd. See `may_want_made_up` for the rest.
    """
    if not may_want_made_up(link, content):
        return False
    assert content.page is not None
    sketch = glance_at(content.page)
    return link.own_site or sketch.shell or looks_suspicious(link.url, content.final_url, content.page)


def may_want_made_up(link: AskedLink, content: Content) -> bool:
    """True when the host's answers for missing pages could tell something: any page but a home page or a form's."""
    return content.page is not None and not link.form and not is_home(link.url)


def judge_missing(link: AskedLink, content: Content, made_up: Sequence[MadeUpAnswer]) -> LinkJudgement | None:
    """What the host's answers to made-up addresses say of this one; None when nothing against it.

    A page that only a browser fills works where the host knows missing pages from others, else it is unknown.
    """
    if content.page is None:
        return None
    sketch = glance_at(content.page)
    if any(answer.sketch is not None for answer in made_up):
        expect_comparisons(content.page.host)
        sketch = sketch_page(content.page)
    missing = find_missing(link.url, content.final_url, sketch, made_up)
    if missing is not None:
        return _missing(missing)
    if sketch.shell and not is_home(link.url) and not any(answer.status in _GONE for answer in made_up):
        return _unknown(UnknownReason.NEEDS_BROWSER, "页面内容由脚本生成，需要浏览器")
    return None


def judge_outside(said: LinkJudgement, content: Content, home: PageSketch | None) -> LinkJudgement:
    """What remains of a missing page of another site once its home page was seen.

    A host that shows one page at every address may be meant so, or asks every visitor something first.
    """
    if said.fault is not LinkFault.SOFT_404 or content.page is None:
        return said
    allowed = read_lexicon("dead_pages")["limits"]["same_characters"]
    if home is not None and differing_characters(sketch_page(content.page), home) > allowed:
        return said
    return _unknown(UnknownReason.CONTRADICTORY, "外站对任何网址（包括首页）的答复都相同，需人工核对")


def _page(link: AskedLink, page: Page, final_url: str) -> LinkJudgement | None:
    """A poisoned title of the site itself is tampering and told as such, not by every link to its pages."""
    stranger = None if link.own_site else find_stranger(page)
    if stranger is not None:
        return _dead(stranger.fault, stranger.detail)
    sketch = glance_at(page)
    if sketch.login and is_login(final_url) and not is_login(link.url):
        return _unknown(UnknownReason.NEEDS_LOGIN, "被转到登录页面")
    # a frame may be filled by a counter or a script of the page around it
    if sketch.empty and not link.embedded and find_jump(page) is None:
        return _dead(LinkFault.EMPTY, "答复200，但页面空白")
    missing = says_missing(sketch)
    return None if missing is None else _missing(missing)


def _embedded(link: AskedLink, content: Content) -> LinkJudgement | None:
    """A picture, style sheet or script that came as a web page, or with a length of nothing."""
    headers = lower_case_headers(content.headers)
    if any(kind in _media_type(headers) for kind in _FITTING[link.kind]):
        empty = headers.get("content-length", "").strip() == "0" and link.kind == "image"
        return _dead(LinkFault.EMPTY, "图片没有内容") if empty else None
    known = read_lexicon("links")["shown_extensions"][link.kind]
    if extension_of(link.url) not in known or not is_web_page(content.body):
        return None
    words = {"image": "图片", "style": "样式文件", "script": "脚本"}[link.kind]
    return _dead(LinkFault.WRONG_FILE, f"{words}地址返回的是网页")


def _wrong_file(wrong: WrongFile, content: Content) -> LinkJudgement | None:
    """A document that came as a web page may be shown by that page, or lie behind a login."""
    if not wrong.page or content.page is None:
        return _dead(LinkFault.EMPTY if not content.body else LinkFault.WRONG_FILE, wrong.detail)
    sketch = glance_at(content.page)
    little = sketch.characters <= read_lexicon("dead_pages")["limits"]["short_with_title"]
    if sketch.error_title or (sketch.error_words and little):
        return _dead(LinkFault.WRONG_FILE, f"{wrong.detail}（{sketch.title[:60] or sketch.error_words}）")
    if shows_a_document(content.body) or find_jump(content.page) is not None:
        return None
    if sketch.login or is_login(content.final_url):
        return _unknown(UnknownReason.NEEDS_LOGIN, f"{wrong.detail}，需要登录")
    if sketch.shell:
        return _unknown(UnknownReason.NEEDS_BROWSER, f"{wrong.detail}，需要浏览器")
    return (
        _dead(LinkFault.WRONG_FILE, wrong.detail)
        if little
        else _unknown(UnknownReason.CONTRADICTORY, f"{wrong.detail}，内容较多，需人工核对")
    )


def _missing(missing: Missing) -> LinkJudgement:
    return _dead(missing.fault, missing.detail)


def _unknown(reason: UnknownReason, detail: str) -> LinkJudgement:
    return LinkJudgement(LinkState.UNKNOWN, reason, detail)


def _dead(fault: LinkFault, detail: str) -> LinkJudgement:
    return LinkJudgement(LinkState.DEAD, None, detail, fault)


def _media_type(headers: Mapping[str, str]) -> str:
    return lower_case_headers(headers).get("content-type", "").partition(";")[0].strip().lower()
