"""WARC and WACZ files as others make them: by their own programs where those are there, else laid out by hand."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import pytest

URL = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/2755"
DATE = "2020-02-03T04:05:06Z"
RESPONSE, REQUEST = "application/http; msgtype=response", "application/http; msgtype=request"


def uid(name: str) -> str:
    """The same id for the same name, each time."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>"


def sha1(data: bytes) -> str:
    return f"sha1:{b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()}"


def sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def record(kind: str, url: str | None, block: bytes, *, version: str = "WARC/1.0", **more: str) -> bytes:
    """A record with what every one must have; `more` adds and replaces headers, `_` standing for `-`, and None-like
    empty texts leave them out."""
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": uid(f"{kind} {url} {sha1(block)}"),
        "WARC-Date": DATE,
        **({"WARC-Target-URI": url} if url is not None else {}),
        **({"Content-Type": RESPONSE} if kind in ("response", "revisit") else {}),
        **({"Content-Type": REQUEST} if kind == "request" else {}),
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = [version, *(f"{name}: {value}" for name, value in headers.items() if value), "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def warcinfo(fields: str = "software: maker/1\r\noperator: Thư viện\r\n", **more: str) -> bytes:
    return record("warcinfo", None, fields.encode(), Content_Type="application/warc-fields", **more)


def http(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    lines = [status, *(headers or ("Content-Type: text/html; charset=utf-8",)), "", ""]
    return "\r\n".join(lines).encode() + body


def packed(records: Iterable[bytes]) -> bytes:
    """One gzip member for each record, as it should be."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def chunked(body: bytes, size: int = 1000) -> bytes:
    pieces = (body[i : i + size] for i in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def browsertrix(pages: dict[str, bytes]) -> list[bytes]:
    """As browsertrix-crawler 1.x: bodies decoded, what the server said of them under x-orig-, SHA-256 digests, and
    page information as resources."""
    records = [
        warcinfo("software: Browsertrix-Crawler 1.6.1 (with warcio.js 2.4.4)\r\nformat: WARC File Format 1.1\r\n")
    ]
    for url, body in pages.items():
        head = (
            "content-type: text/html; charset=utf-8",
            f"content-length: {len(body)}",
            "x-orig-content-encoding: gzip",
            "x-orig-transfer-encoding: chunked",
        )
        block = http(body, *head, status="HTTP/1.1 200 OK")
        digests = {"WARC_Payload_Digest": sha256(body), "WARC_Block_Digest": sha256(block)}
        extra = {"WARC_Page_ID": "3c0a", "WARC_Resource_Type": "document", "WARC_JSON_Metadata": '{"ipType":"Public"}'}
        answer = record(
            "response", url, block, version="WARC/1.1", WARC_Date="2020-02-03T04:05:06.789Z", **digests, **extra
        )
        ask = f"GET {urlsplit(url).path} HTTP/1.1\r\nuser-agent: Mozilla/5.0\r\n\r\n".encode()
        concurrent = {"WARC_Concurrent_To": uid(f"response {url} {sha1(block)}")}
        request = record("request", url, ask, version="WARC/1.1", WARC_Date="2020-02-03T04:05:06.789Z", **concurrent)
        info = json.dumps({"pageid": "3c0a", "url": url, "urls": {url: {"status": 200}}}).encode()
        pageinfo = record("resource", f"urn:pageinfo:{url}", info, version="WARC/1.1", Content_Type="application/json")
        shot = record("resource", f"urn:view:{url}", b"\x89PNG", version="WARC/1.1", Content_Type="image/png")
        records += [answer, request, pageinfo, shot]
    return records


def common_crawl(pages: dict[str, bytes]) -> list[bytes]:
    """As Common Crawl: content decoded, the server's headers about it renamed, the request first."""
    records = [warcinfo("isPartOf: CC-MAIN-2020-10\r\npublisher: Common Crawl\r\nsoftware: Apache Nutch 1.16\r\n")]
    for url, body in pages.items():
        head = (
            "Content-Type: text/html; charset=UTF-8",
            "X-Crawler-Transfer-Encoding: chunked",
            "X-Crawler-Content-Encoding: gzip",
            f"Content-Length: {len(body)}",
        )
        block = http(body, *head, status="HTTP/2 200")
        answer_id, request_id = uid(f"cc answer {url}"), uid(f"cc request {url}")
        ask = f"GET {urlsplit(url).path} HTTP/2\r\nUser-Agent: CCBot/2.0\r\n\r\n".encode()
        common = {"WARC_IP_Address": "203.0.113.9", "WARC_Warcinfo_ID": uid("cc info")}
        request = record("request", url, ask, WARC_Record_ID=request_id, **common)
        digests = {"WARC_Payload_Digest": sha1(body), "WARC_Block_Digest": sha1(block)}
        links = {"WARC_Record_ID": answer_id, "WARC_Concurrent_To": request_id}
        more = {"WARC_Identified_Payload_Type": "text/html", "WARC_Protocol": "h2,tls/1.3"}
        answer = record("response", url, block, **links, **common, **digests, **more)
        fields = b"fetchTimeMs: 190\r\ncharset-detected: UTF-8\r\n"
        note = record("metadata", url, fields, Content_Type="application/warc-fields", WARC_Concurrent_To=answer_id)
        records += [request, answer, note]
    return records


def heritrix(pages: dict[str, bytes]) -> list[bytes]:
    """As Heritrix 3: bytes as they came, chunk framing and all, a payload digest of the framing too, DNS answers, and
    revisits that name address and date."""
    records = [
        warcinfo(
            "software: Heritrix/3.4.0 http://crawler.archive.org\r\nisPartOf: thanhdoan\r\noperator: Thư viện\r\n"
        ),
        record("response", "dns:thanhdoan.hochiminhcity.gov.vn", b"20200203040506\n", Content_Type="text/dns"),
    ]
    for url, body in pages.items():
        framed = chunked(gzip.compress(body, mtime=0))
        head = ("Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
        block = http(framed, *head)
        answer_id = uid(f"heritrix {url}")
        answer = record(
            "response",
            url,
            block,
            WARC_Record_ID=answer_id,
            WARC_Payload_Digest=sha1(framed),
            WARC_IP_Address="203.0.113.9",
        )
        ask = f"GET {urlsplit(url).path} HTTP/1.0\r\n\r\n".encode()
        request = record("request", url, ask, WARC_Concurrent_To=answer_id)
        fields = b"via: http://thanhdoan.hochiminhcity.gov.vn/\r\nhopsFromSeed: L\r\nfetchTimeMs: 68\r\n"
        note = record("metadata", url, fields, Content_Type="application/warc-fields", WARC_Concurrent_To=answer_id)
        again = {
            "WARC_Date": "2020-02-04T04:05:06Z",
            "WARC_Payload_Digest": sha1(framed),
            "WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
            "WARC_Refers_To_Target_URI": url,
            "WARC_Refers_To_Date": DATE,
        }
        records += [answer, request, note, record("revisit", url, http(b"", *head), **again)]
    return records


def wacz(path: Path, files: dict[str, bytes], *, hashes: dict[str, str] | None = None) -> Path:
    """A WACZ with these files, such as `archive/a.warc.gz`.

    :param hashes: in place of the right ones, by path.
    """
    named = {**files, "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n'}
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": (hashes or {}).get(name, sha256(data)),
            "bytes": len(data),
        }
        for name, data in named.items()
    ]
    package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": sha256(package)}).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in {**named, "datapackage.json": package, "datapackage-digest.json": digest}.items():
            archive.writestr(name, data)
    return path


def without_proxies(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | more


def by_wget(folder: Path, proxy: str, urls: Iterable[str], *options: str) -> Path:
    """Recorded by GNU Wget."""
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget is not installed")
    command = [wget, "-q", "-O", os.devnull, f"--warc-file={folder / 'wget'}", *options, "-i", "-"]
    # Code 8: the server answered with an error, which is recorded as well.
    done = subprocess.run(command, input="\n".join(urls), text=True, env=without_proxies(http_proxy=proxy), timeout=60)
    assert done.returncode in (0, 8)
    return next(folder.glob("wget.warc*"))


_CAPTURE = """
import sys
from warcio.capture_http import capture_http
import urllib.request
urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({"http": sys.argv[2]})))
with capture_http(sys.argv[1], warc_version="1.1"):
    for url in sys.argv[3:]:
        urllib.request.urlopen(url).read()
"""


def by_warcio(folder: Path, proxy: str, urls: Iterable[str]) -> Path:
    """Recorded by warcio's `capture_http`, in a process of its own, for it changes Python's HTTP client."""
    path = folder / "warcio.warc.gz"
    subprocess.run([sys.executable, "-c", _CAPTURE, str(path), proxy, *urls], check=True, timeout=60)
    return path


NO_TABLES = ("--dedup-db-file", "/dev/null", "--stats-db-file", "/dev/null")


def warcprox_program() -> str | None:
    """Where warcprox is: beside this Python, on the path, or where NEWSCRAWLER_WARCPROX says."""
    beside = Path(sys.executable).with_name("warcprox")
    return os.environ.get("NEWSCRAWLER_WARCPROX") or (str(beside) if beside.exists() else shutil.which("warcprox"))


def by_warcprox(folder: Path, server: str, urls: Sequence[str]) -> Path:
    """Recorded by warcprox, a proxy that writes down what it passes on. It connects to nobody on loopback, but a SOCKS
    proxy may: that one leads every connection to the sample server."""
    program = warcprox_program()
    if program is None:
        pytest.skip("warcprox is not installed; NEWSCRAWLER_WARCPROX names its program")
    port = free_port()
    with leading_to(server) as socks:
        # Its tables may not be there yet when it already listens: the first answer was lost now and then.
        options = ["-p", str(port), "-d", str(folder), "-z", "-n", "warcprox", "--socks-proxy", socks]
        command = [program, *options, *NO_TABLES]
        with running(command, port, folder):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": f"http://127.0.0.1:{port}"}))
            for url in urls:
                with contextlib.suppress(urllib.error.HTTPError), opener.open(url, timeout=20) as answer:
                    answer.read()
            # It answers before it writes, and asked to end it forgets what it has not begun to write.
            until(lambda: all(f"WARC-Target-URI: {url}\r\n".encode() in recorded_so_far(folder) for url in urls))
    return next(folder.glob("*.warc.gz"))


def recorded_so_far(folder: Path) -> bytes:
    """All that is in the WARC files of a recorder that is still writing."""
    found = b""
    for path in folder.glob("*.warc.gz*"):
        rest = path.read_bytes()
        while rest:
            inflater = zlib.decompressobj(wbits=31)
            found += inflater.decompress(rest)
            rest = inflater.unused_data
    return found


def until(done: Callable[[], bool]) -> None:
    """Look again and again, for at most 20 seconds."""
    for _ in range(400):
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to pass")


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A program that listens on a port; it is asked to end, and waited for."""
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=without_proxies(), cwd=folder)
    try:
        for _ in range(400):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.05):
                break
            try:
                process.wait(0.05)
                raise AssertionError(log.read_text("utf-8", "replace"))
            except subprocess.TimeoutExpired:
                pass
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def leading_to(server: str) -> Iterator[str]:
    """A SOCKS 5 proxy (RFC 1928) on loopback, without passwords, that leads every connection to one server."""
    target = urlsplit(server)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_accept, args=(listening, (target.hostname, target.port)), daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def _accept(listening: socket.socket, target: tuple[str, int]) -> None:
    with contextlib.suppress(OSError):
        while True:
            client, _address = listening.accept()
            threading.Thread(target=_lead, args=(client, target), daemon=True).start()


def _lead(client: socket.socket, target: tuple[str, int]) -> None:
    with contextlib.suppress(OSError), client, client.makefile("rb") as reader:
        _version, methods = struct.unpack("BB", reader.read(2))
        reader.read(methods)
        client.sendall(b"\x05\x00")
        _version, _command, _reserved, kind = struct.unpack("BBBB", reader.read(4))
        reader.read({1: 4, 4: 16}.get(kind) or reader.read(1)[0])
        reader.read(2)
        with socket.create_connection(target) as server:
            client.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            back = threading.Thread(target=_pump, args=(server, client), daemon=True)
            back.start()
            _pump(client, server)
            back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
