"""What a run counts."""

from __future__ import annotations

COUNTERS = (
    "pages",
    "articles_new",
    "articles_changed",
    "articles_unchanged",
    "listings",
    "requisites",
    "requisites_missing",
    "hosts_closed",
    "robots_unreachable",
    "absent",
    "taken_up",
    "not_due",
    "not_modified",
    "known_absent",
    "redirected",
    "given_up",
    "refused",
    "trapped",
    "unread",
    "incomplete",
    "bytes",
)
"""Counters of a run, under `newscrawler/` in Scrapy's stats; the same names are written to table `runs`."""
