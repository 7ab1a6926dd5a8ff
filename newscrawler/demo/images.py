"""Pictures made in code, one for each image address, about as large as photographs of news pages are."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from random import Random

WIDTH, HEIGHT = 200, 150
_CHANNELS = 3
_NOISE = bytes(value & 3 for value in range(256))
"""Two bits of each sample are noise, as on a photograph; without them such a picture would shrink to almost nothing."""
_SMOOTH = bytes(value & ~3 for value in range(256))


@lru_cache(maxsize=256)
def png(name: str, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A valid PNG whose colours follow from the name, so that no two images have the same bytes; about 80 KB at its
    full size."""
    seed = zlib.crc32(name.encode())
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = _with_noise(_gradient(seed, width, height), Random(seed), width, height)
    chunks = ((b"IHDR", header), (b"tEXt", b"Comment\0" + f"{seed:08x}".encode()), (b"IDAT", zlib.compress(rows, 1)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks) + _chunk(b"IEND", b"")


def _gradient(seed: int, width: int, height: int) -> bytes:
    """Rows of samples: red grows to the right, green downward, blue both ways; each row opens with its filter byte."""
    red, green, blue = seed & 0xFF, seed >> 8 & 0xFF, seed >> 16 & 0xFF
    reds = bytes(_shade(red + x) for x in range(width))
    blues = bytes(_shade(blue + x) for x in range(width + height))
    rows = bytearray()
    for y in range(height):
        row = bytearray(1 + _CHANNELS * width)
        row[1::_CHANNELS] = reds
        row[2::_CHANNELS] = bytes((_shade(green + y),)) * width
        row[3::_CHANNELS] = blues[y : y + width]
        rows += row
    return bytes(rows)


def _shade(value: int) -> int:
    """Up to full and down again, so that no edge crosses the picture."""
    return value & 0xFF if not value & 0x100 else 0xFF - (value & 0xFF)


def _with_noise(rows: bytes, random: Random, width: int, height: int) -> bytes:
    noise = bytearray(random.randbytes(len(rows)).translate(_NOISE))
    noise[:: 1 + _CHANNELS * width] = bytes(height)  # the filter bytes stay as they are
    smooth = int.from_bytes(rows.translate(_SMOOTH))
    return (smooth | int.from_bytes(noise)).to_bytes(len(rows))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
