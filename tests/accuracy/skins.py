"""Site skins: header, menus, breadcrumb, side and footer around the main region of a column."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from collections.abc import Callable

from tests.accuracy.scene import Scene, words

Skin = Callable[[Scene, str], str]


def _charset(scene: Scene) -> str:
    return f'<meta charset="{scene.declared}">' if scene.declared else ""


def _content_type(scene: Scene) -> str:
    if not scene.declared:
        return ""
    return f'<meta http-equiv="Content-Type" content="text/html; charset={scene.declared}">'


def _tags(scene: Scene) -> str:
    return (
        f'<meta name="SiteName" content="{scene.site_name}">\n<meta name="SiteDomain" content="{scene.host}">\n'
        f'<meta name="SiteIDCode" content="3302260011">\n<meta name="ColumnName" content="{scene.column["name"]}">\n'
        f'<meta name="ColumnDescription" content="{scene.site_name}{scene.column["name"]}栏目">\n'
        f'<meta name="ColumnType" content="{scene.column["name"]}">'
    )


def _menu(scene: Scene, mark: str = "li", attributes: str = "") -> str:
    names = words()["menu"]
    return "".join(f'<{mark}{attributes}><a href="/c{n}/">{name}</a></{mark}>' for n, name in enumerate(names))


def _siblings(scene: Scene, mark: str = "li") -> str:
    names = [scene.column["name"], *words()["siblings"]]
    return "".join(f'<{mark}><a href="/zwgk/s{n}/">{name}</a></{mark}>' for n, name in enumerate(names))


def _links() -> str:
    return "".join(f'<a href="http://www.l{n}.gov.cn/">{name}</a>' for n, name in enumerate(words()["links"]))


def _footer_words(scene: Scene) -> str:
    return (
        f"主办：{scene.site_name} 　 联系电话：0574-62700123<br>网站标识码：3302260011 "
        '<a href="https://beian.miit.gov.cn/">浙ICP备12000333号-2</a> 浙公网安备33010602004556号'
    )


def trs_div(scene: Scene, main: str) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>{_content_type(scene)}
<title>{scene.column["name"]}_{scene.site_name}</title>
{_tags(scene)}
<link href="../../images/css.css" rel="stylesheet" type="text/css" />{scene.slot("head")}
</head><body>
<div class="header"><div class="logo"><img src="../../images/logo.png" alt="{scene.site_name}"/></div>
{scene.slot("header")}
<div class="nav"><ul>{_menu(scene)}</ul></div></div>
<div class="wrap"><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="../">政务公开</a>
&gt; {scene.column["name"]}</div>
<div class="left fl">{scene.slot("left")}<div class="lmtit">政务公开</div><ul class="lm">{_siblings(scene)}</ul></div>
<div class="right fr"><div class="tit"><h2>{scene.column["name"]}</h2></div>{scene.slot("above")}
{main}
{scene.slot("below")}</div>
{scene.slot("side")}
<div class="clear"></div></div>
<div class="footer">{scene.slot("footer")}<div class="yqlj">友情链接：{_links()}</div><p>{_footer_words(scene)}</p></div>
</body></html>"""


def table_old(scene: Scene, main: str) -> str:
    menu = _menu(scene, "td", ' class="menu" align="center"')
    return f"""<html>
<head>{_content_type(scene)}<title>{scene.site_name}-{scene.column["name"]}</title>{scene.slot("head")}
<style type="text/css">td{{font-size:12px}} a{{color:#333;text-decoration:none}}</style></head>
<body topmargin="0" leftmargin="0">
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0"><tr><td>
<img src="/images/banner.jpg" width="1000" height="160"></td></tr><tr><td>{scene.slot("header")}</td></tr></table>
<table width="1000" border="0" align="center"><tr>{menu}</tr></table>
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0"><tr>
<td width="220" valign="top">{scene.slot("left")}<table width="100%">{_siblings_table(scene)}</table>
{scene.slot("side")}</td>
<td valign="top"><table width="100%"><tr><td height="30">您现在的位置：<a href="/">首页</a> >> {scene.column["name"]}
</td></tr></table>{scene.slot("above")}
{main}
{scene.slot("below")}
</td></tr></table>
<table width="1000" border="0" align="center"><tr><td align="center">{scene.slot("footer")}{_links()}<br>
{_footer_words(scene)}</td></tr></table></body></html>"""


