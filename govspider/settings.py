"""Settings of the crawl: polite, safe and honest by default.

Every value that differs from Scrapy's own says why. What an office may want to change comes
from the environment (names beginning with GOVSPIDER_) or from `-s NAME=value`.
"""

import os

from govspider.throttle.process_limits import raise_open_files, share_memory_among_threads

BOT_NAME = "govspider"
SPIDER_MODULES = ["govspider.spiders"]
COMMANDS_MODULE = "govspider.commands"

# ── identity: who we are and whom to call; crawling public hosts without a contact is refused ──
CONTACT = os.environ.get("GOVSPIDER_CONTACT", "")
USER_AGENT = f"govspider/0.1 (government website inspection; contact: {CONTACT or 'not configured'})"

# ── politeness: one request in flight and a second between two, per site and platform ──
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # jitter would send some requests earlier than promised
DOWNLOADER = "govspider.throttle.slots.SiteDownloader"
ROBOTSTXT_MAXSIZE = 500 * 1024  # as much as RFC 9309 asks for; what stands behind is not read
ROBOTSTXT_IN_THREAD_BYTES = 20_000  # larger ones are read away from the reactor
CRAWL_DELAY_MAX = 30.0
RETRY_AFTER_MAX = 300.0
BUSY_PAUSE = 30.0  # after a 429 or 503 that names no time
RETRY_TIMES = 2
KEPT_CONNECTION_TRIES = 3  # times a request is sent again, in turn, because its kept connection had been closed
COOKIES_ENABLED = False  # no login, no tracking; the cookie middleware also fetches a list from the internet

# ── breadth: many sites at once, each slowly ──
CONCURRENT_REQUESTS = 200
SITES_AT_ONCE = 200
SITES_PER_PROCESS = 3000  # of more, their links would not fit into 400 MB (docs/performance.md): -a shard=K/N
SITES_AT_LEAST = 40  # so many are begun however busy this machine is; further ones wait while it is behind
LINKS_AT_ONCE_PER_SITE = 32  # hosts of a site's links that are asked side by side, each one by one
REACTOR_THREADPOOL_MAXSIZE = 200  # names are looked up in threads: fewer threads read as dead names
DNS_TIMEOUT = 20
DOWNLOAD_TIMEOUT = 30
STOP_SECONDS = 30.0  # a crawl that is asked to stop waits so long for answers; retries and pauses could take minutes
REACTOR_STEP_MS = 50  # steps of the reactor that take longer are counted: a site must not look slow because of us
READ_ASIDE_BYTES = 150_000  # larger pages are read in a process of their own: the reactor would be held up
READ_ASIDE_SECONDS = 60.0  # of processor time for one of them; with more it is unknown(budget)
COLLECTOR_THRESHOLDS = (20_000, 20, 10)  # Python's own search for garbage took a sixth of the time of a page
share_memory_among_threads()
raise_open_files()  # at 1024 files healthy sites look unreachable

# ── safety ──
TWISTED_DNS_RESOLVER = "govspider.throttle.resolver.GuardedResolver"
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
HEADERS_MAXSIZE = 256 * 1024  # Chromium reads no more headers of one answer (kMaxHeaderBufSize)
INTERIM_ANSWERS_MAX = 100  # "100 Continue" and the like before an answer; a server may send them for ever
HEADERS_KEPT = 65536  # characters of an answer's headers that are kept; a server may send ten megabytes of them
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_HANDLERS = {
    "http": "govspider.browser.download_handler.PlainOrBrowserHandler",
    "https": "govspider.browser.download_handler.PlainOrBrowserHandler",
    "file": None,
    "ftp": None,
    "data": None,
    "s3": None,
}
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.0"  # with the OpenSSL configuration that the crawl command sets
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "govspider.throttle.robots.RobotsRules": 100,
    # they do nothing here: no spider names domains or a password, and addresses are held back by NetworkGuard
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "govspider.throttle.redirects.Refreshes": 580,
    "govspider.throttle.network_guard.NetworkGuard": 595,
    "govspider.throttle.redirects.HopLog": 610,
    "govspider.throttle.kept_connections.AskAgainInTurn": 620,
    # the same figures for a fraction of the time
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "govspider.throttle.run_stats.AnswerStats": 850,
}
METAREFRESH_MAXDELAY = 10  # later ones renew a page that is being read
HTTPPROXY_ENABLED = True
MEMUSAGE_LIMIT_MB = 3000

