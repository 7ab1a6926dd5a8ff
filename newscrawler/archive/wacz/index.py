"""The index within a WACZ, in the form ZipNum: many gzip members behind one another, and a list of their first lines.

A reader over the network fetches one member and not the whole index. `index.cdx.gz` is also the only name of an index
that pywb takes over from a package; ReplayWeb.page goes by the list.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from newscrawler.archive.wacz.package import Sink, WaczWriter

LINES_PER_MEMBER = 300
"""As cdxj-indexer has it."""

_INDEX, _LIST = "indexes/index.cdx.gz", "indexes/index.idx"
_META = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
_GZIP_WINDOW = 31


def add_index(package: WaczWriter, lines: Iterable[bytes]) -> int:
    """Write the index; gives the number of its lines.

    :param lines: of CDXJ, in order, with their line breaks.
    """
    count = 0
    listed = [f"!meta 0 {json.dumps(_META)}\n".encode()]
    with package.member(_INDEX) as sink:
        for line, size in _members(sink, iter(lines)):
            listed.append(line)
            count += size
    with package.member(_LIST) as sink:
        sink.write(b"".join(listed))
    return count


def _members(sink: Sink, lines: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """Write member by member; gives a line of the list for each, and how many lines it holds."""
    offset = 0
    while block := list(islice(lines, LINES_PER_MEMBER)):
        compressor = zlib.compressobj(wbits=_GZIP_WINDOW)
        member = compressor.compress(b"".join(block)) + compressor.flush()
        sink.write(member)
        place = {"offset": offset, "length": len(member), "digest": f"sha256:{hashlib.sha256(member).hexdigest()}"}
        yield b" ".join([*block[0].split(b" ", 2)[:2], json.dumps(place).encode()]) + b"\n", len(block)
        offset += len(member)
