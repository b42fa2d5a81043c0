"""`scrapy crawl`, with exit codes that tell the truth and sentences instead of tracebacks.

Scrapy alone exits 0 on pipeline errors and on CloseSpider. Here: 0 complete, 2 bad input,
3 incomplete (design decision 11).
"""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from govspider.commands.deployed_egg import code_location, complaint_about_egg, keep_to_this_egg
from govspider.commands.legacy_tls import remove_own_configuration, restart_with_legacy_tls
from govspider.commands.link_preparation import PreparedRechecks, prepare_rechecks
from govspider.commands.preparation import BadInputError, PreparedRun, prepare_run
from govspider.commands.run_health import Clocks, report_health
from govspider.commands.sentences import say
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.run_health import read_health
from govspider.db.runs import finish_run
from govspider.db.targets import finished_sites

EXIT_BAD_INPUT = 2
EXIT_INCOMPLETE = 3
_LOSSES = {
    "govspider/pipelines/failed_items": "{} 个页面在处理管道中出错",
    "govspider/store/dead_letters": "{} 条记录无法入库，已写入死信文件",
    "govspider/evidence/not_kept": "{} 个页面未能留存证据（磁盘已满）",
    "govspider/looks/broken_off": "{} 个网站的巡检中断",
    "govspider/looks/taken_over": "{} 个网站在数据库中断期间被另一次巡检接手",
    "govspider/store/database_away": "数据库中途不可用：{}",
    "spider_exceptions/count": "爬虫出现 {} 个异常",
}


class Command(ScrapyCrawl):
    """Adds to `scrapy crawl portals`: the run in PostgreSQL, TLS for old servers, honest exit codes."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args not in (["portals"], ["links"]):
            raise UsageError("govspider has two spiders: scrapy crawl portals, and scrapy crawl links for re-checks")
        keep_to_this_egg(os.environ, code_location())
        restart_with_legacy_tls()
        try:
            self._prepare_and_crawl(opts, args[0])
        finally:
            remove_own_configuration()

    def _prepare_and_crawl(self, opts: argparse.Namespace, spider: str) -> None:
        assert self.settings is not None
        try:
            if complaint := complaint_about_egg():
                raise BadInputError(complaint)
            prepared: PreparedRun | PreparedRechecks = (
                prepare_rechecks(os.environ, self.settings, opts.spargs)
                if spider == "links"
                else prepare_run(os.environ, self.settings, opts.spargs, datetime.now(UTC))
            )
        except BadInputError as error:
            say(self.settings, str(error), logging.ERROR)
            self.exitcode = EXIT_BAD_INPUT
            return
        try:
            self._crawl(prepared, opts, spider)
        finally:
            prepared.locks.release_all()

    def _crawl(self, prepared: PreparedRun | PreparedRechecks, opts: argparse.Namespace, spider: str) -> None:
        assert self.settings is not None
        logging.getLogger("govspider").info("代码来自 %s", code_location())
        for sentence in prepared.sentences:
            say(self.settings, sentence)
        self.settings.set("PREPARED_RUN", prepared, priority="cmdline")
        self.settings.set("DATABASE_URL", prepared.database_url, priority="cmdline")
        assert self.crawler_process
        crawler = self._create_crawler(spider)
        before = Clocks.read()
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        counters = dict(crawler.stats.get_stats()) if crawler.stats else {}
        if isinstance(prepared, PreparedRechecks):
            self._close_rechecks(prepared, counters)
        else:
            self._close(prepared, counters, Clocks.read().jump_since(before))

    def _close_rechecks(self, prepared: PreparedRechecks, counters: dict[str, Any]) -> None:
        """Say how the re-checks ended; the runs whose links were asked again stay as they ended."""
        assert self.settings is not None
        losses = _losses_of(counters)
        done = int(counters.get("govspider/looks/finished", 0))
        if done < len(prepared.targets):
            losses.append(f"{len(prepared.targets) - done} 个网站尚未复查完成")
        if losses:
            say(self.settings, f"复查未完成：{'；'.join(losses)}", logging.ERROR)
            self.exitcode = EXIT_INCOMPLETE

    def _close(self, prepared: PreparedRun, counters: dict[str, Any], clock_jump: float) -> None:
        """Say how the run ended and how healthy it was: in the database, on the screen and by the exit code."""
        assert self.settings is not None
        losses = _losses_of(counters)
        engine = make_engine(prepared.database_url)
        try:
            missing = prepared.wanted - finished_sites(engine, prepared.run_id)
            if missing:
                losses.append(f"{len(missing)} 个网站尚未巡检完成")
            health = report_health(read_health(engine, prepared.run_id, prepared.wanted), clock_jump)
            kept = {name: value for name, value in counters.items() if isinstance(value, (int, float, str))}
            finish_run(
                engine,
                prepared.run_id,
                complete=not losses,
                counters={**kept, **health.counters},
                detail="；".join(losses),
                now=datetime.now(UTC),
            )
            say(self.settings, health.line)
            for alarm in health.alarms:
                say(self.settings, alarm, logging.ERROR)
        except (OSError, DatabaseError) as error:
            losses.append(f"无法记录巡检结束：{str(error).partition(chr(10))[0]}")
        finally:
            engine.dispose()
        self._say_end(prepared, losses)

    def _say_end(self, prepared: PreparedRun, losses: list[str]) -> None:
        assert self.settings is not None
        if losses:
            sentence = f"巡检未完成：{'；'.join(losses)}。{prepared.resumption}。"
            say(self.settings, sentence, logging.ERROR)
            self.exitcode = EXIT_INCOMPLETE
        else:
            say(self.settings, f"巡检完成：批次 {prepared.run_id}，网站 {len(prepared.wanted)} 个")


def _losses_of(counters: Mapping[str, Any]) -> list[str]:
    return [words.format(counters[name]) for name, words in _LOSSES.items() if counters.get(name)]
