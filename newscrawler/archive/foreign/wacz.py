"""The WARC files within a WACZ (webrecorder/specs, WACZ 1.1.1): streamed from the zip, their names never used as
paths."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from newscrawler.errors import ForeignFileError

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
MOST_MEMBERS = 10_000
MOST_DIRECTORY = 1 << 23
"""Bytes of a zip's directory, which is read whole."""
DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    struct.error,
)
"""What `zipfile` raises over zips that are damaged, or packed as we do not read them."""

_PACKAGE = "datapackage.json"
_DIGEST = "datapackage-digest.json"
_LARGEST_JSON = 1 << 24
_WARC = (".warc", ".warc.gz", ".warc.zst")
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_LONGEST_END = 22 + (1 << 16)
_ENCRYPTED = 1


class Wacz:
    """A WACZ opened for reading.

    :raises ForeignFileError: if it is none, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        _check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except DAMAGE as error:
            raise ForeignFileError("is a zip that is cut or damaged; fetch it again") from error
        self.members = self._warcs(path.stat().st_size)
        """The WARC files in it."""

    def _warcs(self, size: int) -> list[zipfile.ZipInfo]:
        infos = self._zip.infolist()
        found = [info for info in infos if info.filename.startswith("archive/") and info.filename.endswith(_WARC)]
        if not found:
            raise ForeignFileError("is a zip, but no WACZ: it holds no WARC file under archive/")
        if len(found) > MOST_MEMBERS or sum(info.compress_size for info in infos) > size:
            raise ForeignFileError("holds more than a file of its size can, as only a zip bomb does")
        if any(info.flag_bits & _ENCRYPTED for info in found):
            raise ForeignFileError("is protected by a password; unpack it and import the WARC files in it")
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in found):
            raise ForeignFileError("is packed in a way that WACZ does not know; unpack it and import the WARC files")
        return found

    def open(self, member: zipfile.ZipInfo) -> IO[bytes]:
        """One of `members` as a stream; what it raises is among DAMAGE."""
        return self._zip.open(member)

    def close(self) -> None:
        """Close the zip."""
        self._zip.close()

    def hashes(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """What datapackage.json states: path → hash; and what is wrong with that, as clauses."""
        content = self._content(_PACKAGE) or b""
        package, stated = _json(content), _json(self._content(_DIGEST) or b"{}")
        resources = package.get("resources") if isinstance(package, dict) else None
        digest = stated.get("hash", "") if isinstance(stated, dict) else ""
        altered = bool(digest) and not agrees_with(digest, sha256(content).hexdigest())
        faults = (f"its {_PACKAGE} differs from the hash in {_DIGEST}",) if altered else ()
        listed = resources if isinstance(resources, list) else []
        pairs = ((each.get("path"), each.get("hash")) for each in listed if isinstance(each, dict))
        return {path: value for path, value in pairs if isinstance(path, str) and isinstance(value, str)}, faults

    def _content(self, name: str) -> bytes | None:
        try:
            with self._zip.open(name) as stream:
                content = stream.read(_LARGEST_JSON + 1)
        except (KeyError, OSError):
            return None
        except DAMAGE:
            return None
        return content if len(content) <= _LARGEST_JSON else None


@contextmanager
def opened_wacz(path: Path) -> Iterator[Wacz]:
    """A WACZ for a `with` block."""
    wacz = Wacz(path)
    try:
        yield wacz
    finally:
        wacz.close()


def agrees_with(stated: object, digest: str) -> bool:
    """Whether a hash as WACZ writes it (`sha256:` and hex) is this SHA-256; true of a hash of another kind.

    >>> agrees_with("sha256:AB", "ab"), agrees_with("md5:00", "ab"), agrees_with("sha256:00", "ab")
    (True, True, False)
    """
    label, _colon, value = str(stated).partition(":")
    return label.lower() not in ("sha256", "sha-256") or value.strip().lower() == digest


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _check_directory(path: Path) -> None:
    """`zipfile` reads the whole directory into memory, with an object for each of its entries."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_END - 76))
        tail = file.read()
    place = tail.rfind(_END)
    length = int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0
    if length == 0xFFFFFFFF:
        place = tail.rfind(_END_64)
        length = int.from_bytes(tail[place + 40 : place + 48], "little") if place >= 0 else 0
    if length > MOST_DIRECTORY:
        raise ForeignFileError("has a longer list of files than any WACZ")
