"""The foot of a page: the marks a government website must carry, in the ways they are really embedded."""

from __future__ import annotations

from hashlib import md5

from tests.city.model import Site

_TELECOM = "增值电信业务经营许可证：滇B2-99010001"
SITE_MAP = "/wzdt/index.html"
OWN_REPORT_PAGE = "/jzxx/jiucuo.html"
FOOTER_SCRIPT = "/static/js/footer.js"
FOOTER_INCLUDE = "/static/include/footer.html"


def footer_block(site: Site) -> str:
    """What the page itself holds: the marks, or the means to load them."""
    if site.footer == "inline":
        return f'<div class="footer">{footer_marks(site)}</div>'
    if site.footer == "load":
        return f'<div class="footer" id="foot"></div><script>$("#foot").load("{FOOTER_INCLUDE}");</script>'
    return f'<div class="footer"><script src="{FOOTER_SCRIPT}"></script></div>'


def footer_script(site: Site) -> str:
    """The external script that writes the footer."""
    escaped = footer_marks(site).replace("\\", "\\\\").replace('"', '\\"').replace("</script>", "<\\/script>")
    return "\n".join(f'document.writeln("{line}");' for line in escaped.splitlines())


def footer_marks(site: Site) -> str:
    """All marks of the site as the plan has them."""
    writers = (_links, _sponsor, _contact, _site_code, _icp, _police, _conac, _jiucuo)
    return "\n".join(part for writer in writers if (part := writer(site)))


def _links(site: Site) -> str:
    if site.marks["sitemap"] == "absent":
        return ""
    return f'<p><a href="{SITE_MAP}">网站地图</a></p>'


def _sponsor(site: Site) -> str:
    return f"<p>主办单位：{site.unit}</p>" if site.marks["sponsor"] == "present" else ""


def _contact(site: Site) -> str:
    return f"<p>联系电话：{site.phone}</p>" if site.marks["contact"] == "present" else ""


def _site_code(site: Site) -> str:
    fate = site.marks["site_code"]
    if fate == "absent":
        return ""
    shown = {"wrong_code": f"{int(site.code) + 500:010d}", "placeholder": "0000000000"}.get(fate, site.code)
    return f"<p>网站标识码：{shown}</p>"


def _icp(site: Site) -> str:
    fate = site.marks["icp"]
    if fate != "present":
        return f"<p>{_TELECOM}</p>" if fate == "telecom_only" else ""
    return f'<p><a href="https://beian.miit.gov.cn/" target="_blank">{site.icp}</a></p>'


def _police(site: Site) -> str:
    fate = site.marks["police"]
    if fate == "absent":
        return ""
    shown = "235487154313" if fate == "placeholder" else site.police
    linked = str(int(site.police) + 11) if fate == "mismatch" else shown
    href = f"http://www.beian.gov.cn/portal/registerSystemInfo?recordcode={linked}"
    return f'<p><a href="{href}"><img src="/static/images/police.png" alt="">滇公网安备 {shown}号</a></p>'


def _conac(site: Site) -> str:
    fate = site.marks["conac"]
    if fate == "absent":
        return ""
    if fate == "error_image":
        return '<span id="_ideConac"><img id="imgConac" src="http://dcs.conac.cn/image/red_error.png"></span>'
    return {"script": _conac_script, "link": _conac_link, "written": _conac_written}[site.conac](site)


def conac_path(site: Site) -> str:
    """Path of the badge script: 33/000/0000/ and eight digits, repeated in the file name plus a serial."""
    eight = site.code[:8]
    return f"/js/33/000/0000/{eight}/CA330000000{eight}{site.code[6:]}.js"


def _conac_script(site: Site) -> str:
    return f'<span id="_ideConac"></span><script src="http://dcs.conac.cn{conac_path(site)}"></script>'


def _conac_link(site: Site) -> str:
    number = md5(site.code.encode()).hexdigest().upper()
    href = f"http://bszs.conac.cn/sitename?method=show&id={number}"
    return f'<a href="{href}"><img id="imgConac" src="http://dcs.conac.cn/image/red.png" alt="党政机关"></a>'


def _conac_written(site: Site) -> str:
    tag = f"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='http://dcs.conac.cn{conac_path(site)}'"
    return f"<script>document.write(unescape(\"{tag} type='text/javascript'%3E%3C/script%3E\"));</script>"


def _jiucuo(site: Site) -> str:
    fate = site.marks["jiucuo"]
    if fate == "absent":
        return ""
    if fate == "own_page":
        return f'<a href="{OWN_REPORT_PAGE}">网站纠错</a>'
    return f'<script id="_jiucuo_" sitecode="{site.code}" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>'
