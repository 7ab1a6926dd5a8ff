"""Names of fonts tell the code of what is written in them: .VnTime is TCVN3, VNI-Times VNI, VPS Times VPS, VI Times
VISCII."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from newscrawler.reading.letters.legacy.code import LegacyCode
from newscrawler.reading.letters.legacy.tcvn import TCVN3
from newscrawler.reading.letters.legacy.viscii import VISCII
from newscrawler.reading.letters.legacy.vni import VNI
from newscrawler.reading.letters.legacy.vps import VPS

_SIGNS = (".Vn", ".vnt", ".VNT", "NI-", "ni-", "VPS ", "VI Times")
"""One of these stands in the source of any page that names such a font as they are written in practice; few, since each
is looked for in every page."""
_BEFORE = 150
"""Characters within which `face` or `font-family` stands before a name."""
_MOST_SIGNS = 200
_LEGACY = re.compile(
    r"(?:^|\s)(?:(\.vn[a-z]{3}[\w -]*)|(vni[- ][a-z][\w -]*)|(vps[- ][a-z][\w -]*)|(vi (?:times|arial|helv)[\w -]*))$",
    re.IGNORECASE,
)
_CODES = (TCVN3, VNI, VPS, VISCII)
"""One for each group of the pattern above."""
_PICTURES = re.compile(r"symbol|wingdings|webdings|zapf", re.IGNORECASE)
_FACE = re.compile(r"""\bface\s*=\s*(?:["']\s*([^"',]{1,100})|([^\s"',>]{1,100}))""", re.IGNORECASE)
_FAMILY = re.compile(r"""(?<![-\w])font(?:-family)?\s*:[\s"']{0,5}([^"',;{}<>]{1,100})""", re.IGNORECASE)


@dataclass(frozen=True)
class Font:
    """What a font says of the characters written in it."""

    code: LegacyCode | None = None
    """None for a font of Unicode letters."""
    capitals: bool = False
    """Whether its small letters look like capitals."""
    pictures: bool = False
    """Whether its characters are no letters at all."""


def names_legacy_font(html: str) -> bool:
    """Whether the source may name a font of a legacy code; cheap, and wrong only for yes."""
    return any(sign in html and _names(html, sign) for sign in _SIGNS)


def _names(html: str, sign: str) -> bool:
    place = -1
    for _ in range(_MOST_SIGNS):
        place = html.find(sign, place + 1)
        if place < 0:
            return False
        before = html[max(0, place - _BEFORE) : place].lower()
        if "face" in before or "font" in before:
            return True
    return False


def font_named(name: str) -> Font:
    """The font of a name, as it stands in `face` or `font-family`.

    >>> font_named(".VnTimeH").capitals, font_named("VNI-Times").code.name, font_named("Arial").code
    (True, 'VNI', None)
    """
    match = _LEGACY.search(name.strip())
    if match is None:
        return Font(pictures=_PICTURES.match(name.strip()) is not None)
    code = _CODES[next(index for index, group in enumerate(match.groups()) if group)]
    return Font(code, capitals=code is TCVN3 and match[0].strip().split()[0].upper().endswith("H"))


def font_of(declarations: str) -> Font | None:
    """The first font that a tag or a rule of CSS asks for, or None where it asks for none."""
    text = unescape(unescape(declarations)) if "&" in declarations else declarations
    match = _FACE.search(text) or _FAMILY.search(text)
    return font_named(next(name for name in match.groups() if name)) if match else None


def codes_named(html: str) -> set[str]:
    """Names of the codes whose fonts a page asks for anywhere."""
    if not names_legacy_font(html):
        return set()
    names = [name for pair in _FACE.findall(html) for name in pair if name] + _FAMILY.findall(html)
    return {font.code.name for font in map(font_named, set(names)) if font.code}
