"""Rows of websites: what is accepted, what is rejected and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govspider.entries import Contact, temporary_code
from tests.registry.sheet_files import HEADER, JUST_A_SITE, only_site, read_rows

CODE, NAME, URL, UNIT = JUST_A_SITE


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("34010000", NAME, URL, UNIT), "网站标识码“34010000”格式不对"),
        (("3.401E+09", NAME, URL, UNIT), "科学计数法"),
        (("bm1400", NAME, URL, UNIT), "网站标识码“bm1400”格式不对"),
        ((CODE, "", URL, UNIT), "网站名称为空"),
        ((CODE, NAME, "", UNIT), "网址为空"),
        ((CODE, NAME, "暂无", UNIT), "网址“暂无”不是网址"),
        ((CODE, NAME, "http://", UNIT), "不是网址"),
        ((CODE, NAME, "ftp://a.gov.cn", UNIT), "不是 http 或 https 网址"),
        ((CODE, NAME, "http://a_b..gov.cn", UNIT), "不是网址"),
    ],
)
def test_a_row_that_cannot_be_a_site_says_why(tmp_path: Path, row: tuple[str, ...], reason: str) -> None:
    registry = read_rows(tmp_path, HEADER, ("3401000001", "甲局", "ok.gov.cn", "甲局"), row)
    (reject,) = registry.rejects
    assert reason in reject.reason
    assert (reject.origin.row, reject.origin.cells) == (3, row)
    assert only_site(registry).code == "3401000001"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("３４０１０００１２３", "3401000123"),
        (" 3401 000123\u00a0", "3401000123"),
        ("'3401000123", "3401000123"),
        ("BM14000002", "bm14000002"),
        ("\u200b3401000123", "3401000123"),
    ],
)
def test_a_code_is_read_through_odd_characters(tmp_path: Path, written: str, code: str) -> None:
    site = only_site(read_rows(tmp_path, HEADER, (written, NAME, URL, UNIT)))
    assert (site.code, site.code_is_temporary) == (code, False)


def test_the_second_row_with_a_code_is_rejected_and_names_the_first(tmp_path: Path) -> None:
    registry = read_rows(tmp_path, HEADER, JUST_A_SITE, (CODE, "别的", "http://b.gov.cn", UNIT))
    assert only_site(registry).name == NAME
    assert registry.rejects[0].reason == f"网站标识码“{CODE}”重复：与第 2 行相同"


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("www.hefei.gov.cn", "http://www.hefei.gov.cn/"),
        ("HTTPS://WWW.Hefei.GOV.cn/Index.html", "https://www.hefei.gov.cn/Index.html"),
        ("http：／／www.hefei.gov.cn", "http://www.hefei.gov.cn/"),
        ("http//www.hefei.gov.cn/", "http://www.hefei.gov.cn/"),
        ("http://www.hefei.gov.cn:80/", "http://www.hefei.gov.cn/"),
        ("http://127.0.0.1:8081/a", "http://127.0.0.1:8081/a"),
        ("http://合肥.政务/", "http://xn--8pr215h.xn--zfr164b/"),
    ],
)
def test_an_address_is_what_a_browser_would_open(tmp_path: Path, written: str, url: str) -> None:
    assert only_site(read_rows(tmp_path, HEADER, (CODE, NAME, written, UNIT))).home_url == url


def test_several_addresses_give_one_home_page_and_several_hosts(tmp_path: Path) -> None:
    site = only_site(read_rows(tmp_path, HEADER, (CODE, NAME, "www.a.gov.cn;http://b.gov.cn/", UNIT)))
    assert site.home_url == "http://www.a.gov.cn/"
    assert site.hosts == {
        "www.a.gov.cn": "registry",
        "b.gov.cn": "registry",
        "a.gov.cn": "twin",
        "www.b.gov.cn": "twin",
    }


def test_an_ip_address_has_no_twin(tmp_path: Path) -> None:
    site = only_site(read_rows(tmp_path, HEADER, (CODE, NAME, "http://10.1.2.3/", UNIT)))
    assert site.hosts == {"10.1.2.3": "registry"}


def test_a_site_without_a_code_gets_the_same_temporary_code_every_time(tmp_path: Path) -> None:
    first = only_site(read_rows(tmp_path, HEADER, ("", NAME, "http://www.a.gov.cn/index.html", UNIT)))
    again = only_site(read_rows(tmp_path, HEADER, ("无", "改名", "https://a.gov.cn", UNIT)))
    assert first.code_is_temporary
    assert first.code == again.code == temporary_code("http://a.gov.cn/")
    assert first.code != temporary_code("http://b.gov.cn/")
    assert first.code != temporary_code("http://a.gov.cn/jyj/")


def test_a_codeless_row_with_the_address_of_a_coded_one_is_no_second_site(tmp_path: Path) -> None:
    registry = read_rows(tmp_path, HEADER, JUST_A_SITE, ("", "又一个", URL, UNIT))
    assert only_site(registry).code == CODE
    assert "第 2 行" in registry.rejects[0].reason


@pytest.mark.parametrize(
    ("word", "state"),
    [("正常", "正常运行"), ("永久下线", "已下线"), ("申请临时下线", "申请关停"), ("系统维护", "例行维护"), ("", None)],
)
def test_words_for_a_running_state_mean_one_of_the_known_states(tmp_path: Path, word: str, state: str | None) -> None:
    site = only_site(read_rows(tmp_path, (*HEADER, "运行状态"), (*JUST_A_SITE, word)))
    assert site.state == state


def test_an_unknown_state_word_is_rejected_with_the_known_ones(tmp_path: Path) -> None:
    ok = ("3401000001", "甲局", "ok.gov.cn", "甲局", "正常")
    registry = read_rows(tmp_path, (*HEADER, "运行状态"), ok, (*JUST_A_SITE, "半开"))
    assert registry.rejects[0].reason.startswith("运行状态“半开”不认识：可用 正常运行、例行维护")


def test_sites_without_a_state_are_counted_aloud(tmp_path: Path) -> None:
    notes = read_rows(tmp_path, HEADER, JUST_A_SITE).notes
    assert "1 个网站未写运行状态：新登记的按“正常运行”，已登记的沿用原状态" in notes


@pytest.mark.parametrize("written", ["2026-9-1", "2026/09/01", "2026.9.1", "2026年9月1日", "20260901", "46266"])
def test_the_first_day_of_a_state_is_read_in_every_usual_form(tmp_path: Path, written: str) -> None:
    header = (*HEADER, "运行状态", "状态起始日期", "批准文号")
    site = only_site(read_rows(tmp_path, header, (*JUST_A_SITE, "关停", written, "皖政办〔2026〕1号")))
    assert (site.since, site.document_no) == (date(2026, 9, 1), "皖政办〔2026〕1号")


@pytest.mark.parametrize(
    ("written", "reason"), [("去年", "不是日期"), ("2026-13-01", "不是日期"), ("2027-01-01", "晚于导入日")]
)
def test_a_first_day_that_is_none_is_a_reject(tmp_path: Path, written: str, reason: str) -> None:
    ok = ("3401000001", "甲局", "ok.gov.cn", "甲局", "")
    registry = read_rows(tmp_path, (*HEADER, "状态起始日期"), ok, (*JUST_A_SITE, written))
    assert reason in registry.rejects[0].reason


def test_contacts_are_text_and_stand_apart(tmp_path: Path) -> None:
    header = (*HEADER, "联系人", "电话", "邮箱")
    site = only_site(read_rows(tmp_path, header, (*JUST_A_SITE, "李某", "0551-63530000", "")))
    assert site.contact == Contact("李某", "0551-63530000", None)
    assert "李某" not in str(site.extra)


def test_a_rejected_row_is_remembered_by_code_address_and_name(tmp_path: Path) -> None:
    ok = ("3401000001", "甲局", "ok.gov.cn", "甲局", "")
    registry = read_rows(tmp_path, (*HEADER, "运行状态"), ok, (*JUST_A_SITE, "半开"))
    assert {CODE, temporary_code(URL)} <= registry.rejected_codes
    assert NAME in registry.rejected_names
