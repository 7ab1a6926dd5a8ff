"""Digests as WARC files and their indexes have them: a label, and the value in base 32 or hex."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable

from newscrawler.tape import Tape

_LABELS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "sha512": "sha512", "md5": "md5"}


def digest_of(pieces: Iterable[bytes]) -> str:
    """SHA-1 in base 32 under its label.

    >>> digest_of([b"a", b"b"])
    'sha1:3IRWCTQCI2NA27D32G62WXE4I5FRSBG4'
    """
    total = hashlib.sha1(usedforsecurity=False)
    for piece in pieces:
        total.update(piece)
    return f"sha1:{b32encode(total.digest()).decode()}"


def agrees(block: Tape, digest: str) -> bool:
    """Whether bytes have a digest, in base 32 or hex; true of a digest under a label that we do not know.

    >>> agrees(Tape(b"ab"), "md5:187ef4436122d1cc2f40dc2b92f0eba0")
    True
    """
    label, _colon, value = digest.partition(":")
    if label.lower() not in _LABELS:
        return True
    total = hashlib.new(_LABELS[label.lower()], usedforsecurity=False)
    for piece in block.pieces():
        total.update(piece)
    value = value.strip().lower().rstrip("=")
    return value in (total.hexdigest(), b32encode(total.digest()).decode().lower().rstrip("="))
