"""What a browser's view says of a link, and which links it is asked about."""

from __future__ import annotations

import pytest

from govspider.extract.document.page import Page
from govspider.extract.links.link_answer import LinkJudgement
from govspider.extract.links.shown_link import Shown, judge_shown, wants_browser
from govspider.items import LinkFault, LinkState, UnknownReason

_URL = "http://app.other-demo.com/item/1"
_TEXT = "本市召开专题会议，研究部署下一阶段重点工作，要求各单位压实责任、细化措施、务求实效。"
_OPEN = LinkJudgement(LinkState.UNKNOWN, UnknownReason.NEEDS_BROWSER, "")


def shown(text: str, *, whole: bool = True, status: int = 200, url: str = _URL, more: str = "") -> Shown:
    body = f"<html><head><title>某某平台</title></head><body><p>{text}</p>{more}<script>1</script></body></html>"
    return Shown(Page(url, body.encode(), "text/html; charset=utf-8", status, rendered=True), whole)


def dead(fault: LinkFault) -> LinkJudgement:
    return LinkJudgement(LinkState.DEAD, None, "", fault)


def test_a_page_that_its_scripts_fill_with_words_is_there() -> None:
    said = judge_shown(_OPEN, _URL, shown(_TEXT), None)
    assert said is not None
    assert said.state is LinkState.OK


@pytest.mark.parametrize(("whole", "state"), [(True, LinkState.DEAD), (False, None)])
def test_words_of_an_error_count_only_where_the_page_got_all_it_asked_for(whole: bool, state: LinkState | None) -> None:
    said = judge_shown(_OPEN, _URL, shown("您访问的页面不存在", whole=whole), None)
    assert (said and said.state) == state


def test_an_empty_view_settles_nothing() -> None:
    assert judge_shown(_OPEN, _URL, shown(""), None) is None


@pytest.mark.parametrize(("whole", "state"), [(True, LinkState.DEAD), (False, LinkState.OK)])
def test_a_page_like_that_of_an_address_that_cannot_exist_is_missing(whole: bool, state: LinkState) -> None:
    said = judge_shown(_OPEN, _URL, shown(_TEXT), shown(_TEXT, url=_URL + "x", whole=whole))
    assert said is not None
    assert said.state is state


def test_a_page_behind_a_404_is_for_a_person_to_judge() -> None:
    said = judge_shown(dead(LinkFault.GONE), _URL, shown(_TEXT, status=404), None)
    assert said is not None
    assert (said.state, said.reason) == (LinkState.UNKNOWN, UnknownReason.CONTRADICTORY)


def test_a_script_that_leads_to_a_missing_page_leads_to_nothing() -> None:
    said = judge_shown(_OPEN, _URL, shown(_TEXT, status=404, url="http://app.other-demo.com/left.html"), None)
    assert said is not None
    assert said.fault is LinkFault.DEAD_JUMP


def test_a_script_that_leads_to_a_login_leaves_the_link_unknown() -> None:
    form = "<form><input type='password'></form>"
    said = judge_shown(_OPEN, _URL, shown(_TEXT, url="http://app.other-demo.com/sso/login", more=form), None)
    assert said is not None
    assert said.reason is UnknownReason.NEEDS_LOGIN


@pytest.mark.parametrize(
    ("judged", "body", "wanted"),
    [
        (_OPEN, "<div id='app'></div>", True),
        (dead(LinkFault.SOFT_404), "页面不存在", True),
        (dead(LinkFault.GONE), "<div id='app'></div>", True),
        (dead(LinkFault.GONE), f"404 Not Found {_TEXT}", False),
        (dead(LinkFault.PLANTED), "百家乐", False),
        (LinkJudgement(LinkState.UNKNOWN, UnknownReason.BLOCKED, ""), "<div id='app'></div>", False),
    ],
)
def test_a_browser_is_asked_where_scripts_could_show_more(judged: LinkJudgement, body: str, wanted: bool) -> None:
    assert wants_browser(judged, shown(body).page) is wanted


def test_what_is_no_page_is_not_shown() -> None:
    assert not wants_browser(_OPEN, None)
