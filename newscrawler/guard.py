"""The station that lets no request through to an address which is spelled as one of the own machine or network."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawler.wire.addresses import refusal
from newscrawler.wire.resolver import PrivateAddressError


class AddressGuard:
    """Downloader middleware. The resolver judges what a connection leads to; this judges what would go through a proxy
    as well, and before robots.txt is asked for at such a host. Setting ALLOW_PRIVATE_ADDRESSES turns it off."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        """For Scrapy."""
        if crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES"):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """:raises PrivateAddressError: if the host is a private address, in whatever spelling."""
        reason = refusal(request.url)
        if reason is not None:
            raise PrivateAddressError(f"{request.url[:200]} is not asked for: {reason}")
