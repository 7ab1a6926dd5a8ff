"""The scenes: which faults are crawled together, how, and what came of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from tests.faults import content, hosts, network, traps
from tests.faults.case import Fault, Trace, nothing_to_say
from tests.faults.certificates import Authority
from tests.faults.scene import PATIENCE, Run, Stage, crawl, sound
from tests.faults.server import Asked, FaultServer, serving
from tests.faults.traces import Traces

CURED = Trace(asked=1, captures=None, problems=None)
"""Asked for once more, and whole."""


@dataclass(frozen=True)
class Shown:
    """One fault that was acted, and what it left."""

    fault: Fault
    found: Trace

    @property
    def ok(self) -> bool:
        return self.found == self.fault.wanted


@dataclass
class Played:
    """A scene that is over."""

    name: str
    shown: list[Shown]
    runs: list[Run]
    log: list[Asked]
    limit: float
    """Seconds that no request may exceed."""
    wrong: list[str] = field(default_factory=list)
    """What else is not as wanted."""


def _wrong(traces: Traces, stage: Stage, run: Run, codes: Sequence[int]) -> list[str]:
    """One bad page never stops a crawl: all real articles beside them are stored, and the exit code says how it was.

    In the long form, the archive is made again from its WARC files, and has the same rows.
    """
    lost = traces.lost(list(stage.good))
    return [
        *(sound(traces.folder) if content.LONG and stage.good else []),
        *([f"articles lost beside the faults: {lost}"] if lost else []),
        *([f"exit code {run.code} instead of {codes}"] if run.code not in codes else []),
        *(["a traceback in the log"] if "Traceback" in run.log else []),
    ]


def _secrets(log: Sequence[Asked]) -> list[str]:
    heads = [(each.url, each.head.lower()) for each in log]
    return [
        f"{url} was sent a secret" for url, head in heads if b"\r\ncookie:" in head or b"\r\nauthorization:" in head
    ]


def on_site(
    name: str,
    faults: list[Fault],
    folder: Path,
    codes: Sequence[int] = (3,),
    limit: float = PATIENCE,
    at_a_time: int = 4,
    **stage: object,
) -> Played:
    """Faults among the real articles of one site, by the spider `thanhdoan`."""
    acted = Stage(faults, **stage)
    server = FaultServer(acted.answer)
    with serving(server):
        run = crawl(
            folder,
            ["newscrawler", "crawl", "thanhdoan"],
            server.url,
            {"DOWNLOAD_TIMEOUT": limit, "CONCURRENT_REQUESTS_PER_DOMAIN": at_a_time},
        )
    traces = Traces(folder / "data", server.log)
    shown = [Shown(fault, traces.of(fault)) for fault in faults]
    wrong = _wrong(traces, acted, run, codes) + _secrets(server.log)
    return Played(name, shown, [run], server.log, limit, wrong)


def connections(folder: Path) -> Played:
    """Broken connections; then the same command again, once the site is well: what could not be had is had."""
    faults = network.connections()
    ill = on_site("connections", faults, folder)
    well = Stage([fault for fault in faults if fault.wanted.state != "done"], healed=True)
    server = FaultServer(well.answer)
    with serving(server):
        run = crawl(folder, ["newscrawler", "crawl", "thanhdoan"], server.url)
    traces = Traces(folder / "data", server.log)
    cured = [
        replace(fault, name=f"{fault.name}, then well", wanted=CURED, text=None, look=nothing_to_say)
        for fault in well.faults
    ]
    shown = [*ill.shown, *(Shown(fault, traces.of(fault)) for fault in cured)]
    wrong = ill.wrong + _wrong(traces, well, run, (0,))
    return Played("connections", shown, [*ill.runs, run], ill.log + server.log, PATIENCE, wrong)


def answers(folder: Path) -> Played:
    faults = [*network.redirects(), *network.answers(), *content.letters(), *content.markup()]
    return on_site("answers", faults, folder, limit=20)


def codings(folder: Path) -> Played:
    return on_site("codings", content.codings(), folder, limit=20, at_a_time=1)


def structures(folder: Path) -> Played:
    return on_site("structures", content.structures(), folder, limit=20, at_a_time=1)


def trapped(folder: Path) -> Played:
    return on_site("traps", traps.traps(), folder, codes=(0, 3), doors=traps.doors(), more=traps.answer)


def again(folder: Path) -> Played:
    """A good copy is in the archive; then the site breaks."""
    faults = network.afterwards()
    runs, log = [], []
    for healed in (True, False):
        stage = Stage(faults, healed=healed)
        server = FaultServer(stage.answer)
        with serving(server):
            runs.append(crawl(folder, ["newscrawler", "crawl", "thanhdoan", "--full"], server.url))
        log = server.log
    traces = Traces(folder / "data", log)
    shown = [Shown(fault, traces.of(fault)) for fault in faults]
    return Played("again", shown, runs, log, PATIENCE, _wrong(traces, stage, runs[-1], (3,)))


def many_hosts(folder: Path) -> Played:
    """Each fault on a host of its own, through the proxy."""
    faults = hosts.behind_proxy()
    stage = Stage(faults, good=())
    server = FaultServer(stage.answer)
    with serving(server):
        run = _by_address(folder, faults, {}, proxy=server.url)
    return _played("hosts", faults, folder, server.log, run, (4,))


def direct(folder: Path) -> Played:
    """Names and certificates, without a proxy."""
    folder.mkdir(parents=True, exist_ok=True)
    authority = Authority.in_folder(folder)
    plain = FaultServer(lambda _url, _time: ())
    kinds = ("expired", "self-signed", "good")
    secure = {kind: FaultServer(lambda _url, _time: (), authority.server(kind, _host_of(kind))) for kind in kinds}
    with serving(plain, *secure.values()):
        faults = [*hosts.names(plain.port), *hosts.encrypted({kind: server.port for kind, server in secure.items()})]
        stage = Stage(faults, good=())
        for server in (plain, *secure.values()):
            server.answer = lambda url, time: stage.answer(_as_named(url, faults), time)
        known = {urlsplit(fault.url).hostname or "": "127.0.0.1" for fault in faults if fault.row == 15}
        run = _by_address(folder, faults, known, ["rieng.example.invalid"], SSL_CERT_FILE=str(authority.file))
    log = [replace(each, url=_as_named(each.url, faults)) for server in secure.values() for each in server.log]
    return _played("direct", faults, folder, log, run, (4,))


def guarded(folder: Path) -> Played:
    """Addresses of the own network, without a proxy; a server listens there and must hear nothing."""
    server = FaultServer(lambda _url, _time: ())
    with serving(server):
        faults = hosts.private(server.port)
        run = _by_address(folder, faults, hosts.ADDRESSES, settings={"ALLOW_PRIVATE_ADDRESSES": False})
    played = _played("private", faults, folder, server.log, run, (1,))
    if server.handshakes:
        played.wrong.append(f"{server.handshakes} connections reached the server")
    return played


def _host_of(kind: str) -> str:
    return {"expired": "cu", "self-signed": "rieng", "good": "tot"}[kind] + ".example.invalid"


def _as_named(url: str, faults: Sequence[Fault]) -> str:
    """The address that was asked for at a server which is asked for paths alone."""
    path = urlsplit(url).path
    return next((fault.url for fault in faults if fault.url.endswith(path) and path != "/robots.txt"), url)


def _by_address(
    folder: Path,
    faults: Sequence[Fault],
    known: Mapping[str, str],
    accepted: Sequence[str] = (),
    proxy: str = "",
    settings: Mapping[str, object] | None = None,
    **environment: str,
) -> Run:
    folder.mkdir(parents=True, exist_ok=True)
    plan = folder / "plan.json"
    urls = [fault.url for fault in faults]
    plan.write_text(json.dumps({"urls": urls, "addresses": dict(known), "accepted": list(accepted)}), "utf-8")
    used = {"DNS_TIMEOUT": 1, "ALLOW_PRIVATE_ADDRESSES": True, **(settings or {})}
    return crawl(folder, ["tests.faults.spider", str(plan)], proxy, used, **environment)


def _played(name: str, faults: list[Fault], folder: Path, log: list[Asked], run: Run, codes: Sequence[int]) -> Played:
    traces = Traces(folder / "data", log)
    shown = [Shown(fault, traces.of(fault)) for fault in faults]
    return Played(name, shown, [run], log, PATIENCE, _wrong(traces, Stage([], good=()), run, codes))


SCENES: dict[str, Callable[[Path], Played]] = {
    "connections": connections,
    "answers": answers,
    "codings": codings,
    "structures": structures,
    "again": again,
    "hosts": many_hosts,
    "direct": direct,
    "private": guarded,
    "traps": trapped,
}
