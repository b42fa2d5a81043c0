"""What a technique plants, and how it spells it: targets, words, disguises, odd markup."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.dark_corpus.drafts import Draft

_FOLDER = Path(__file__).parent
_TRADITIONAL = dict(
    zip(
        "赌场乐娱网发体开时线钱国黄视频无码证办毕业万华彩真传龙区银贷变额征对户专价养卖药试录裸",
        "賭場樂娛網發體開時線錢國黃視頻無碼證辦畢業萬華彩真傳龍區銀貸變額徵對戶專價養賣藥試錄裸",
        strict=True,
    )
)
_SEPARATORS = ("·", "-", "_", "|", "★", " ")
_LEGIT = (
    ("/zwgk/a.html", "信息公开"), ("http://www.gov.cn/zhengce/", "国务院文件"), ("http://www.moe.gov.cn/", "教育部"),
    ("http://www.hebei.gov.cn/", "河北省人民政府"), ("http://www.cnzz.com/stat/website.php?web_id=1", "站长统计"),
    ("http://service.weibo.com/share/share.php", "微博"), ("http://www.hanweb.com", "Produced By 大汉网络"),
    ("http://www.tsinghua.edu.cn/", "清华大学"), ("http://www.xinhuanet.com/politics/", "新华网"),
    ("/bsfw/list.html", "办事服务"), ("http://www.court.gov.cn/", "最高人民法院"), ("http://www.12377.cn/", "举报中心"),
)  # fmt: skip


@cache
def planted_words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / "words.yaml").read_text("utf-8"))
    return loaded


def words_of(category: str) -> tuple[str, ...]:
    """All words of a category, known and unseen."""
    group = planted_words()["categories"][category]
    return (*group["known"], *group["unseen"])


@dataclass(frozen=True)
class Scene:
    """One planting: `legit` is the clean twin with the same markup, `odd` spells everything unusually."""

    rng: random.Random
    draft: Draft
    category: str
    placement: str
    legit: bool
    odd: bool
    count: int
    """Links planted."""

    # ── targets and words ──────────────────────────────────────────────────────────────────────

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(address, anchor) of the planted links."""
        if self.legit:
            return tuple(self.rng.sample(_LEGIT, min(self.count, len(_LEGIT))))
        words = self.words(self.count)
        return tuple((f"http://{self.foreign_host()}/", self._anchor(word)) for word in words)

    def words(self, count: int) -> list[str]:
        """Words of the category, 40 % of them unseen."""
        return self.rng.choices(words_of(self.category), k=count)

    def foreign_host(self) -> str:
        data = planted_words()
        name = "".join(self.rng.choices(data["target_halves"], k=2)) + str(self.rng.choice(("", 88, 365, 2)))
        return f"www.{name}.{self.rng.choice(data['target_endings'])}"

    def _anchor(self, word: str) -> str:
        if not self.odd:
            return word + self.rng.choice(("", "网", "官网", "平台"))
        how = self.rng.randrange(5)
        if how == 0:
            return self.rng.choice(_SEPARATORS).join(word)
        if how == 1:
            return "".join(_TRADITIONAL.get(char, char) for char in word)
        if how == 2:
            return "".join(f"&#{ord(char)};" for char in word)
        if how == 3:
            return "\u200b".join(word)
        return word[:1] + "<b>" + word[1:] + "</b>"

    def links(self) -> tuple[str, tuple[str, ...]]:
        """Markup of the planted links and the foreign addresses among them."""
        pairs = self.pairs()
        return self.anchors(pairs), self.targets(pairs)

    def anchors(self, pairs: tuple[tuple[str, str], ...], attributes: str = "") -> str:
        return self.rng.choice((" ", "\n", "、", "")).join(self._link(url, anchor, attributes) for url, anchor in pairs)

    def targets(self, pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        return () if self.legit else tuple(url for url, _ in pairs)

    def _link(self, url: str, anchor: str, attributes: str) -> str:
        if not self.odd:
            return f'<a href="{url}"{attributes}>{anchor}</a>'
        return self.rng.choice((
            f"<A HREF='{url}' target=_blank{attributes}>{anchor}</A>",
            f"<a{attributes} target=_blank href={url}>{anchor}</a>",
            f'<a\n  href = "{url}"{attributes} title="">{anchor}</a>',
        ))  # fmt: skip

    # ── spelling of markup ─────────────────────────────────────────────────────────────────────

    def style(self, *declarations: str) -> str:
        """A style attribute; odd ones use capitals, blanks, !important, comments, broken neighbours."""
        if not self.odd:
            return f' style="{";".join(declarations)}"'
        important = "!important" if self.rng.random() < 0.5 else ""
        parts = [f" {part.replace(':', ' : ', 1)}{important} " for part in declarations]
        value = self.rng.choice((";", "; ;")).join(self.rng.sample(parts, len(parts)))
        value = self.rng.choice((value.upper(), f"color;{value}", f"/* x */{value};", value + ";zoom:1"))
        return f" {self.rng.choice(('style', 'STYLE'))} = '{value}'"

    def length(self, pixels: int) -> str:
        """A length in one unit or another."""
        unit, size = self.rng.choice((("px", 1), ("em", 16), ("pt", 4 / 3), ("rem", 16))) if self.odd else ("px", 1)
        return f"{round(pixels / size)}{unit}"

    def tag(self) -> str:
        return self.rng.choice(("div", "span", "p", "ul", "font", "section")) if self.odd else "div"

    def box(self, inside: str, *declarations: str) -> str:
        tag = self.tag()
        return f"<{tag}{self.style(*declarations)}>{inside}</{tag}>"

    def name(self) -> str:
        """A name for an id or class."""
        return self.rng.choice("abcdfghkt") + "".join(self.rng.choices("aeiou0123456789kt", k=4))

    def split(self, text: str) -> str:
        """A script literal in crumbs."""
        quote = self.rng.choice("\"'")
        return "+".join(f"{quote}{char}{quote}" for char in text)

    def literal(self, text: str) -> str:
        return self.split(text) if self.odd else f'"{text}"'

    # ── scripts ────────────────────────────────────────────────────────────────────────────────

    def script_address(self) -> str:
        """Address of a script or page that a planted script leads to; the twin stays with its own site."""
        if self.legit:
            return self.rng.choice((f"http://{self.draft.host}/js/count.js", "https://hm.baidu.com/hm.js?1"))
        return f"https://{self.foreign_host()}/cp.js"

    def page_address(self) -> str:
        if self.legit:
            return self.rng.choice((f"http://m.{self.draft.host.removeprefix('www.')}/", "http://www.gov.cn/"))
        return f"https://{self.foreign_host()}/"
