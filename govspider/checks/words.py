"""Chinese names of the closed lists that checks put into their reasons."""

from __future__ import annotations

from govspider.items import ColumnKind, Sight, UnknownReason

REASON_WORDS = {
    UnknownReason.BLOCKED: "被防护设备拦截",
    UnknownReason.TLS_INCOMPATIBLE: "加密协议不兼容",
    UnknownReason.TIMEOUT: "访问超时",
    UnknownReason.DNS_TEMPORARY: "域名解析暂时失败",
    UnknownReason.PROXY: "代理出口故障",
    UnknownReason.ROBOTS: "robots 规则不允许访问",
    UnknownReason.NEEDS_BROWSER: "需要浏览器渲染",
    UnknownReason.NEEDS_LOGIN: "需要登录",
    UnknownReason.PRIVATE_ADDRESS: "解析到内网地址",
    UnknownReason.TOO_BIG: "页面过大",
    UnknownReason.BUDGET: "超出本次巡检的页面额度",
    UnknownReason.DRIFT: "页面结构无法识别",
    UnknownReason.UNDATED: "未读到日期",
    UnknownReason.CONTRADICTORY: "证据互相矛盾",
    UnknownReason.NOT_CHECKED: "未检查",
}

KIND_WORDS = {
    ColumnKind.NEWS: "动态要闻",
    ColumnKind.NOTICE: "通知公告",
    ColumnKind.POLICY: "政策文件",
    ColumnKind.INTERPRETATION: "政策解读",
    ColumnKind.YEARLY: "年度更新",
    ColumnKind.STATIC: "静态信息",
    ColumnKind.INTERACTION: "互动交流",
    ColumnKind.SERVICE: "办事服务",
    ColumnKind.NAVIGATION: "导航",
    ColumnKind.ARCHIVE: "历史归档",
    ColumnKind.OTHER: "其他",
}

SIGHT_WORDS = {
    Sight.VISIBLE: "可见",
    Sight.NOT_RENDERED: "未显示",
    Sight.TRANSPARENT: "透明",
    Sight.NO_AREA: "无面积",
    Sight.OFF_PAGE: "位于页面之外",
    Sight.CLIPPED: "被裁切",
    Sight.TINY_TEXT: "字号过小",
    Sight.NO_CONTRAST: "文字与底色相同",
    Sight.COVERED: "被其他元素覆盖",
    Sight.ABSENT: "页面脚本运行后已不存在",
    Sight.UNKNOWN: "无法确定（页面的脚本或样式未取全）",
}

MARK_WORDS = {
    "conac": "党政机关网站标识",
    "site_code": "网站标识码",
    "icp": "ICP备案编号",
    "police": "公安机关备案标识",
    "jiucuo": "“我为政府网站找错”入口",
    "sponsor": "网站主办单位",
    "contact": "联系方式",
    "sitemap": "站点地图",
}
