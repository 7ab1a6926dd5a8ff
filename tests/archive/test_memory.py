"""A record may be longer than memory: it is digested, written and read back piece by piece."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, times

MEGABYTE = 1 << 20
BIG = '''
import sys
from dataclasses import replace
from pathlib import Path
from newscrawler.archive.digest import digest_of
from newscrawler.archive.reader import read_at, records
from newscrawler.tape import Tape
from tests.archive.exchanges import exchange, writer

def most() -> int:
    """Kilobytes of memory that this process has held at most; of itself alone, as getrusage does not give it."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])

folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
small = writer(folder / "small")
capture = small.write(exchange())
small.close()
list(records(folder / "small" / capture.filename))
before = most()

tape = Tape(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n", folder=folder)
for number in range(megabytes):
    tape.write(b"100000\\r\\n" + number.to_bytes(4, "big") * (1 << 18) + b"\\r\\n")
tape.write(b"0\\r\\n\\r\\n")
warc = writer(folder / "big")
capture = warc.write(replace(exchange(), response=tape))
warc.close()
path = folder / "big" / capture.filename
assert [record.kind for record in records(path)] == ["warcinfo", "response", "request"]
record = read_at(path, capture.offset)
assert len(record.block) == len(tape) > megabytes << 20
assert digest_of(record.message.entity()) == capture.digest
print(most() - before)
'''


def test_a_record_of_hundreds_of_megabytes_is_never_whole_in_memory(tmp_path: Path) -> None:
    size = times(200, 1000)
    words = [sys.executable, "-c", BIG, str(tmp_path), str(size)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    more = int(done.stdout) * 1024
    print(f"writing and reading a record of {size} MB took {more / MEGABYTE:.1f} MB more memory than a small one")
    assert more < 20 * MEGABYTE
