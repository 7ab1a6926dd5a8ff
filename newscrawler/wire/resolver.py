"""Connections lead to public addresses only: names are looked up once, what is not public is dropped from the answer,
and the connection goes to the address that was judged.

No page, redirect or robots.txt can make the crawler knock at the own machine or network, whatever it is spelled like
and whatever a name server answers (facts: reliability §2, rows 24-26). Setting ALLOW_PRIVATE_ADDRESSES lifts this. A
proxy is the user's own choice and may be anywhere; behind it names are the proxy's affair, numbers are not (`guard`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from twisted.python.failure import Failure
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawler.wire.addresses import is_public


class PrivateAddressError(IgnoreRequest):
    """Raised for a request that would leave the public Internet; no connection is made."""


class Visit:
    """One making of a connection.

    :param trusted: whether it may lead anywhere, as to a proxy.
    """

    def __init__(self, *, trusted: bool) -> None:
        self.trusted = trusted
        self.refused: str | None = None
        """The first address that was dropped."""

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """What is looked up meanwhile is looked up for this visit."""
        token = _VISIT.set(self)
        try:
            yield
        finally:
            _VISIT.reset(token)


_VISIT: ContextVar[Visit] = ContextVar("newscrawler.wire.visit")
"""The connection that the present call makes."""


class GuardedEndpoint:
    """An endpoint whose failure to find a host says so, where the host lies in a private network.

    :param trusted: see `Visit`.
    """

    def __init__(self, endpoint: Any, *, trusted: bool) -> None:
        self._endpoint = endpoint
        self._trusted = trusted

    def connect(self, factory: Any) -> Any:
        """Twisted's; its Deferred may fail with PrivateAddressError."""
        visit = Visit(trusted=self._trusted)
        with visit.under_way():
            connecting = self._endpoint.connect(factory)

        def explain(failure: Failure) -> Failure:
            if visit.refused and isinstance(failure.value, DNSLookupError):
                raise PrivateAddressError(visit.refused) from failure.value
            return failure

        return connecting.addErrback(explain)


@implementer(IHostnameResolver)
class PublicResolver:
    """For setting TWISTED_DNS_RESOLVER: Scrapy's resolver, whose answers are judged."""

    def __init__(self, reactor: Any, inner: Any, *, guarded: bool) -> None:
        self._reactor = reactor
        self._inner = inner
        self._guarded = guarded
        self._names: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> PublicResolver:
        """For Scrapy."""
        guarded = not crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        return cls(reactor, CachingThreadedResolver.from_crawler(crawler, reactor), guarded=guarded)

    def install_on_reactor(self) -> None:
        """From now on, names are looked up here."""
        self._inner.install_on_reactor()
        self._names = self._reactor.nameResolver
        if self._guarded:
            self._reactor.installNameResolver(self)
            # Only tunnels through a proxy connect by name without asking the line above: for the proxy's own name.
            self._reactor.resolver = self._inner

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """See `IHostnameResolver.resolveHostName`."""
        visit = _VISIT.get(None) or Visit(trusted=False)
        receiver = resolutionReceiver if visit.trusted else _Judge(resolutionReceiver, hostName, visit)
        found: IHostResolution = self._names.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return found


@implementer(IResolutionReceiver)
class _Judge:
    """Hands on public addresses."""

    def __init__(self, receiver: Any, name: str, visit: Visit) -> None:
        self._receiver = receiver
        self._name = name
        self._visit = visit

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if is_public(ip_address(address.host)):
            self._receiver.addressResolved(address)
        elif self._visit.refused is None:
            self._visit.refused = (
                f"{self._name} leads to {address.host}, which is no public address, so no connection is made"
            )

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()
