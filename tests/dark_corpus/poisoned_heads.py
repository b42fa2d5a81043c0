"""Techniques that poison title, keywords and description."""

# ruff: noqa: E501 - a piece of markup reads best on one line
from __future__ import annotations

from tests.dark_corpus.drafts import Planted
from tests.dark_corpus.scene import Scene

_SHAPES = (
    "{0}_百度知道", "{0}-{0}官方网站", "{0}官方网站、值得信赖", "{0}·(中国)官方网站", "{0}__百度__知道", "{0}首页【官方网站、值得信赖】",
    "{0}是真是假_〖官方网站〗", "{0}(中国)有限公司-官网登录入口", "{0},{1},{2}-{0}app下载官网", "{0}登录入口【yx8.com】",
)  # fmt: skip
_LEGIT_SHAPES = ("{0}官方网站", "{0}-首页", "欢迎访问{0}网站", "{0}（门户网站）", "{0}_政务公开")


def _title(scene: Scene) -> str:
    name = scene.draft.title.rpartition("-")[2].removesuffix("门户网站")
    if scene.legit:
        return scene.rng.choice(_LEGIT_SHAPES).format(name)
    return scene.rng.choice(_SHAPES).format(*scene.words(3))


def entities(scene: Scene, text: str) -> str:
    decimal = scene.rng.random() < 0.5
    return "".join(f"&#{ord(char)};" if decimal else f"&#x{ord(char):04x};" for char in text)


def _metas(scene: Scene, encode: bool, names: tuple[str, ...]) -> str:
    name = scene.draft.title.rpartition("-")[2]
    text = (
        f"{name},政府信息公开,政民互动,办事服务"
        if scene.legit
        else ",".join(scene.words(8)) + "【" + scene.foreign_host() + "】"
    )
    value = entities(scene, text) if encode else text
    return "".join(f'<meta name="{meta}" content="{value}"/>' for meta in names)


def poisoned_title(scene: Scene) -> Planted:
    return Planted(title=_title(scene))


def poisoned_title_entities(scene: Scene) -> Planted:
    """As on 50,000 sites: everything in the head as character references, and a script with the true title."""
    title = _title(scene)
    agent = (
        ""
        if scene.legit
        else f'<script>if(navigator.userAgent.toLocaleLowerCase().indexOf("baidu")==-1){{document.title="{scene.draft.title}"}}</script>'
    )
    return Planted(title=entities(scene, title), metas=_metas(scene, True, ("keywords", "description")), head=agent)


def poisoned_description(scene: Scene) -> Planted:
    return Planted(metas=_metas(scene, False, ("keywords", "description")))


def keywords_entities(scene: Scene) -> Planted:
    return Planted(metas=_metas(scene, True, ("keywords",)))


def title_by_agent(scene: Scene) -> Planted:
    """The static title is for spiders; a browser shows the true one."""
    true = scene.draft.title
    if scene.legit:
        return Planted(
            head=f"<script>if(/iPhone|Android/i.test(navigator.userAgent)){{document.title='{true}'}}</script>"
        )
    test = scene.rng.choice((
        "!navigator.userAgent.match(/baiduspider|sogou|360spider|yisou/i)",
        "navigator.userAgent.toLowerCase().indexOf('baidu')==-1",
        f"navigator[{scene.split('userAgent')}][{scene.split('toLowerCase')}]().indexOf({scene.split('baidu')})==-1",
    ))  # fmt: skip
    setting = f"document.title='{true}'" if not scene.odd else f"document[{scene.split('title')}]='{true}'"
    return Planted(title=scene.words(1)[0] + "网", head=f"<script>if({test}){{{setting}}}</script>")


def search_billboard(scene: Scene) -> Planted:
    """A search page of the site itself that repeats what was searched for."""
    if scene.legit:
        query = scene.rng.choice(("医保缴费", "教师招聘公告", "双色球开奖", "反诈宣传"))
    else:
        number = scene.rng.randrange(10**9, 10**10)
        sign = scene.rng.choice(("〖微信|扣扣★{}〗", "+微信{}", "【QQ:{}】", "(加薇:{})")).format(number)
        query = f"{scene.words(1)[0]}{sign}"
    path = scene.rng.choice(("/search?keyword=x", "/jsearch/search.do?q=x", "/search.aspx?key=x"))
    body = f'<div class="result">您搜索的关键词 <em>{query}</em> 没有找到相关结果</div>'
    return Planted(body, title=f"{query}-站内搜索", path=path)
