"""A newspaper with all that a site file may name: sitemaps, news sitemap, feed, pages that only lead on."""

from __future__ import annotations

from datetime import timedelta

from newscrawler.sites.revisits import Revisits, Step
from newscrawler.sites.site import Listing, Requisites, Site

ROOT = "http://bao.thu-nghiem.vn"

SITE = Site(
    name="paper",
    title="Báo Thử Nghiệm",
    hosts=("bao.thu-nghiem.vn", "www.bao.thu-nghiem.vn"),
    start=(f"{ROOT}/",),
    article=r"^/tin/(?P<id>\d+)$",
    article_url=f"{ROOT}/tin/{{id}}",
    listings=(Listing(pattern=r"^/muc/(?P<series>[a-z]+)/(?P<page>\d+)$", url=f"{ROOT}/muc/{{series}}/{{page}}"),),
    sitemaps=(f"{ROOT}/robots.txt",),
    feeds=(f"{ROOT}/moi.rss",),
    follow=r"^/thang/",
    revisits=Revisits(steps=(Step(timedelta(days=1), timedelta(minutes=5)),), old_again_after=timedelta(days=90)),
    requisites=Requisites(wanted=False),
)
