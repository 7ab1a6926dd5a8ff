"""The only room with SQL: everything that can be asked of `news.db` or put into it."""

from newscrawler.store import lean  # noqa: F401, I001  (first: it keeps what follows small)
from sqlite_utils import Database

from newscrawler.store.articles import Change, store_article, store_listing
from newscrawler.store.captures import add_capture, find_capture
from newscrawler.store.database import check_database, close_database, open_database, transaction
from newscrawler.store.finding import find_article, version_of
from newscrawler.store.history import Version, versions
from newscrawler.store.hot import HotItem, hot_items
from newscrawler.store.links import store_links
from newscrawler.store.media import relink_media
from newscrawler.store.runs import add_problem, finish_run, start_run
from newscrawler.store.schema import SCHEMA_VERSION
from newscrawler.store.tables import reindex
from newscrawler.store.search import Hit, search

__all__ = [
    "SCHEMA_VERSION",
    "Change",
    "Database",
    "Hit",
    "HotItem",
    "Version",
    "add_capture",
    "add_problem",
    "check_database",
    "close_database",
    "find_article",
    "find_capture",
    "finish_run",
    "hot_items",
    "open_database",
    "reindex",
    "relink_media",
    "search",
    "start_run",
    "store_article",
    "store_links",
    "store_listing",
    "transaction",
    "version_of",
    "versions",
]
