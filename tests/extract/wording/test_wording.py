"""Grave errors are found, everything that only looks like one is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.extract.wording.wording import find_wording, unread_wording
from govspider.items import WordingSeverity
from tests.extract.wording.pages import URL, grave, page_of, told

PHRASE = "铸牢中华民族共同体意识"


@pytest.mark.parametrize(
    "wrong",
    [
        "铸牢中华民族共同体意式",  # last character, same sound
        "铸劳中华民族共同体意识",
        "铸牢中华民组共同体意识",
        "铸牢中华民族共体意识",
        "铸牢中华民族共同同体意识",
        "铸牢中民华族共同体意识",
        "铸牢中华族民共同体意识",  # the two halves' neighbours
    ],
)
def test_one_slip_in_a_protected_phrase_is_grave_and_told_with_the_right_wording(wrong: str) -> None:
    found = grave(f"我县以{wrong}为主线开展工作。")
    assert len(found) == 1
    text, right = found[0]
    assert right in PHRASE or PHRASE in right
    assert text in wrong or wrong in text


def test_the_phrase_itself_and_its_known_variants_are_in_order() -> None:
    for right in (
        PHRASE,
        "全面建设小康社会",
        "住房城乡建设部",
        "中国特色的社会主义",
        "国家副主席习近平",
        "人民政府办公室",
    ):
        assert told(f"学习{right}有关内容。") == ()


def test_another_level_a_count_or_a_longer_word_is_no_slip() -> None:
    for right in (
        "全面推进依法治省",
        "党的十大精神",
        "各方面从严治党",
        "习近平主持召开会议",
        "甘肃省工业和信息化厅",
        "推动学习进平台",
    ):
        assert told(f"有关{right}的材料。") == ()


def test_blanks_quotation_marks_and_markup_inside_a_phrase_change_nothing() -> None:
    body = "<p>坚持<b>“三个</b>代表”重要思想，建设社会 主义核心价值观。</p><p>践行社会<b>主意</b>核心价值观。</p>"
    found = find_wording(page_of(body))
    assert [one.text for one in found] == ["社会主意"]


def test_traditional_script_is_no_slip() -> None:
    assert told("中華人民共和國成立以來，實現中華民族偉大復興。") == ()


def test_a_title_that_a_list_cuts_is_no_slip() -> None:
    items = ["践行社会主义核心价值…", "践行社会主义核心价值", "践行社会主义核心价值..."]
    body = "".join(f'<ul><li><a href="/{number}.html">{item}</a></li></ul>' for number, item in enumerate(items))
    assert find_wording(page_of(body)) == ()


@pytest.mark.parametrize(
    "notice",
    [
        "经查，某网站将“扫黑除恶”误写为“扫黑险恶”。",
        "文中“社会主意核心价值观”应为“社会主义核心价值观”。",
        "更正：上文“中华人名共和国”有误。",
        "通报指出，某县网站存在“中共人民共和国”等严重表述错误，责令整改。",
        "不得使用“台湾政府”的说法。",
        "“扫黑险恶”是常见的错别字。",
    ],
)
def test_a_notice_about_a_wrong_phrase_is_not_wrong(notice: str) -> None:
    assert grave(notice) == []


def test_a_table_of_wrong_and_right_is_not_wrong() -> None:
    rows = "<table><tr><th>甲</th><th>乙</th></tr><tr><td>扫黑险恶</td><td>扫黑除恶</td></tr></table>"
    assert find_wording(page_of(rows)) == ()
    assert find_wording(page_of("<p>脱贫功坚</p><p>杜会主义</p>", title="公文易错词汇总")) == ()


def test_a_notice_of_an_inspection_that_quotes_is_not_wrong_but_one_that_errs_itself_is() -> None:
    title = "关于全县政府网站抽查情况的通报"
    assert grave("“中共人民共和国”，见某局网站。", title=title) == []
    assert grave("各单位要践行社会主意核心价值观。", title=title) == [("社会主意", "社会主义")]


def test_menus_and_footers_are_not_read() -> None:
    body = '<div class="nav"><a href="/a">践行社会主意核心价值观</a></div><p>正文内容完整，各单位认真组织学习。</p>'
    assert find_wording(page_of(body)) == ()


def test_a_rule_with_a_window_says_nothing_of_older_texts_or_texts_without_a_day() -> None:
    text = "国家工商行政管理总局有关负责人介绍情况。"
    assert told(text, day=date(2016, 5, 1)) == ()
    assert told(text) == ()
    (hint,) = told(text, day=date(2024, 5, 1))
    assert (hint.severity, hint.suggestion) == (WordingSeverity.HINT, "国家市场监督管理总局")
    assert told("原" + text, day=date(2024, 5, 1)) == ()


def test_members_of_a_set_in_another_order_are_a_hint_and_never_grave() -> None:
    (hint,) = told("增强大局意识、政治意识、核心意识、看齐意识。")
    assert hint.severity is WordingSeverity.HINT
    assert hint.suggestion == "政治意识、大局意识、核心意识、看齐意识"
    assert told("增强政治意识、大局意识、核心意识、看齐意识。") == ()
    assert told("要强化看齐意识和大局意识。") == ()


def test_a_finding_quotes_its_sentence_and_says_where_it_stands() -> None:
    (found,) = told("全县开展扫黑险恶专项斗争！下一步继续推进。")
    assert found.sentence == "全县开展扫黑险恶专项斗争！"
    page = page_of("<p>会议召开。全县开展扫黑险恶专项斗争！下一步继续推进。</p>")
    assert found.offset is not None
    assert page.text[found.offset :].startswith("扫黑险恶")
    assert (found.place, found.target) == ("正文", URL)


def test_the_title_of_a_list_is_the_fault_of_the_article_it_leads_to() -> None:
    (found,) = find_wording(page_of('<ul><li><a href="/b/2.html">我局开展扫黑险恶行动</a></li></ul>'))
    assert (found.place, found.target) == ("列表", "http://www.demo.gov.cn/b/2.html")


def test_a_person_whose_name_holds_the_letters_of_a_leader_is_not_accused() -> None:
    assert told("先进个人：江泽明、毛泽冬、胡景涛。") == ()
    assert grave("江泽明总书记视察。") == [("江泽明", "江泽民")]


def test_a_page_of_more_text_than_is_examined_says_so() -> None:
    page = page_of("<p>" + "</p><p>".join(f"第{number}号文件" + "甲" * 2000 for number in range(210)) + "</p>")
    (told,) = unread_wording(page)
    assert "400000字" in told
    assert unread_wording(page_of("<p>短</p>")) == ()


def test_many_hits_are_bounded_in_number() -> None:
    body = "".join(f"<p>第{number}次开展扫黑险恶斗争。</p>" for number in range(500))
    page = page_of(body)
    assert len(find_wording(page)) == 50
    assert unread_wording(page) == ("可疑之处500处，只核对了前50处",)


def test_a_page_that_repeats_slips_without_end_is_answered_all_the_same() -> None:
    slips = "践行社会主意核心价值观铸牢中华民族共体同意识中国特色社会主义" * 6_000
    assert {one.suggestion for one in find_wording(page_of(f"<p>{slips}</p>"))} == {"社会主义", PHRASE}
    quoted = page_of(f"<p>{'“扫黑险恶”是错别字' * 21_000}</p>")
    assert find_wording(quoted) == ()
    assert ["超过20000处" in told or "只核对了前500处" in told for told in unread_wording(quoted)] == [True, True]


def test_a_page_too_large_to_be_read_is_said_to_be_unread() -> None:
    page = page_of("<b>" * 60_001 + "扫黑险恶")
    assert find_wording(page) == ()
    (told,) = unread_wording(page)
    assert "页面过大" in told
