"""What the browser is told to refuse, on every answer of the server (facts: reliability §4, scrapy §5)."""

from __future__ import annotations

from collections.abc import Mapping

# Pages of ours: nothing but our own style sheet, script, pictures and frame; no inline code, no other host.
OURS = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-src 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# Datasette's own pages style and script themselves inline; what they show is escaped, and no other host is let in.
DATASETTE = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A page as it was captured: no scripts, no forms, an origin of its own, and nothing from any host at all.
CAPTURED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def with_policy(policy: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Headers of an answer under one of the policies above."""
    return {"content-security-policy": policy, **(more or {})}


def completed(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """An answer's headers with those that every answer bears; a policy that the page chose itself stays."""
    names = {name.lower() for name, _ in headers}
    wanted = {**ALWAYS, "content-security-policy": DATASETTE}
    return headers + [(name.encode(), value.encode()) for name, value in wanted.items() if name.encode() not in names]
