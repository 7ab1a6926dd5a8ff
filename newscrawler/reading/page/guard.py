"""A look at a page before it is parsed: what would cost a parser minutes is left out of it, and that is noted.

Parsers have quadratic inputs: 50,000 attributes on one tag cost 22 s (facts: reliability §0.9), and text below 2,048
levels is dropped without a word (§0.7). So tags too deep or too many are left out, while their text stays; attributes
beyond a number are cut off. Tags are told as a parser tells them, since a count of signs is easily led astray: by
values that hold `<` or `>`, by attributes without values, by comparisons in scripts. All of it is linear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawler.errors import HostilePageError
from newscrawler.reading.page.tree import without_controls

MOST_READ = 1_000_000
"""Characters of a page that are read; the longest real pages seen have 600,000."""
MAX_CHARACTERS = 20_000_000
"""Longer pages are not looked at."""
MAX_ELEMENTS = 12_000
"""The largest real pages seen have 1,700; each costs up to 0.1 ms."""
MAX_ATTRIBUTES = 256
MAX_DEPTH = 200
"""The deepest real pages seen have 40 levels; each costs anew for all that stands in it."""
LONGEST_VALUE = 500_000
"""Characters of an attribute; whole bodies of articles may stand in one."""

# Every repeat is possessive: the patterns go over a page once and never turn back, whatever stands in it.
_ATTRIBUTE = r"""[\s/]*+(?:=|[^\s/>=]++\s*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+)"""
_PASSED_OVER = (
    r"<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+"
    # Titles and text areas end a script that begins inside them.
    r"|<(?i:script|style)\b[^>]*+(?:[^<]++|<(?!/(?i:script|style|textarea|title)\b))*+"
)
_ORDINARY = re.compile(
    rf"(?:[^<]++|{_PASSED_OVER}|<(?![a-zA-Z])|<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?!{_ATTRIBUTE}))*+"
)
_TAG = re.compile(rf"{_PASSED_OVER}|<(/?)([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)[\s/]*+(>?)")
_FEW_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_NO_TEXT = re.compile(_PASSED_OVER)
_ANY_TAGS = re.compile(r"(?:<[^<>]*+>?\s*+)++")
_DATA = re.compile(r"data:[a-z]+/[a-zA-Z0-9.+-]{1,80};base64,[A-Za-z0-9+/=%]{2000,}+")
_CONTROL = re.compile(
    r"&#(?:[xX]0*(?:1[0-9a-fA-F]|[1-8bcefBCEF])(?![0-9a-fA-F])|0*(?:[1-8]|1[124-9]|2[0-9]|3[01])(?![0-9]));?"
)
"""References to characters that no tree takes."""
_FLAT = frozenset(
    "area base body br col colgroup dd dt embed frame head hr html img input li link meta option p param source tbody "
    "td textarea tfoot th thead title tr track wbr".split()
)
"""Elements that hold no others, or that the next of their kind closes; many pages leave their end tags out."""
_LEVEL = re.compile(rf"<(?!(?:{'|'.join(sorted(_FLAT))})(?![^\s/>]))[a-zA-Z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tamed:
    """A page that may be parsed."""

    html: str
    left_out: tuple[str, ...] = ()
    """What was left out, a sentence each; the same for the same page."""


def tame(html: str) -> Tamed:
    """A page as it may be parsed: unchanged, unless something in it would cost too much.

    Inline pictures of many letters become empty without a note: nobody reads them.

    :raises HostilePageError: if it is longer than MAX_CHARACTERS, or cannot be tamed.
    """
    if len(html) > MAX_CHARACTERS:
        raise HostilePageError(f"the page has {len(html):,} characters, over the limit of {MAX_CHARACTERS:,}")
    notes: list[str] = []
    html = without_controls(html)
    html = _CONTROL.sub("\u200b", html) if "&#" in html else html
    html = _DATA.sub("data:,", html) if "base64," in html else html
    if not _is_ordinary(html):
        html = _with_fewer_tags(html, notes)
        _refuse_untamed(html)
    if len(html) > MOST_READ:
        notes.append(f"the page has {len(html):,} characters, of which {MOST_READ:,} are read")
        html = html[:MOST_READ]
    return Tamed(html, tuple(notes))


def _is_ordinary(html: str) -> bool:
    tags = html.count("<")
    small = tags <= MAX_ELEMENTS and len(html) <= LONGEST_VALUE
    return small and _has_few_attributes(html) and (tags <= MAX_DEPTH or _is_flat(html, tags))


def _has_few_attributes(html: str) -> bool:
    match = _ORDINARY.match(html)
    return match is None or match.end() == len(html)


def _is_flat(html: str, tags: int) -> bool:
    """Where so many tags may be levels at all, they are counted one by one, which takes ten times as long."""
    if tags - html.count("</") <= MAX_DEPTH or len(_LEVEL.findall(html)) <= MAX_DEPTH:
        return True
    levels = _Levels()
    return all(levels.takes(name, bool(match[1])) for match, name in _tags(html))


def _refuse_untamed(html: str) -> None:
    """What is left out can change what the rest is to a parser; a page so made is made to deceive."""
    if not (_has_few_attributes(html) and _is_flat(html, html.count("<"))):
        raise HostilePageError("the page's tags are nested or filled beyond what can be put right")


def _tags(html: str) -> Iterator[tuple[re.Match[str], str]]:
    """Tags with their names; scripts, styles and comments are passed over."""
    for match in _TAG.finditer(html):
        if match[2]:
            yield match, match[2].lower()


class _Levels:
    """How deep the tags of a page stand. End tags count only where such an element is open, as parsers pass over the
    others."""

    def __init__(self) -> None:
        self.depth = 0
        self._open, self._left_out = Counter[str](), Counter[str]()

    def takes(self, name: str, is_end: bool) -> bool:
        """Whether a tag may stay; the end of one that was left out may not."""
        if name in _FLAT:
            return True
        if not is_end:
            counted = self._open if self.depth < MAX_DEPTH else self._left_out
            counted[name] += 1
            self.depth += counted is self._open
            return counted is self._open
        if self._left_out[name]:
            self._left_out[name] -= 1
            return False
        if self._open[name]:
            self._open[name] -= 1
            self.depth -= 1
        return True


def _with_fewer_tags(html: str, notes: list[str]) -> str:
    """A page without the tags that stand too deep or are too many, and without attributes that are."""
    levels, elements, too_deep, too_long = _Levels(), 0, 0, 0
    pieces: list[str] = []
    position = 0
    for match, name in _tags(html):
        elements += not match[1]
        if elements > MAX_ELEMENTS:
            break
        if not levels.takes(name, bool(match[1])):
            too_deep += not match[1]
            pieces += html[position : match.start()], " "
            position = match.end()
        elif len(match[3]) > MAX_ATTRIBUTES and (shorter := _with_fewer_attributes(match[3])) != match[3]:
            too_long += 1
            pieces += html[position : match.start(3)], shorter
            position = match.end(3)
    if elements > MAX_ELEMENTS:
        rest = _ANY_TAGS.sub(" ", _NO_TEXT.sub(" ", html[match.start() :]))
        pieces += html[position : match.start()], rest
        notes.append(
            f"the page has more than {MAX_ELEMENTS:,} elements; the tags behind them are left out, their text is read"
        )
    else:
        pieces.append(html[position:])
    if too_deep:
        notes.append(
            f"{too_deep:,} tags are nested deeper than {MAX_DEPTH} levels; they are left out, their text is read"
        )
    if too_long:
        notes.append(
            f"{too_long:,} tags have more than {MAX_ATTRIBUTES} attributes or overlong ones, which are left out"
        )
    return "".join(pieces)


def _with_fewer_attributes(attributes: str) -> str:
    """The attributes of one tag, less those behind the first MAX_ATTRIBUTES, and less overlong ones."""
    few = _FEW_ATTRIBUTES.match(attributes)
    attributes = few[0] if few else attributes
    if len(attributes) <= LONGEST_VALUE:
        return attributes
    return "".join(each[0] for each in _ONE_ATTRIBUTE.finditer(attributes) if len(each[0]) <= LONGEST_VALUE)