# ── what a look consists of ──
COLUMNS_PER_SITE = 300
ARTICLES_PER_COLUMN = 3
PARTS_PER_PAGE = 8
LINK_SECOND_LOOK_SECONDS = 60.0  # at least so long between two looks at a link that seems dead
LINKS_PER_SITE = 5000  # at a second each, a night is over before more of one site were asked
LINK_LOOKS = 3
LINK_REUSE_DAYS = 0.0  # outside links that worked so recently are not asked again; 0: every run asks every link
LINK_HOST_TRIES = 5  # a host that is silent or refuses so often in a row is asked no more in this run
LINK_HOST_FAULTS = 100  # the same for one whose server answers with errors only: up to here each of its links counts
LINK_OUTSIDE_HOSTS = 30  # hosts of others that one site's look asks how they answer for pages that do not exist
LINK_BODY_LIMITS = {"html": 65536, "attachment": 8192, "image": 0}

# ── what search engines are shown: off, because a page is then asked under another name ──
SEARCH_VIEWS = False  # for sites one is commissioned to inspect; recorded with every page asked so
SEARCH_VIEW_PAGES_PER_SITE = 6
SEARCH_SPIDER_USER_AGENT = "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"
SEARCH_REFERRER = "https://www.baidu.com/s?wd=%E6%94%BF%E5%BA%9C%E7%BD%91%E7%AB%99"

# ── the browser: last, where a page shows that nothing else reads its list ──
BROWSER = os.environ.get("GOVSPIDER_BROWSER", "auto")  # auto: where this machine has a Chromium; off: never
BROWSER_PAGES_PER_SITE = 20
BROWSER_REQUESTS_PER_PAGE = 60
BROWSER_SECONDS_PER_PAGE = 120.0  # its scripts are asked one by one, as slowly as everything else
BROWSER_STILL_SECONDS = 1.0
BROWSER_SUSPECT_PAGES_PER_SITE = 3  # pages with suspected hidden links that are laid out once more
BROWSER_LINKS_PER_SITE = 10  # links that the other rungs of the ladder left open, shown last
BROWSER_LEARNED_DAYS = 30  # how long a learned request stands before a browser looks again
DOWNLOAD_SLOTS = {"browser pages": {"concurrency": 2, "delay": 0}}
PLAYWRIGHT_BROWSER_TYPE = "chromium"
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 1
PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT = 120_000

# ── pipelines: one verb each ──
ITEM_PROCESSOR = "govspider.throttle.direct_pipelines.DirectPipelines"  # Scrapy's chain, with less ado
ITEM_PIPELINES = {
    "pipelines.keep_evidence.KeepEvidencePipeline": 100,
    "pipelines.extract_columns.ExtractColumnsPipeline": 200,
    "pipelines.extract_marks.ExtractMarksPipeline": 210,
    "pipelines.extract_tags.ExtractTagsPipeline": 220,
    "pipelines.extract_links.ExtractLinksPipeline": 230,
    "pipelines.extract_dark_links.ExtractDarkLinksPipeline": 240,
    "pipelines.extract_wording.ExtractWordingPipeline": 250,
    "pipelines.rest_pages.RestPagesPipeline": 290,
    "pipelines.await_evidence.AwaitEvidencePipeline": 300,
    "pipelines.store_observations.StoreObservationsPipeline": 900,
}
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": None,
    "govspider.throttle.run_stats.RunStats": 0,
    "govspider.throttle.politeness.Politeness": 10,
    "govspider.throttle.partial_bodies.PartialBodies": 10,
    "govspider.throttle.reactor_watch.ReactorWatch": 10,
    "govspider.throttle.rare_collections.RareCollections": 5,
    "govspider.commands.progress.Progress": 500,
}
PAGES_AWAKE_MB = (
    4.0  # HTML of the pages that stay parsed while their looks wait; each takes ten to twenty times as much
)
REUSE_READINGS = True  # a page with the bytes of an earlier run is not analysed again; what depends on the day is
# an article whose bytes came no longer ago is asked for only if it changed, where a wrong "no" could accuse nobody
# (docs/decisions/0040); what a hacker hides in a file whose time he keeps is met within a week. 0: never asked so
CONDITIONAL_DAYS = 7.0
EVIDENCE_DIR = os.environ.get("GOVSPIDER_EVIDENCE", "evidence")
STORE_BATCH = 200
STORE_SECONDS = 1.0
STORE_RETRIES = 8
DEAD_LETTER_FILE = os.environ.get("GOVSPIDER_DEAD_LETTERS", "dead-letters.jsonl")

PROGRESS_SECONDS = 5.0
PROGRESS_SECONDS_IN_JOBS = 60.0  # under scrapyd the lines stay in a log
LOG_LEVEL = "INFO"
LOG_FORMATTER = "govspider.commands.log_lines.NeededLines"  # lines for each answer and item only at level DEBUG
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
