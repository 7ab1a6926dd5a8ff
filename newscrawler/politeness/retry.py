"""Second tries of what failed, each through the gate, where a pause of its host holds it up."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from newscrawler.politeness.closing import error_of
from newscrawler.politeness.gate import HostGate
from newscrawler.urls import host_of
from newscrawler.wire.certificates import fault_of


class PatientRetry(RetryMiddleware):
    """Scrapy's retries, but not of a host that wants to be left alone, nor over a certificate that stays as it is."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """:raises HostClosedError: over an answer by which its host closes: the page is for another run."""
        closing = HostGate.of(self.crawler).closed(host_of(request.url))
        if closing is not None and response.status in self.retry_http_codes and not request.meta.get("dont_retry"):
            raise error_of(closing)
        return super().process_response(request, response)

    def process_exception(self, request: Request, exception: Exception, spider: Any = None) -> Request | None:
        """A request for another try, or None."""
        if fault_of(exception) is not None:
            return None
        again = super().process_exception(request, exception)
        return again if isinstance(again, Request) else None
