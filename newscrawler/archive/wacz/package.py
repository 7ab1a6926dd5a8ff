"""WACZ packages: WARC files, an index, a list of pages and the sums of all of them in one ZIP file (WACZ 1.1.1).

Streamed, so that an archive larger than memory can be handed on, and without a clock, so that the same archive gives
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

VERSION = "1.1.1"
PACKAGE = "datapackage.json"
DIGEST = "datapackage-digest.json"

_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP file can tell."""
_ZIP32 = 1 << 31
"""Bytes of a member beyond which readers need ZIP64."""
_PERMISSIONS = 0o644 << 16

Signer = Callable[[str], Mapping[str, str]]
"""From `sha256:` and the hex digest of `datapackage.json` to the `signedData` beside it."""


class Sink(Protocol):
    """Where the content of a member goes."""

    def write(self, data: bytes, /) -> int:
        """Add at the end."""


@dataclass(frozen=True)
class Resource:
    """One member of the package, as `datapackage.json` lists it."""

    path: str
    hash: str
    """`sha256:` and the hex digest."""
    size: int

    def listed(self) -> dict[str, Any]:
        """As Frictionless Data Package has it."""
        return {"name": self.path.rpartition("/")[2], "path": self.path, "hash": self.hash, "bytes": self.size}


class _Hashed:
    """Passes on what is written, and adds it up."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._sum, self.size = sink, hashlib.sha256(), 0

    def write(self, data: bytes, /) -> int:
        self._sum.update(data)
        self.size += len(data)
        return self._sink.write(data)

    @property
    def hash(self) -> str:
        return f"sha256:{self._sum.hexdigest()}"


class WaczWriter:
    """Writes the members of a package, and last of all the list of them; to be used in a `with` block.

    :param stream: seekable, opened for writing bytes.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = ZipFile(stream, "w", allowZip64=True)
        self.resources: list[Resource] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        # What fails here failed before; unclosed, the ZIP file would try again when the stream is long gone.
        with suppress(OSError, ValueError):
            self._zip.close()

    @contextmanager
    def member(self, path: str, *, size: int = 0) -> Iterator[Sink]:
        """A sink for the content of one member; all before it must be closed.

        What is gzip already is stored as it is, so that others can read parts of it in place (WACZ 1.1.1, “Zip
        Compression”).

        :param size: about how long it will be, if that is known to be much.
        """
        info = _info(path)
        with self._zip.open(info, "w", force_zip64=size >= _ZIP32) as member:
            hashed = _Hashed(member)
            yield hashed
        self.resources.append(Resource(path, hashed.hash, hashed.size))

    def finish(self, description: Mapping[str, str], sign: Signer | None = None) -> None:
        """Write `datapackage.json` and its digest, and the ZIP file's own list.

        :param description: title, description, created, software, … as the standard names them.
        """
        resources = [resource.listed() for resource in self.resources]
        package = _json({"profile": "data-package", "wacz_version": VERSION, **description, "resources": resources})
        self._zip.writestr(_info(PACKAGE), package)
        digest: dict[str, Any] = {"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        if sign is not None:
            digest["signedData"] = dict(sign(digest["hash"]))
        self._zip.writestr(_info(DIGEST), _json(digest))
        self._zip.close()


def _info(path: str) -> ZipInfo:
    info = ZipInfo(path, _NO_DATE)
    info.compress_type = ZIP_STORED if path.endswith(".gz") else ZIP_DEFLATED
    info.create_system, info.external_attr = 3, _PERMISSIONS
    return info


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
