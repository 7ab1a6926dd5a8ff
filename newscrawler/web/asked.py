"""What a reader asked for: the address taken apart, and the language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("vi", "en")
_PREFERENCE = re.compile(r"\s*([a-z]{2})\b[^,;]*(?:;\s*q=([01](?:\.\d{0,3})?))?", re.IGNORECASE)
_LONGEST = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request, without anything of a web server in it."""

    folder: Path
    """Of the archive: where `news.db` and `warc/` lie."""
    path: str = "/"
    parts: Mapping[str, str] = field(default_factory=dict)
    """What the named groups of the route matched."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The query string; of names that stand twice the last, of long values the first 1,000 characters."""
    lang: str = "vi"
    origin: str = ""
    """`https://host:port` of the server as the reader sees it, for what is read elsewhere; empty if unknown."""

    def text(self, name: str) -> str:
        """A value without blanks around it, or an empty text."""
        return self.values.get(name, "")[:_LONGEST].strip()

    def number(self, name: str, *, least: int = 1, most: int = 1_000_000, otherwise: int = 1) -> int:
        """A value as a whole number within limits; `otherwise` where it is none.

        >>> Asked(folder=Path(), values={"page": "-3"}).number("page")
        1
        """
        text = self.text(name)
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            return otherwise
        return min(max(int(text), least), most)


def unplaced(sentence: str, folder: Path) -> str:
    """A sentence without where on this machine the archive lies: no visitor needs that.

    >>> unplaced("/srv/youth/news.db is damaged", Path("/srv/youth"))
    'news.db is damaged'
    """
    for place in (folder, folder.resolve()):
        sentence = (
            sentence.replace(f"{place}/", "").replace(str(place), "the archive") if place.is_absolute() else sentence
        )
    return sentence


def language(chosen: str, cookie: str, accepted: str) -> str:
    """The language of a page: what the address says, else what was chosen before, else what the browser prefers.

    >>> language("", "", "fr, en;q=0.8, vi;q=0.3")
    'en'
    >>> language("", "vi", "en")
    'vi'
    """
    for wish in (chosen, cookie, *_preferred(accepted)):
        if wish in LANGUAGES:
            return wish
    return LANGUAGES[0]


def _preferred(accepted: str) -> list[str]:
    found = [match for part in accepted[:_LONGEST].split(",") if (match := _PREFERENCE.match(part))]
    return [match[1].lower() for match in sorted(found, key=lambda match: -float(match[2] or 1))]
