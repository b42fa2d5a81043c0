"""Prose that somebody worked over, and prose that only looks so."""

from __future__ import annotations

import pytest

from govspider.extract.dark.tampering import find_tampering
from govspider.extract.document.page import Page
from govspider.items import TamperingObservation

SITE = "http://www.example-county.gov.cn/art/1.html"
PROSE = (
    "会议指出，要坚持以人民为中心，把各项工作落到实处。各部门要加强配合，确保任务按期完成。"
    "记者了解到，项目建成后将惠及周边群众。全县农业生产形势稳定，播种面积继续扩大。"
    "下一步，我县将严格落实安全责任，积极推进教育改革。有关单位要认真检查整治情况。"
)
BREAKS = ("会|议指出", "部|门要", "群|众。", "生|产形势", "责|任，", "教|育改革")


def found_in(body: str, url: str = SITE, attributes: str = "", title: str = "某县") -> tuple[TamperingObservation, ...]:
    html = f"<html {attributes}><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"
    return find_tampering(Page(url, html.encode()))


def kinds(found: tuple[TamperingObservation, ...]) -> list[tuple[str, str]]:
    return [(observation.kind, observation.strength.value) for observation in found]


def spliced(term: str) -> str:
    prose = PROSE
    for place in BREAKS:
        assert place.replace("|", "") in prose
        prose = prose.replace(place.replace("|", ""), place.replace("|", term), 1)
    return f"<p>{prose}</p>"


@pytest.mark.parametrize(
    ("term", "strength"), [("鸿运汇", "weak"), ("豪门尊享厅", "weak"), ("金沙体育", "weak"), ("百家乐", "strong")]
)
def test_a_term_that_parts_words_again_and_again_was_spliced_in(term: str, strength: str) -> None:
    found = found_in(spliced(term))
    assert kinds(found) == [("brand_splice", strength)]
    assert found[0].text == term
    assert found[0].offset is not None


@pytest.mark.parametrize("name", ["鸿运汇", "金沙湖公园", "网格员"])
def test_a_name_that_returns_between_whole_words_is_the_subject_of_its_article(name: str) -> None:
    prose = (
        f"{name}位于县城东部。市民们在{name}锻炼身体。记者从{name}建设指挥部获悉，投资两亿元的{name}如期开放。"
        f"为把{name}建成样板，各单位紧密协作。周末的{name}里人头攒动。"
    )
    assert found_in(f"<p>{prose}</p>") == ()


PHRASES = (
    "会议指出，各级政务|服务中心加强协|调配合。记者了解到，公安机关通过宣传|资料介绍电信|诈骗的手法。"
    "有关部门将继续加大|宣传，排查风险|隐患，落实属地|责任。全县农业生产形势稳定。项目如期开工。群众反映良好。"
)


def test_a_term_inside_of_fixed_combinations_of_words_was_spliced_in() -> None:
    [found] = found_in(f"<p>{PHRASES.replace('|', '鸿运汇')}</p>")
    assert (found.kind, found.text) == ("brand_splice", "鸿运汇")
    assert "其中7处拆断词语" in found.reasons[1]
    assert found_in(f"<p>{PHRASES.replace('|', '')}</p>") == ()


def test_prose_without_a_foreign_term_is_clean() -> None:
    assert found_in(f"<p>{PROSE}</p>" * 3) == ()


TRADITIONAL = (
    "會議指出，要堅持以人民為中心的發展思想，把各項任務落到實處。國務院對開展專項檢查時間作出部署，學校、企業有關單位要"
    "認真學習貫徹。發展為要，開放為先，會同有關部門對業務學習時間進行檢查，國家機關對開發業務有關問題進行專題學習。"
)


def test_an_undeclared_page_in_traditional_characters_is_suspected_to_be_a_mirror() -> None:
    [mirror] = found_in(f"<p>{TRADITIONAL}</p>")
    assert (mirror.kind, mirror.strength.value) == ("mirror_traditional", "weak")
    planted = '<div class="fflink"><a href="http://www.stranger-bet.net/">百家樂</a></div>'
    assert ("mirror_traditional", "strong") in kinds(found_in(f"<p>{TRADITIONAL}</p>{planted}"))


def test_the_sites_own_traditional_version_and_a_quotation_are_clean() -> None:
    text = f"<p>{TRADITIONAL}</p>"
    assert found_in(text, attributes='lang="zh-Hant"') == ()
    assert found_in(text, url="http://big5.example-county.gov.cn/gate/big5/www.example-county.gov.cn/") == ()
    assert found_in(f'{text}<a href="/">简体版</a>') == ()
    assert found_in(f"{text}<p>{PROSE}</p>" * 1 + f"<p>{PROSE}</p>" * 12) == ()


@pytest.mark.parametrize("glue", [" ", "、", "|", ","])
def test_a_heap_of_advertised_words_is_a_farm_without_any_link(glue: str) -> None:
    words = ["百家乐", "六合彩", "时时彩", "赌球", "盈丰厅", "老虎机", "豪利棋局", "真人娱乐", "彩神计划", "娱乐城"]
    assert kinds(found_in(f"<p>正文</p><div>{glue.join(words)}</div>")) == [("keyword_farm", "strong")]


@pytest.mark.parametrize(
    "words",
    [
        ["教育局", "公安局", "民政局", "体育局", "福彩中心", "信访局", "税务局", "统计局", "审计局"],
        ["打击百家乐", "六合彩", "时时彩", "赌球", "老虎机", "娱乐城", "网络赌博", "专项行动", "警方"],
        ["体彩", "双色球", "大乐透", "开奖公告", "百家姓", "六合区", "皇冠假日酒店", "彩票公益金", "福彩"],
    ],
)
def test_a_list_of_names_and_a_list_of_what_the_police_fights_are_no_farms(words: list[str]) -> None:
    assert found_in(f"<div>{'、'.join(words)}</div>") == ()
