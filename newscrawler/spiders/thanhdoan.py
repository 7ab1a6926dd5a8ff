"""The youth union of Ho Chi Minh City."""

from newscrawler.sites.thanhdoan import SITE
from newscrawler.spiders.news import SiteSpider


class ThanhdoanSpider(SiteSpider):
    """Walks the lists of thanhdoan.hochiminhcity.gov.vn, or with `ids=A-B` its article ids."""

    name = SITE.name
    site = SITE
