"""What the search for dark links left unread: its work per page is bounded in characters and counts, not by a clock.

A page beyond a bound is searched up to it; what lies behind is unknown (budget), never clean.
"""

from __future__ import annotations

from govspider.extract.dark.poisoned_head import head_texts
from govspider.extract.dark.screen import screened
from govspider.extract.dark.style_sheets import style_sheets
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.document.hiding import hiding_rules
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of


def unread_parts(page: Page) -> tuple[str, ...]:
    """Sentences in Chinese, one per bound that the page exceeds; empty for a page that was read to its end."""
    return page.once(_unread)


def _unread(page: Page) -> tuple[str, ...]:
    limits = hiding_rules().limits
    told = [f"页面过大，只查看了源码文字：{page.too_heavy}"] if page.too_heavy else []
    if _scripts_cut(page):
        told.append(f"页内脚本超过{limits['script_total']}字符（单个{limits['script_text']}字符），其后未检查")
    if any(script.source.count("{") * 2 > limits["script_blocks"] for script in scripts_of(page)):
        told.append(f"页内脚本的花括号超过{limits['script_blocks']}个，其后未检查")
    _, size, rules = style_sheets(page)
    if size > limits["style_text"] or rules > limits["style_rules_read"]:
        told.append(f"页内样式表超过{limits['style_text']}字符或{limits['style_rules_read']}条规则，其后未检查")
    told += _links_unread(page)
    if screened(page).cut:
        told.append(f"页面提到的域名超过{limits['hosts']}个，其后未检查")
    metas, scripts = tampering_rules().limits["metas"], tampering_rules().limits["gates"]
    if len(head_texts(page)) > metas:
        told.append(f"页面关键词与描述超过{metas}条，其后未检查")
    if len(scripts_of(page)) > scripts:
        told.append(f"页内脚本超过{scripts}个，其后未检查跳转")
    return tuple(told)


def _links_unread(page: Page) -> list[str]:
    limits, farms, text = hiding_rules().limits, tampering_rules().limits["links"], page.text
    if text.count("<") <= min(farms, limits["raw_links"], limits["open_tags"]):  # most pages
        return []
    told, links = list[str](), text.count("<a") + text.count("<A")
    if links > limits["raw_links"]:
        told.append(f"页面链接超过{limits['raw_links']}个，其后未检查")
    elif links > farms and screened(page).strangers:
        told.append(f"页面链接超过{farms}个，其后未检查成片的推广链接")
    if text.count("<") - 2 * text.count("</") > limits["open_tags"]:
        told.append(f"页面未闭合标记超过{limits['open_tags']}个，嵌套过深处未检查")
    return told


def _scripts_cut(page: Page) -> bool:
    limits, scripts = hiding_rules().limits, scripts_of(page)
    read = sum(len(script.source) for script in scripts)
    return read >= limits["script_total"] or any(len(script.source) >= limits["script_text"] for script in scripts)
