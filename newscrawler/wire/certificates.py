"""Which certificates are accepted, and what is wrong with one, in a word.

Private names of Scrapy 2.19 and Twisted 26 stand here: neither says why OpenSSL has refused a certificate.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import _ScrapyCertificateOptions, _ScrapyClientContextFactory
from scrapy.crawler import Crawler
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet._sslverify import ClientTLSOptions
from twisted.internet.ssl import platformTrust
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

Fault = Literal["expired", "not-yet-valid", "self-signed", "unknown-issuer", "revoked", "wrong-name", "untrusted"]

_FAULTS: dict[int, Fault] = {
    2: "unknown-issuer",
    9: "not-yet-valid",
    10: "expired",
    18: "self-signed",
    19: "unknown-issuer",
    20: "unknown-issuer",
    21: "unknown-issuer",
    23: "revoked",
    62: "wrong-name",
}
"""By the numbers of OpenSSL's verify(1); all others are `untrusted`. 19 is a chain whose root nobody here knows."""
_SENTENCES: dict[Fault, str] = {
    "expired": "has run out",
    "not-yet-valid": "is not valid yet",
    "self-signed": "is signed by itself alone",
    "unknown-issuer": "is signed by nobody who is known",
    "revoked": "was revoked",
    "wrong-name": "is for another host",
    "untrusted": "cannot be trusted",
}


class CertificateRefusedError(Exception):
    """Raised when a server's certificate is not accepted; nothing was sent."""

    def __init__(self, host: str, fault: Fault) -> None:
        super().__init__(f"the certificate of {host} {_SENTENCES[fault]}")
        self.fault: Fault = fault


def sentence_of_fault(host: str, fault: str) -> str:
    """What is wrong with an accepted certificate, for people."""
    what = next((words for name, words in _SENTENCES.items() if name == fault), _SENTENCES["untrusted"])
    return f"the certificate of {host} {what}; it is accepted all the same"


def fault_of(error: BaseException | None) -> Fault | None:
    """What was wrong with the certificate over which a request failed; None if it failed over something else."""
    if isinstance(error, CertificateRefusedError):
        return error.fault
    reasons = [reason.value for reason in getattr(error, "reasons", None) or [] if isinstance(reason, Failure)]
    inner = [*reasons, error.__cause__ if error is not None else None]
    return next((fault for each in inner if each is not None and (fault := fault_of(each))), None)


def verification(crawler: Crawler) -> str:
    """Which certificates a run verifies, in words for its warcinfo record."""
    if not crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"):
        return "not verified; faults in WARC-Certificate-Fault"
    hosts = unverified_hosts(crawler)
    return f"verified, but for {', '.join(hosts)}; faults in WARC-Certificate-Fault" if hosts else "verified"


def unverified_hosts(crawler: Crawler) -> tuple[str, ...]:
    """Hosts whose broken certificate the spider's site accepts."""
    return tuple(getattr(getattr(crawler.spidercls, "site", None), "unverified_hosts", ()))


def accepted_fault(connection: Any) -> str:
    """What is wrong with the certificate of a connection that stands; an empty text if nothing is."""
    return str(getattr(connection, "newscrawler_fault", ""))


@implementer(IPolicyForHTTPS)
class Certificates(_ScrapyClientContextFactory):
    """Verifies every certificate, but goes on with a faulty one where the site's file names its host.

    :param lenient: whether faults of a host are accepted.
    """

    def __init__(self, *args: Any, lenient: Callable[[str], bool] = lambda _host: False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lenient = lenient

    @classmethod
    def of(cls, crawler: Crawler, lenient: Callable[[str], bool]) -> Certificates:
        """As Scrapy's settings of TLS have it."""
        return cls.from_crawler(crawler, lenient=lenient)

    def creatorForNetloc(self, hostname: bytes, port: int) -> ClientTLSOptions:  # type: ignore[override]
        host = hostname.decode("ascii")
        return _Verifying(self._options, host, lenient=self._lenient(host))

    @cached_property
    def _options(self) -> _ScrapyCertificateOptions:
        # One for all connections: to read the known issuers anew for each costs more than the handshake.
        return _ScrapyCertificateOptions(trustRoot=_trust(), **self._get_cert_options_kwargs())


class _Verifying(ClientTLSOptions):
    """Makes connections to one host. Unlike Twisted's own, they tell what is wrong."""

    def __init__(self, options: _ScrapyCertificateOptions, hostname: str, *, lenient: bool) -> None:
        super().__init__(options._makeTLSConnection, hostname)
        self._lenient = lenient

    def clientConnectionForTLS(self, tlsProtocol: Any) -> SSL.Connection:
        connection = super().clientConnectionForTLS(tlsProtocol)
        connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, self._judge(tlsProtocol))
        return connection

    def _judge(self, protocol: Any) -> Callable[[Any, Any, int, int, int], bool]:
        def judge(connection: Any, certificate: Any, number: int, depth: int, good: int) -> bool:
            fault = None if good else _FAULTS.get(number, "untrusted")
            if fault is None and depth == 0 and not self._is_named(certificate):
                fault = "wrong-name"
            if fault is None:
                return True
            if self._lenient:
                connection.newscrawler_fault = accepted_fault(connection) or fault
                return True
            protocol.failVerification(_failure(self._hostname, fault))
            return False

        return judge

    def _is_named(self, certificate: Any) -> bool:
        name = (DNS_ID if self._hostnameIsDnsName else IPAddress_ID)(self._hostnameASCII)
        try:
            verify_service_identity(extract_patterns(certificate), [name], [])
        except (VerificationError, CertificateError, ValueError):
            return False
        return True


def _failure(host: str, fault: Fault) -> Failure:
    return Failure(CertificateRefusedError(host, fault))  # type: ignore[no-untyped-call]


def _trust() -> Any:
    """The issuers that this computer knows; SSL_CERT_FILE may name others."""
    return platformTrust()  # type: ignore[no-untyped-call]
