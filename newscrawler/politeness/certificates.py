"""Which hosts' broken certificates a crawl accepts, by its site's file; what was wrong is written down once per run."""

from __future__ import annotations

from collections.abc import Iterable

from scrapy.crawler import Crawler

from newscrawler.items import Tls
from newscrawler.run import ArchiveRun
from newscrawler.wire.certificates import Certificates, sentence_of_fault, unverified_hosts


class CertificatePolicy:
    """Certificates are verified unless the site's file names the host (`Site.unverified_hosts`), or setting
    DOWNLOAD_VERIFY_CERTIFICATES says to verify none."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._verify = crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
        self._accepted = frozenset(unverified_hosts(crawler))
        self._noted: set[str] = set()
        self.factory = Certificates.of(crawler, self.accepts)
        """For Twisted's agents."""

    def accepts(self, host: str) -> bool:
        """Whether a broken certificate of a host is accepted."""
        return not self._verify or host.lower() in self._accepted

    def note(self, host: str, url: str, connections: Iterable[Tls | None]) -> None:
        """Write a row on the first connection of the run to a host whose certificate was broken, and accepted."""
        faults = [each.fault for each in connections if each is not None and each.fault]
        if faults and host not in self._noted:
            self._noted.add(host)
            ArchiveRun.of(self._crawler).problem(url, "tls", faults[0], sentence_of_fault(host, faults[0]))
