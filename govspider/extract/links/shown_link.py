"""What a link shows in a browser, where the bytes alone did not settle it: a page that scripts fill.

A browser's view settles little by itself: words of an error page, or something to read. A page that did not get
all it asked for may show an error that no visitor sees, so against a link only a whole view counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from govspider.extract.document.challenge import find_challenge
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import differing_characters, glance_at, sketch_page
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.link_answer import LinkJudgement
from govspider.extract.links.soft_404 import is_login, says_missing
from govspider.items import LinkFault, LinkState, UnknownReason

_ERRORS = 400
_GONE = (404, 410)
_MAY_SHOW_MORE = (LinkFault.SOFT_404, LinkFault.EMPTY, LinkFault.GONE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a browser left it: `page` has the address and status of the document that stood there in the end.

    `whole` is False where something it asked for was not given to it.
    """

    page: Page
    whole: bool


def wants_browser(judged: LinkJudgement, page: Page | None) -> bool:
    """True where a browser could tell more of an answer than its bytes did.

    Parameters: `page` the answer as a page, None for anything else. A wall, a silence and a download show nothing
    more in a browser; what a domain's buyer put there is not run.
    """
    if page is None:
        return False
    if judged.state is LinkState.UNKNOWN:
        return judged.reason is UnknownReason.NEEDS_BROWSER
    if judged.fault not in _MAY_SHOW_MORE:
        return False
    sketch = glance_at(page)
    return sketch.shell if judged.fault is LinkFault.GONE else page.once(is_scripted)


def is_scripted(page: Page) -> bool:
    """True where a browser would run something."""
    return next(page.elements("script"), None) is not None


def judge_shown(before: LinkJudgement, asked_url: str, shown: Shown, made_up: Shown | None) -> LinkJudgement | None:
    """What the browser's view says; None where it settles nothing, so that what was known before stands.

    Parameters: `before` the last judgement without a browser; `asked_url` as the link has it; `made_up` what the
    same browser shows at an address of the host that cannot exist, None where that was not looked at.
    """
    refused = _who_answered_instead(before, asked_url, shown.page)
    if refused is not None:
        return refused
    sketch = glance_at(shown.page)
    # its scripts have run: what it shows now is all there is
    missing = says_missing(replace(sketch, shell=False))
    if missing is not None:
        return _against(shown, before, f"在浏览器中{missing.detail.removeprefix('答复200，但')}")
    if sketch.characters < read_lexicon("dead_pages")["limits"]["shell_text"]:
        return None
    if _is_made_up(shown, made_up):
        return _against(shown, before, "在浏览器中与该网站对不存在网址的显示相同")
    if shown.page.status >= _ERRORS:
        words = f"答复{shown.page.status}，但浏览器中显示内容，需人工核对"
        return LinkJudgement(LinkState.UNKNOWN, UnknownReason.CONTRADICTORY, words)
    return LinkJudgement(LinkState.OK, None, "浏览器中显示正常")


def _who_answered_instead(before: LinkJudgement, asked_url: str, page: Page) -> LinkJudgement | None:
    """A wall, a missing page that a script leads to, or a login."""
    if find_challenge(page.status, {}, page.body) is not None:
        return LinkJudgement(LinkState.UNKNOWN, UnknownReason.BLOCKED, "浏览器中显示的是防护页面")
    if page.status in _GONE and page.url != asked_url and before.fault is not LinkFault.GONE:
        words = f"页面脚本转到 {page.url}：{page.status}"
        return LinkJudgement(LinkState.DEAD, None, words, LinkFault.DEAD_JUMP)
    if glance_at(page).login and is_login(page.url) and not is_login(asked_url):
        return LinkJudgement(LinkState.UNKNOWN, UnknownReason.NEEDS_LOGIN, "在浏览器中被转到登录页面")
    return None


def _is_made_up(shown: Shown, made_up: Shown | None) -> bool:
    if made_up is None or not made_up.whole:
        return False
    allowed: int = read_lexicon("dead_pages")["limits"]["same_characters"]
    return differing_characters(sketch_page(shown.page), sketch_page(made_up.page)) <= allowed


def _against(shown: Shown, before: LinkJudgement, words: str) -> LinkJudgement | None:
    """Dead in the way it was called before, else a soft 404; only a whole view says so."""
    if not shown.whole:
        return None
    fault = before.fault or LinkFault.SOFT_404
    return LinkJudgement(LinkState.DEAD, None, words, fault)
