"""Connections over HTTP that go where they may, end in time, and speak nothing but http and https."""

from __future__ import annotations

import socket
import threading
import time
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from newscrawler.urls import host_of
from newscrawler.wire.addresses import is_public

Place = tuple[str, int]


class PrivatePlaceError(OSError):
    """Raised where a name leads into the own machine or network; no connection is made."""


def opener(typed: str, deadline: float) -> OpenerDirector:
    """Opens http and https addresses; follows no redirect, and reads no file.

    :param typed: the address that the user gave: its host, and a proxy of the user's, may be private addresses.
    :param deadline: when everything must be over, on the monotonic clock.
    """
    made = OpenerDirector()
    for handler in (_Plain(typed, deadline), _Secure(typed, deadline)):
        made.add_handler(handler)
    for other in (ProxyHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor(), UnknownHandler()):
        made.add_handler(other)
    return made


class _Plain(HTTPHandler):
    def __init__(self, typed: str, deadline: float) -> None:
        super().__init__()
        self._typed, self._deadline = typed, deadline

    def http_open(self, req: Request) -> HTTPResponse:
        made: Any = partial(_Connection, trusted=_is_trusted(req, self._typed), deadline=self._deadline)
        return self.do_open(made, req)


class _Secure(HTTPSHandler):
    def __init__(self, typed: str, deadline: float) -> None:
        super().__init__()
        self._typed, self._deadline = typed, deadline

    def https_open(self, req: Request) -> HTTPResponse:
        made: Any = partial(_SecureConnection, trusted=_is_trusted(req, self._typed), deadline=self._deadline)
        return self.do_open(made, req)


def _is_trusted(request: Request, typed: str) -> bool:
    """Whether the connection leads to the host that the user named, or to the user's proxy."""
    goes_to_proxy = request.host != unquote(urlsplit(request.full_url).netloc)
    return goes_to_proxy or is_typed(request.full_url, typed)


def is_typed(url: str, typed: str) -> bool:
    """Whether an address is on the server that the user named, or is that server over https."""
    found, given = urlsplit(url), urlsplit(typed)
    return host_of(url) == host_of(typed) and found.port in (given.port, None, 443)


class _Bounded(HTTPConnection):
    """:param trusted: whether it may lead into the own network; :param deadline: when it is cut, whatever it does."""

    def __init__(self, *args: Any, trusted: bool, deadline: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = connect if trusted else connect_publicly
        self._deadline = deadline

    def connect(self) -> None:
        super().connect()
        # A server that sends a byte now and then never lets a socket's own timeout come.
        timer = threading.Timer(max(0.0, self._deadline - time.monotonic()), _hang_up, [self.sock])
        timer.daemon = True
        timer.start()


class _Connection(_Bounded):
    """Over http."""


class _SecureConnection(_Bounded, HTTPSConnection):
    """Over https."""


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        """It is over already."""


connect = socket.create_connection


def connect_publicly(place: Place, timeout: float | None = None, source: Place | None = None) -> socket.socket:
    """As `socket.create_connection`, but to public addresses only; names are looked up once.

    :raises PrivatePlaceError: if the name has none.
    """
    host, port = place
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    public = [address for address in dict.fromkeys(found) if is_public(ip_address(address))]
    if not public:
        raise PrivatePlaceError(f"{host} leads to {found[0]}, which is no public address")
    for address in public[:-1]:
        try:
            return connect((address, port), timeout, source)
        except OSError:
            continue
    return connect((public[-1], port), timeout, source)
