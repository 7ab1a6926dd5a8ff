"""Signing a WACZ with a key of one's own: the anonymous form of wacz-auth 0.1.0.

The text leaves the curve open; P-384 with SHA-256 over the words of the digest, the signature as two bare numbers, is
what ArchiveWeb.page writes and the only form that ReplayWeb.page checks.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
)

from newscrawler.errors import ArchiveError

VERSION = "0.1.0"
_CURVE = ec.SECP384R1
_NUMBER = 48
"""Bytes of each of the two numbers of a signature."""


class SigningKey:
    """A private key from a PEM file."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    @classmethod
    def of(cls, path: Path) -> SigningKey:
        """The key of a file; made, readable by its owner alone, where there is none.

        :raises ArchiveError: if the file cannot be read or made, or holds another kind of key.
        """
        try:
            return cls(_load(path) if path.exists() else _make(path))
        except OSError as error:
            raise ArchiveError(f"cannot use the key file {path}: {error.strerror or error}") from error

    @property
    def public(self) -> str:
        """The public key: SubjectPublicKeyInfo in base 64, as `publicKey` has it."""
        der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b64encode(der).decode()

    def sign(self, digest: str, created: str, software: str) -> dict[str, str]:
        """The `signedData` of a package.

        :param digest: `sha256:` and the hex digest of `datapackage.json`.
        :param created: as `datapackage.json` has it; `wacz validate` compares the two.
        """
        # Deterministic (RFC 6979), so that the same package signed twice is the same file.
        signed = self._key.sign(digest.encode(), ec.ECDSA(SHA256(), deterministic_signing=True))
        numbers = b"".join(number.to_bytes(_NUMBER, "big") for number in decode_dss_signature(signed))
        return {
            "hash": digest,
            "created": created,
            "software": software,
            "version": VERSION,
            "signature": b64encode(numbers).decode(),
            "publicKey": self.public,
        }


def is_signed_by(signed: Mapping[str, str], digest: str, public_key: str) -> bool:
    """Whether a `signedData` signs this digest with this key; never an error, whatever stands in it."""
    try:
        if (signed["hash"], signed["publicKey"]) != (digest, public_key):
            return False
        key = load_der_public_key(b64decode(public_key, validate=True))
        numbers = b64decode(signed["signature"], validate=True)
        if not isinstance(key, ec.EllipticCurvePublicKey) or len(numbers) != 2 * _NUMBER:
            return False
        first, second = (int.from_bytes(half, "big") for half in (numbers[:_NUMBER], numbers[_NUMBER:]))
        key.verify(encode_dss_signature(first, second), digest.encode(), ec.ECDSA(SHA256()))
    except (InvalidSignature, KeyError, ValueError, TypeError):
        return False
    return True


def _load(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise ArchiveError(f"{path} holds no private key in PEM without password; name another key file") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, _CURVE):
        raise ArchiveError(f"{path} holds a key that is not ECDSA P-384; name a file that is not there to make one")
    return key


def _make(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(_CURVE())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    return key