def _siblings_table(scene: Scene) -> str:
    return "".join(f'<tr><td><a href="/zwgk/s{n}/">{name}</a></td></tr>' for n, name in enumerate(words()["siblings"]))


def bootstrap(scene: Scene, main: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{_charset(scene)}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{scene.column["name"]} - {scene.site_name}</title>{_tags(scene)}
<link rel="stylesheet" href="/static/css/bootstrap.min.css">{scene.slot("head")}</head>
<body><div class="container-fluid top-bar">{scene.slot("header")}</div>
<div class="navbar"><ul class="nav navbar-nav">{_menu(scene)}</ul></div>
<div class="container"><ol class="breadcrumb"><li><a href="/">首页</a></li><li class="active">{scene.column["name"]}</li></ol>
<div class="row"><div class="col-md-9"><div class="panel panel-default"><div class="panel-heading">{scene.column["name"]}
</div><div class="panel-body">{scene.slot("above")}{main}{scene.slot("below")}</div></div></div>
<div class="col-md-3">{scene.slot("left")}{scene.slot("side")}<div class="list-group">{_siblings(scene, "div")}</div>
</div></div></div>
<div class="footer"><div class="container">{scene.slot("footer")}{_links()}<p>{_footer_words(scene)}</p></div></div>
<script src="/static/js/jquery.min.js"></script><script src="/static/js/bootstrap.min.js"></script></body></html>"""


def ucap_wide(scene: Scene, main: str) -> str:
    return f"""<!DOCTYPE html><html><head>{_charset(scene)}<title>{scene.column["name"]}</title>
{_tags(scene)}<meta name="channelId" content="c110634"><meta name="others" content="">{scene.slot("head")}
<script type="text/javascript" src="/uiFramework/js/jquery/jquery.js"></script>
<script src="/uiFramework/js/counts/chanelCounts.js"></script></head><body>
<div id="top"><div class="w1200">{scene.slot("header")}<a class="logo" href="/"></a></div></div>
<div id="menu" class="w1200"><ul class="clearfix">{_menu(scene)}</ul></div>
<div class="w1200 crumbs">您的位置：<a href="/">首页</a><span>&gt;</span><a href="#">{scene.column["name"]}</a></div>
<div class="w1200 clearfix"><div class="list_left">{scene.slot("left")}<h3>栏目导航</h3><ul>{_siblings(scene)}</ul></div>
<div class="list_right"><div class="list_title"><span>{scene.column["name"]}</span></div>{scene.slot("above")}
{main}
{scene.slot("below")}</div>{scene.slot("side")}</div>
<div id="foot"><div class="w1200">{scene.slot("footer")}<select><option>友情链接</option></select>{_links()}
<p>{_footer_words(scene)}</p></div></div></body></html>"""


def html5(scene: Scene, main: str) -> str:
    return f"""<!doctype html>
<html lang="zh"><head>{_charset(scene)}<title>{scene.site_name} | {scene.column["name"]}</title>{_tags(scene)}
{scene.slot("head")}</head><body class="page page-list">
<header role="banner">{scene.slot("header")}<h1><a href="/">{scene.site_name}</a></h1>
<nav role="navigation"><ul>{_menu(scene)}</ul></nav></header>
<main id="content"><section class="crumb"><a href="/">首页</a> / <span>{scene.column["name"]}</span></section>
<section class="listing">{scene.slot("above")}{main}{scene.slot("below")}</section></main>
<aside>{scene.slot("left")}{scene.slot("side")}<section><h2>相关栏目</h2><ul>{_siblings(scene)}</ul></section></aside>
<footer role="contentinfo">{scene.slot("footer")}<nav>{_links()}</nav><small>{_footer_words(scene)}</small></footer>
</body></html>"""


def side_first(scene: Scene, main: str) -> str:
    return f"""<!DOCTYPE html><html><head>{_content_type(scene)}<title>{scene.column["name"]}</title>{scene.slot("head")}
</head><body><div id="bg"><div id="hd">{scene.slot("header")}<dl>{_menu(scene, "dd")}</dl></div>
<div id="bd"><div id="b1">{scene.slot("side")}{scene.slot("left")}<div class="k1"><p>{scene.column["name"]}</p>
<dl>{_siblings(scene, "dd")}</dl></div></div>
<div id="b2"><div class="wz">{scene.site_name} - 政务公开 - {scene.column["name"]}</div>{scene.slot("above")}
<div class="k2">{main}</div>{scene.slot("below")}</div></div>
<div id="ft">{scene.slot("footer")}{_links()}<p>{_footer_words(scene)}</p></div></div></body></html>"""


def webform(scene: Scene, main: str) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN"><HTML><HEAD>{_content_type(scene)}
<TITLE>{scene.column["name"]}</TITLE>{scene.slot("head")}</HEAD><BODY>
<form name="aspnetForm" method="post" action="NewsList.aspx?CID=12" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1MmRk20251130" />
<center><table class="tb0" width="960"><tr><td colspan="2">{scene.slot("header")}</td></tr>
<tr><td colspan="2" class="dh">{_menu(scene, "span")}</td></tr>
<tr><td colspan="2">首页 → {scene.column["name"]}</td></tr><tr><td class="zw" valign="top">{scene.slot("above")}
{main}
{scene.slot("below")}</td><td class="yc" valign="top">{scene.slot("side")}{scene.slot("left")}
<ul>{_siblings(scene)}</ul></td></tr>
<tr><td colspan="2" class="db">{scene.slot("footer")}{_links()}<br>{_footer_words(scene)}</td></tr></table></center>
</form></BODY></HTML>"""


def card_rows(scene: Scene, main: str) -> str:
    return f"""<!DOCTYPE html><html lang="zh-CN"><head>{_charset(scene)}<title>{scene.column["name"]}-{scene.site_name}</title>
{_tags(scene)}{scene.slot("head")}</head><body><section class="hero"><div class="inner">{scene.slot("header")}
<a class="brand" href="/">{scene.site_name}</a></div><div class="tabs"><ul>{_menu(scene)}</ul></div></section>
<section class="section"><p class="path">首页 / 政务公开 / {scene.column["name"]}</p><div class="columns">
<div class="column is-3">{scene.slot("left")}<p class="menu-label">栏目</p><ul class="menu-list">{_siblings(scene)}</ul></div>
<div class="column is-9"><h1 class="title">{scene.column["name"]}</h1>{scene.slot("above")}{main}{scene.slot("below")}</div>
<div class="column">{scene.slot("side")}</div></div></section>
<footer class="footer">{scene.slot("footer")}<p>{_links()}</p><p>{_footer_words(scene)}</p></footer></body></html>"""


def center_old(scene: Scene, main: str) -> str:
    cells = " | ".join(f'<a href="/c{n}/">{name}</a>' for n, name in enumerate(words()["menu"]))
    return f"""<html><head>{_content_type(scene)}<title>{scene.column["name"]}</title>{scene.slot("head")}</head><body bgcolor="#FFFFFF">
<center><div id="Layer1">{scene.slot("header")}<img src="/images/top.jpg"></div><p>{cells}</p>
<table width="980"><tr><td width="200" valign="top"><b>信息分类</b>{scene.slot("left")}<br>{_siblings(scene, "div")}
{scene.slot("side")}</td><td valign="top"><div class="bt">{scene.column["name"]}</div>{scene.slot("above")}<div id="nr">
{main}</div>{scene.slot("below")}</td></tr></table><hr>{scene.slot("footer")}<p>{_links()}</p><p>{_footer_words(scene)}</p>
</center></body></html>"""


TUNED_SKINS: tuple[Skin, ...] = (trs_div, table_old, bootstrap, ucap_wide)
HELD_SKINS: tuple[Skin, ...] = (html5, side_first, webform)
FRESH_SKINS: tuple[Skin, ...] = (card_rows, center_old)
