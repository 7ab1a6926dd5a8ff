"""A folder that is being filled, with the sum of each file beside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from newscrawler.export.places import MARK
from newscrawler.export.sink import Sink


class Folder:
    """Takes files one by one; memory holds none of them.

    :param root: made by `new_folder`.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.size = 0
        """Bytes of all files."""

    def add(self, path: str, data: bytes) -> None:
        """Write a file.

        :param path: from the root, with slashes; each of its parts a plain name.
        :raises OSError: if the disk does not take it.
        """
        place = self._root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        self._note(path, sha256(data).hexdigest(), len(data))

    def has(self, path: str) -> bool:
        """Whether the file is there already."""
        return (self._root / path).exists()

    def sum_of(self, path: str) -> tuple[int, str]:
        """Bytes of a file that is there, and their SHA-256 in hex."""
        data = (self._root / path).read_bytes()
        return len(data), sha256(data).hexdigest()

    @contextmanager
    def growing(self, path: str) -> Iterator[Sink]:
        """A file at the root that is written line by line while others are added."""
        with (self._root / path).open("wb") as stream:
            taken = Sink(stream)
            yield taken
        self._note(path, taken.hash, taken.size)

    def _note(self, path: str, sum_: str, size: int) -> None:
        with (self._root / MARK).open("a", encoding="ascii") as sums:
            sums.write(f"{sum_}  {path}\n")
        self.size += size
