"""Techniques that show what they promote: spliced brands, mirrors in traditional script, farms at the tail."""

from __future__ import annotations

import re

from tests.dark_corpus.drafts import Planted
from tests.dark_corpus.scene import Scene

_TO_TRADITIONAL = dict(zip(
    "会议实发动区县领导对现场进设详细备镇门协调为务确惠项资将继续宣传导众网络电诈骗请条申报价员结构东车话书长开团时间经无业个说来国这们还过学当后点体种着与关应产总据级统专题认论计办务见则战变决",
    "會議實發動區縣領導對現場進設詳細備鎮門協調為務確惠項資將繼續宣傳導眾網絡電詐騙請條申報價員結構東車話書長開團時間經無業個說來國這們還過學當後點體種著與關應產總據級統專題認論計辦務見則戰變決",
    strict=True,
))  # fmt: skip


def traditional(text: str) -> str:
    return "".join(_TO_TRADITIONAL.get(char, char) for char in text)


def brand_splice(scene: Scene) -> Planted:
    """One name in the middle of the sentences of a reposted notice, again and again."""
    word = scene.words(1)[0]
    times = scene.rng.randint(5, 9)

    def spliced(prose: str) -> str:
        places = [found.start() for found in re.finditer(r"(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})", prose)]
        for place in sorted(scene.rng.sample(places, min(times, len(places))), reverse=True):
            prose = prose[:place] + word + prose[place:]
        return prose

    def ordinary(prose: str) -> str:
        name = scene.rng.choice(("乡村振兴", "营商环境", "清河县", "网格员"))
        return (
            prose.replace("各项任务", name + "各项任务")
            .replace("据介绍", f"据{name}专班介绍")
            .replace("该项目", name + "项目")
        )

    return Planted(change_prose=ordinary if scene.legit else spliced)


def mirror_traditional(scene: Scene) -> Planted:
    """A kit shows spiders the page in traditional characters, with links of its own."""
    if scene.legit:  # the site's own traditional version says so
        return Planted(change_page=lambda page: traditional(page).replace("<html", '<html lang="zh-Hant"', 1))
    inside, _ = scene.links()
    return Planted(f"<div class='fflink'>{inside}</div>", change_page=traditional)


def link_farm_tail(scene: Scene) -> Planted:
    """Visible, at the end, many at once."""
    pairs = tuple(pair for _ in range(4) for pair in scene.pairs())
    if scene.legit:
        pairs = tuple(dict.fromkeys(pairs))
    markup = f"<div>{scene.anchors(pairs)}</div>"
    return Planted(after=markup) if scene.placement == "tail" else Planted(markup)


def keyword_farm_tail(scene: Scene) -> Planted:
    """Words without links, in a heap."""
    if scene.legit:
        words = [
            "清河县",
            "临泽县",
            "安平县",
            "教育局",
            "公安局",
            "民政局",
            "体育局",
            "福彩中心",
            "信访局",
            "税务局",
        ] * 3
    else:
        words = scene.words(30)
    text = scene.rng.choice((" ", ",", "|", "、")).join(words)
    return Planted(after=f"<p>{text}</p>") if scene.placement == "tail" else Planted(f"<div>{text}</div>")
