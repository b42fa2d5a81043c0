#!/usr/bin/env python3
"""把一次巡检交给 scrapyd 排队执行；供 systemd timer 或 cron 调用。

用户名和密码取自环境变量 SCRAPYD_USERNAME 和 SCRAPYD_PASSWORD。
退出码：0 已排队；2 参数有误或被 scrapyd 拒绝；3 scrapyd 无法访问。排队不等于完成：是否完成见任务日志的最后一行。
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

_BAD_INPUT, _UNREACHABLE = 2, 3
_SERVER_ERRORS = 500
_SECONDS = 120  # the first schedule of a version makes scrapyd load the whole egg
_SHARD = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")


class RefusedError(ValueError):
    """What was asked cannot be done; the sentence says why."""


class UnreachableError(RuntimeError):
    """scrapyd did not answer as scrapyd; trying later may help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 queued, 2 bad input or refused, 3 scrapyd not reachable; argparse itself exits with 2."""
    chosen = _parser().parse_args(arguments)
    try:
        form = job_form(chosen, datetime.now(UTC))
        post(chosen.url, form, os.environ)
    except RefusedError as error:
        print(f"schedule: {error}", file=sys.stderr)
        return _BAD_INPUT
    except UnreachableError as error:
        print(f"schedule: {error}", file=sys.stderr)
        return _UNREACHABLE
    print(f"已排队：任务 {dict(form)['jobid']}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:6800", help="scrapyd 的地址（默认 %(default)s）")
    parser.add_argument("--project", default="govspider", help="scrapyd 中的项目名（默认 %(default)s）")
    parser.add_argument("--period", metavar="LABEL", help="监测周期，如 2026Q4；省略则为当前周期")
    parser.add_argument("--sites", metavar="CODE,CODE", help="只巡检这些网站标识码")
    parser.add_argument("--shard", metavar="K/N", help="只巡检 N 份中的第 K 份")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=VALUE", help="Scrapy 设置，可多次给出")
    return parser


def job_form(chosen: argparse.Namespace, now: datetime) -> list[tuple[str, str]]:
    """The fields of schedule.json, with a job id that was never used before. Raises RefusedError."""
    shard = _SHARD.fullmatch(chosen.shard or "1/1")
    if shard is None or int(shard[1]) > int(shard[2]):
        raise RefusedError(f"--shard {chosen.shard!r} 应写作 K/N，例如 1/4（1 ≤ K ≤ N）")
    for setting in chosen.setting:
        if not re.match(r"\w+=", setting):
            raise RefusedError(f"--setting {setting!r} 应写作 NAME=VALUE，例如 LOG_LEVEL=INFO")
    # scrapyd starts a second process for an id it knows already; the time in front sorts the log files
    job = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    given = [(name, getattr(chosen, name)) for name in ("period", "sites", "shard") if getattr(chosen, name)]
    settings = [("setting", setting) for setting in chosen.setting]
    return [("project", chosen.project), ("spider", "portals"), ("jobid", job), *given, *settings]


def post(url: str, form: Sequence[tuple[str, str]], environ: Mapping[str, str]) -> None:
    """Hand a job to scrapyd. Raises RefusedError with scrapyd's own words, UnreachableError where it is away."""
    request = Request(_door(url), urlencode(form).encode(), _credentials(environ))
    try:
        # never through http_proxy: that is for the sites, and the proxy may be on the other side of a firewall
        with build_opener(ProxyHandler({})).open(request, timeout=_SECONDS) as answer:
            body = answer.read()
    except HTTPError as error:
        with error:
            raise _refusal(url, error) from error
    except (OSError, HTTPException) as error:
        raise UnreachableError(f"无法访问 scrapyd（{url}）：{getattr(error, 'reason', error)}") from error
    _check(url, body)


def _door(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise RefusedError(f"--url {url!r} 不是地址；应写作 http://127.0.0.1:6800")
    return f"{url.rstrip('/')}/schedule.json"


def _refusal(url: str, error: HTTPError) -> Exception:
    if error.code == 401:
        return RefusedError(f"scrapyd（{url}）拒绝了用户名或密码：请检查 SCRAPYD_USERNAME 和 SCRAPYD_PASSWORD")
    if error.code >= _SERVER_ERRORS:
        return UnreachableError(f"scrapyd（{url}）回答 {error.code} {error.reason}")
    return RefusedError(f"{url} 回答 {error.code} {error.reason}：那里没有 scrapyd？")


def _check(url: str, body: bytes) -> None:
    try:
        answer = json.loads(body)
        status = answer["status"]
    except (ValueError, TypeError, KeyError) as error:
        raise RefusedError(f"{url} 的回答不是 scrapyd 的：{body[:60]!r}") from error
    if status != "ok":
        # the last line is the reason, where it is the traceback of an egg that cannot be loaded
        reason = str(answer.get("message") or answer).strip().splitlines()[-1]
        raise RefusedError(f"scrapyd 不接受：{reason}（还没有部署？见 scrapyd-deploy）")


def _credentials(environ: Mapping[str, str]) -> dict[str, str]:
    name = environ.get("SCRAPYD_USERNAME", "")
    if not name:
        return {}
    pair = f"{name}:{environ.get('SCRAPYD_PASSWORD', '')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


if __name__ == "__main__":
    raise SystemExit(main())
