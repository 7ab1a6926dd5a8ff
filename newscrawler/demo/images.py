"""Small pictures made in code, one for each image address."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 64, 48


def png(name: str) -> bytes:
    """A valid PNG whose colours follow from the name, so that no two images have the same bytes."""
    seed = zlib.crc32(name.encode())
    red, green, blue = seed & 0xFF, seed >> 8 & 0xFF, seed >> 16 & 0xFF
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)  # the filter byte that opens each row
        for x in range(WIDTH):
            rows += bytes(((red + 2 * x) & 0xFF, (green + 3 * y) & 0xFF, (blue + x + y) & 0xFF))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"tEXt", b"Comment\0" + f"{seed:08x}".encode()), (b"IDAT", zlib.compress(rows)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
