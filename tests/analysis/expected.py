"""Answers of docs/questions.md for the office of office.py, counted by hand from what its looks saw.

Numbers and dates are written as text; `...` stands for an answer that a test of its own looks at.
"""

from __future__ import annotations

from typing import Any

Answer = list[tuple[Any, ...]]

EXPECTED: dict[str, Answer] = {
    "Overall pass rate of a period": [(6, 3, 1, 2, "75.00", "66.67", "50.00", "83.33")],
    "Pass rate per district and per department": [
        ("city", "甲市", 1, 1, 0, 0, "100.00", "100.00"),
        ("department", "市教育局", 1, 0, 1, 0, "0.00", "100.00"),
        ("district", "西区", 2, 0, 0, 2, None, "0.00"),
        ("district", "东区", 2, 2, 0, 0, "100.00", "100.00"),
    ],
    "Pass rate per site type and per department line": [
        ("site_type", "department", 3, 1, 1, 1, "50.00"),
        ("site_type", "portal", 3, 2, 0, 1, "100.00"),
    ],
    "Coverage: looked at and judged, of those that count": [(7, 6, 5, 4, "83.33", "66.67")],
    "Change in percentage points on the period before": [
        ("city", "甲市", "100.00", "100.00", "0.00", None),
        ("department", "市教育局", "100.00", "0.00", "-100.00", None),
        ("district", "西区", "100.00", None, None, "no site could be judged"),
        ("district", "东区", "50.00", "100.00", "50.00", None),
    ],
    "Districts with N periods in a row at 100 %": [("东区", 1, "2026Q4", "2026Q4", 0)],
    "Groups below 90 % (or 70 %)": [("department", "市教育局", 0, 1, 0, "0.00")],
    "Not checked, and why": [
        ("excluded", "已下线", 1),
        ("home page unseen", "timeout", 1),
        ("no complete look", None, 1),
    ],
    "How many verdicts rest on something open, or on a person's decision": [
        ("fail", 1, 0, 0, 0),
        ("pass", 3, 0, 0, 1),
        ("unknown", 2, 2, 0, 0),
    ],
    "Running sites now and in the period before, by level and type": [
        ("city", "portal", 1, 1, 0),
        ("department", "department", 1, 1, 0),
        ("district", "department", 2, 1, 1),
        ("district", "portal", 2, 2, 0),
    ],
    "Average score of districts and departments": [
        ("city", "甲市", 1, 0, 0, "105.00", None),
        ("department", "市教育局", 0, 1, 0, None, None),
        ("district", "东区", 1, 1, 0, "92.00", None),
        ("district", "西区", 0, 2, 0, None, None),
        ("total", "合计", 2, 4, 0, "98.50", None),
    ],
    "Ranking by average score, ties on one place": [(1, "东区", "92.00")],
    "Sites over 95, and sites without a deduction": [
        ("3300000001", "甲市网站", "甲市", "105.0000", "5.0000", "10.0000")
    ],
    "Average deduction and bonus, highest and lowest score": [
        ("city", "甲市", "5.00", "10.00", "105.0000", "105.0000"),
        ("district", "东区", "8.00", "0.00", "92.0000", "92.0000"),
        ("total", "合计", "6.50", "5.00", "105.0000", "92.0000"),
    ],
    "Effect of another rubric on the same looks": [
        ("市教育局", "3300000002", "市教育局网站", "fail", "another", "pass")
    ],
    "Biggest risers and fallers": [("市教育局", "100.00", "0.00", "-100.00"), ("东区", "50.00", "100.00", "50.00")],
    "Stale columns and how many days": [
        (
            "市教育局",
            "3300000002",
            "市教育局网站",
            "动态4",
            "http://s3300000002.example.gov.cn/9/",
            "W-V4.1",
            "confirmed",
            "2026-08-10",
            104,
        ),
        (
            "市教育局",
            "3300000002",
            "市教育局网站",
            "动态3",
            "http://s3300000002.example.gov.cn/8/",
            "W-V4.1",
            "confirmed",
            "2026-08-11",
            103,
        ),
        (
            "市教育局",
            "3300000002",
            "市教育局网站",
            "动态2",
            "http://s3300000002.example.gov.cn/7/",
            "W-V4.1",
            "confirmed",
            "2026-08-12",
            102,
        ),
        (
            "市教育局",
            "3300000002",
            "市教育局网站",
            "动态1",
            "http://s3300000002.example.gov.cn/6/",
            "W-V4.1",
            "confirmed",
            "2026-08-13",
            101,
        ),
        (
            "市教育局",
            "3300000002",
            "市教育局网站",
            "动态0",
            "http://s3300000002.example.gov.cn/5/",
            "W-V4.1",
            "confirmed",
            "2026-08-14",
            100,
        ),
    ],
    "Sites with 5 or more stale or blank columns": [("3300000002", "市教育局网站", "W-V4.1", 5, 0, 0, 5)],
    "Home pages without an update in two weeks": [],
    "Columns silent for over one year": [],
    "Exempted columns that expire soon": [
        ("3300000002", "市教育局网站", "动态5", "无人事任免", False, "2025-10-18", "2026-12-22")
    ],
    "Columns that will be stale within four days": [],
    "Re-dated old articles": [
        (
            "3300000001",
            "甲市网站",
            "一篇文章",
            "http://s3300000001.example.gov.cn/a/35.html",
            "2026-11-19",
            "2026Q3",
            "2026-09-08",
        )
    ],
    "Bursts just before the check": [("3300000004", "东区卫健局网站", "通知", 3, "2026-11-21", "2026-11-22")],
    "Items published per unit and month": [
        ("东区卫健局", "2026-11-01", "5"),
        ("东区", "2026-11-01", "2"),
        ("市教育局", "2026-11-01", "2"),
        ("甲市", "2026-11-01", "2"),
    ],
    "Units that published nothing in the period": [],
    "Undated lists and other columns that could not be read": [("list", None, "11", 4)],
    "Sites behind a bot wall or with old TLS: the manual list": [
        ("timeout", "3300000005", "西区网站", "http://s3300000005.example.gov.cn/")
    ],
    "Dead links per site": [("东区", "3300000003", "东区网站", 1, 0, 0)],
    "Dead links of one site, with the page they stand on": [
        ("home", "page", "http://s3300000003.example.gov.cn/gone.html", 404, "http://s3300000003.example.gov.cn/")
    ],
    "Links of one site, page by page": [
        (
            "http://s3300000003.example.gov.cn/",
            "home",
            "page",
            "http://s3300000003.example.gov.cn/gone.html",
            False,
        )
    ],
    "Answers to outside links that were taken over from an earlier run": [],
    "Pages that their server called unchanged": [],
    "Hidden links, and the hosts that several sites lead to": [("casino.example.com", 1, 1, "strong")],
    "Domains that hidden links lead to, across sites": [("casino.example.com", 1, 1, 1, 1, 0, None)],
    "Retired in the registry but still answering": [
        ("3300000006", "西区网站", "已下线", "http://s3300000006.example.gov.cn/", 200)
    ],
    "Normal in the registry but not reachable": [
        ("3300000005", "西区网站", "timeout", None, "http://s3300000005.example.gov.cn/")
    ],
    "Closing applied for more than six months ago, not finished": [
        ("3300000005", "西区网站", "西区", "申请永久下线", "2026-01-05", None)
    ],
    "Registered address and final address differ; bare IP; not gov.cn": [],
    "Share of sites whose home page is encrypted": [(0, 4, "0.00")],
    "Share of sites with each mark": [
        ("conac", 4, 0, 0, 2, "100.00"),
        ("contact", 4, 0, 0, 2, "100.00"),
        ("four", 3, 1, 0, 2, "75.00"),
        ("icp", 3, 1, 0, 2, "75.00"),
        ("jiucuo", 4, 0, 0, 2, "100.00"),
        ("police", 4, 0, 0, 2, "100.00"),
        ("site_code", 4, 0, 0, 2, "100.00"),
        ("sitemap", 4, 0, 0, 2, "100.00"),
        ("six", 3, 1, 0, 2, "75.00"),
        ("sponsor", 4, 0, 0, 2, "100.00"),
    ],
    "Share with all four marks, per district, and its change": [
        ("东区", 1, 1, 0, 0, "50.00", "-50.00"),
        ("西区", 0, 0, 0, 2, None, None),
    ],
    "Sites that lack one of the four": [("东区", "3300000003", "东区网站", "absent")],
    "找错 entry missing; site code wrong": [],
    "Pages that lack standard page tags": [
        ("3300000001", "甲市网站", "home", "http://s3300000001.example.gov.cn/", ["SiteIDCode"])
    ],
    "Repeat offenders": [
        ("东区", "3300000003", "东区网站", "link_dead", "http://s3300000003.example.gov.cn/gone.html", 2, "2026Q3")
    ],
    "How fast findings are fixed": [
        ("department", "市教育局", "5", "0", "5"),
        ("district", "东区", "4", "2", "2"),
        ("city", "甲市", "1", "0", "1"),
        ("district", "西区", "1", "0", "1"),
    ],
    "Fixed and come back": [],
    "False alarms by kind of finding": [("dark_link", 1, 0, 1, "100.00")],
    "Do the numbers reconcile": [(6, 6, 6, 3, 3, 1, 1, True)],
    "Findings whose evidence is missing": [
        ("3300000003", "东区网站", "link_dead", "confirmed", "http://s3300000003.example.gov.cn/gone.html", "dropped"),
        ("3300000003", "东区网站", "mark_missing", "confirmed", "http://s3300000003.example.gov.cn/", "dropped"),
    ],
    "Everything found about one site": [
        (
            "dark_link",
            "W-V1.3",
            "suspected",
            "dismissed",
            "https://casino.example.com/",
            "http://s3300000003.example.gov.cn/",
            "2026-11-22 04:00:00+00:00",
            "2026-11-22 04:00:00+00:00",
        ),
        (
            "link_dead",
            "W-D4.3a",
            "confirmed",
            "confirmed",
            "http://s3300000003.example.gov.cn/gone.html",
            "http://s3300000003.example.gov.cn/",
            "2026-09-11 04:00:00+00:00",
            "2026-11-22 04:00:00+00:00",
        ),
        (
            "mark_missing",
            "W-D4.2",
            "confirmed",
            "confirmed",
            "http://s3300000003.example.gov.cn/",
            "http://s3300000003.example.gov.cn/",
            "2026-11-22 04:00:00+00:00",
            "2026-11-22 04:00:00+00:00",
        ),
    ],
    "Verdict of one site, and the look it rests on": [
        (
            "东区网站",
            "district",
            "东区",
            "pass",
            ["W-V3：首页：最新日期为 2026-11-21"],
            "2026-11-22 04:00:00+00:00",
            "正常运行",
            "东区",
            '["absent", null]',
        )
    ],
}
