"""Whether the bytes of a page are in a legacy code, told by what they would say in each."""

from __future__ import annotations

import re
from html import unescape

from newscrawler.reading.letters.legacy.code import LegacyCode
from newscrawler.reading.letters.legacy.evidence import Evidence, weigh, words_of
from newscrawler.reading.letters.legacy.fonts import codes_named
from newscrawler.reading.letters.legacy.tcvn import TCVN3, TCVN_5712_1
from newscrawler.reading.letters.legacy.viscii import VISCII
from newscrawler.reading.letters.legacy.vni import VNI
from newscrawler.reading.letters.legacy.vps import VPS

WINDOWS_1258 = LegacyCode(
    name="windows-1258",
    letters={chr(code): bytes([code]).decode("cp1258", "ignore") or "\ufffd" for code in range(0x80, 0x100)},
    composes=True,
)
_CODES = (WINDOWS_1258, TCVN3, TCVN_5712_1, VNI, VPS, VISCII)
"""The likelier first: where two say the same, the first is taken."""
_LABELS = {
    "viscii": VISCII,
    "csviscii": VISCII,
    "viscii1.1-1": VISCII,
    "tcvn": TCVN_5712_1,
    "tcvn-5712": TCVN_5712_1,
    "tcvn5712-1": TCVN_5712_1,
    "tcvn5712-1:1993": TCVN_5712_1,
    "x-viet-tcvn5712": TCVN_5712_1,
    "tcvn3": TCVN3,
    "x-viet-vps": VPS,
    "x-viet-vni": VNI,
    "windows-1258": WINDOWS_1258,
    "cp1258": WINDOWS_1258,
}
_SAMPLE = 200_000
_WORDS_FROM = 15_000
"""Characters of the source, and of the text in it, by which the code is told."""
_TAG = re.compile("<[^<>]*>")
_SCRIPT = re.compile(r"<(script|style)\b")


def code_of(page: str, labels: list[str]) -> LegacyCode | None:
    """The code that a page's bytes are in.

    :param page: the bytes as Latin-1 characters; they are no UTF-8.
    :param labels: charsets that the header and the page claim.
    :returns: a Vietnamese code, or None where the bytes do not speak for one, or for two alike.
    """
    text = _text(page[:_SAMPLE])
    named = codes_named(page[:_SAMPLE]) | {_LABELS[label.lower()].name for label in labels if label.lower() in _LABELS}
    western = words_of(text.encode("latin-1", "ignore").decode("cp1252", "ignore")) | words_of(text)
    weighed = [(weigh(code.decode(text), western), code) for code in _CODES]
    found = [(evidence, code) for evidence, code in weighed if evidence.suffices(code.name in named)]
    return _best(found, named, text) if found else None


def _best(found: list[tuple[Evidence, LegacyCode]], named: set[str], text: str) -> LegacyCode | None:
    best = max(found, key=lambda each: (each[0].rank, each[1].name in named))
    rivals = [code for evidence, code in found if evidence.rank == best[0].rank and code is not best[1]]
    sure = best[1].name in named or all(
        words_of(code.decode(text)) == words_of(best[1].decode(text)) for code in rivals
    )
    return best[1] if sure else None


def _text(page: str) -> str:
    """What of the source is text, near enough: escaped bodies too."""
    text = _TAG.sub(" ", _without_scripts(page))
    if "&" in text:
        text = _TAG.sub(" ", unescape(text))
    return text[:_WORDS_FROM]


def _without_scripts(page: str) -> str:
    small, kept, end = page.lower(), [], 0
    for opening in _SCRIPT.finditer(small):
        if opening.start() >= end:
            closing = small.find(f"</{opening[1]}", opening.end())
            if closing < 0:
                break
            kept.append(page[end : opening.start()])
            end = closing
    return "".join([*kept, page[end:]])
