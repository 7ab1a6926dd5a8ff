"""Scrapy's settings for this project; every one can be changed with `-s NAME=value`. Scrapy's own default stands
beside."""

import getpass
import os
import socket

from newscrawler import __version__


def _user() -> str:
    """Who runs this; containers may have a user without a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "newscrawler"


BOT_NAME = "newscrawler"
SPIDER_MODULES = ["newscrawler.spiders"]
NEWSPIDER_MODULE = "newscrawler.spiders"
COMMANDS_MODULE = "newscrawler.commands"

# Where the archive lies, and who answers for it: a page or mail address where site owners can write to.
ARCHIVE_DIR = "data"
ARCHIVE_OPERATOR = os.environ.get("NEWSCRAWLER_OPERATOR", "")
CONTACT = os.environ.get("NEWSCRAWLER_CONTACT") or f"{_user()}@{socket.gethostname()}"
CONTACT_IS_GUESSED = not os.environ.get("NEWSCRAWLER_CONTACT")
RUN_REASON = "by hand"
USER_AGENT = f"newscrawler/{__version__} (archive of youth union news; +{CONTACT})"

# Polite by default: robots.txt obeyed, one request at a time per host, a second between two.
ROBOTSTXT_OBEY = True  # Scrapy: False
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # Scrapy: 8
DOWNLOAD_DELAY = 1  # Scrapy: 0
DOWNLOAD_DELAY_JITTER = 0  # Scrapy: 0.5, which would go below the promised second
AUTOTHROTTLE_ENABLED = True  # Scrapy: False; only ever slower than DOWNLOAD_DELAY
AUTOTHROTTLE_START_DELAY = 1  # Scrapy: 5
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy: False; a site's file may name hosts that are accepted all the same
LONGEST_PAUSE = 600  # seconds that a run waits for a host; one that asks for more is left to a later run
ROBOTSTXT_CLOSED_FOR = 600  # seconds until a robots.txt that could not be had is asked for again
HOST_BUDGET_HOUR = None  # requests to a host in any hour, over all runs; None: as the site says (3,600); 0: no limit
HOST_BUDGET_DAY = None  # the same in any 24 hours (40,000); where DOWNLOAD_DELAY is 0, None means no limit

# What a hostile server could misuse.
REMOTE_CONTROL_ENABLED = False  # Scrapy: True; it runs code in the process
TELNETCONSOLE_ENABLED = False  # Scrapy: True; likewise
COOKIES_ENABLED = False  # Scrapy: True; the first cookie would also fetch the public suffix list from elsewhere
DOWNLOAD_HANDLERS = {
    "http": "newscrawler.capture.CapturingHandler",
    "https": "newscrawler.capture.CapturingHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
# Addresses of the own machine and network are not asked for, whatever a page, a redirect or a name server says; True
# for a site of the own network. A proxy (http_proxy) may be anywhere in either case.
ALLOW_PRIVATE_ADDRESSES = False
TWISTED_DNS_RESOLVER = "newscrawler.wire.resolver.PublicResolver"  # Scrapy: CachingThreadedResolver, which it asks
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # Scrapy: 1 GiB
DOWNLOAD_WARNSIZE = 0  # Scrapy: 32 MiB, over our limit
DOWNLOAD_TIMEOUT = 60  # Scrapy: 180
DEPTH_LIMIT = 0  # lists are long chains: page 2,500 is 2,500 links deep
REFERRER_POLICY = "no-referrer"  # Scrapy: sends the page before
METAREFRESH_ENABLED = False  # Scrapy: True; odd schemes in it raise

# gzip only: nothing that replays archives reads brotli or zstd everywhere.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
    "Accept-Encoding": "gzip",
}

# Files that the pages of articles need: pictures, documents, stylesheets, scripts.
REQUISITES_ENABLED = True
REQUISITES_BUDGET = None  # bytes that they may add to the WARC in one run; None leaves it to the site (2 GB)

# Processes that read pages, so that a page that would take for ever can be ended; 0 reads in the crawl's own.
READING_WORKERS = 1

# In an archive of so few articles each crawl looks at all of them, whether they are due or not; 0 for never.
REVISIT_ALL_UP_TO = 60

# The queue lies in the archive itself, and outlives a kill; JOBDIR loses half of what is in it.
SCHEDULER = "newscrawler.scheduler.LeaseScheduler"

# The stations, in order.
EXTENSIONS = {
    "newscrawler.stopping.Stopping": -10,
    "newscrawler.run.ArchiveRun": 0,
    "newscrawler.politeness.HostGate": 5,
    "newscrawler.progress.Progress": 10,
    "scrapy.extensions.logstats.LogStats": None,
    # Off in any case; not even loaded, they make each start a quarter of a second shorter, most of it aiohttp's.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
DOWNLOADER_MIDDLEWARES = {
    "newscrawler.guard.AddressGuard": 80,
    "newscrawler.spiders.requisites.RequisiteBudget": 90,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawler.politeness.RobotsPolicy": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newscrawler.politeness.PatientRetry": 550,
    "newscrawler.stopping.BackToQueue": 560,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawler.wholeness.Wholeness": 580,
    "newscrawler.decoding.Decoding": 590,
    "newscrawler.conditional.Conditional": 595,
    "newscrawler.resuming.TakenUp": 610,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawler.redirects.Redirects": 600,
}
ITEM_PIPELINES = {
    "newscrawler.pipelines.SplitBlocks": 300,
    "newscrawler.pipelines.CleanBody": 400,
    "newscrawler.pipelines.StoreArticle": 500,
}
CONCURRENT_ITEMS = 4  # Scrapy: 100, and each response starts as many tasks

LOG_LEVEL = "INFO"  # Scrapy: DEBUG
LOG_SHORT_NAMES = True
FEED_EXPORT_ENCODING = "utf-8"
PROGRESS_BAR = False
PROGRESS_INTERVAL = 30
