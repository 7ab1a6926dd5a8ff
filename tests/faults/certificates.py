"""Certificates of every kind, and an authority that a process can be told to trust."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Signs certificates; OpenSSL trusts it where SSL_CERT_FILE names its file."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def in_folder(cls, folder: Path) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        made = _builder("an authority of the tests", key, days_left=30)
        made = made.issuer_name(_name("an authority of the tests"))
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        authority = cls(folder, key, made.sign(key, hashes.SHA256()))
        authority.file.write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
        return authority

    @property
    def file(self) -> Path:
        return self.folder / "authority.pem"

    def server(self, kind: str, host: str) -> ssl.SSLContext:
        """A server's side: `good`, `expired` or `self-signed`, for one host."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _builder(host, key, days_left=-1 if kind == "expired" else 30)
        made = made.issuer_name(_name(host) if kind == "self-signed" else self.certificate.subject)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        signed = made.sign(key if kind == "self-signed" else self.key, hashes.SHA256())
        path = self.folder / f"{kind}.pem"
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        path.write_bytes(
            signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *form)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _builder(name: str, key: ec.EllipticCurvePrivateKey, *, days_left: int) -> Any:
    until = datetime.now(UTC) + days_left * DAY
    made = x509.CertificateBuilder().subject_name(_name(name)).public_key(key.public_key())
    return made.serial_number(x509.random_serial_number()).not_valid_before(until - 60 * DAY).not_valid_after(until)
