"""The article as a whole HTML document inside the page: found by its content, wherever it sits.

Every article seen of thanhdoan.hochiminhcity.gov.vn has such a body (facts: sites §1.1). It may stand raw in an
element whose content is not parsed, raw in the tree, or escaped once or more in a text or an attribute. The search
works on the source, because a parser would already have merged the two documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import islice
from urllib.parse import unquote

from newscrawler.reading.page.labels import label_kind
from newscrawler.text import one_line

MARKER = "nested-article"
"""Id of the empty element that stands in the outer page where the nested document was."""

_MARK = f'<div id="{MARKER}"></div>'
_MAX_ROUNDS = 3
_MAX_COPIES = 3
_MOST_DOCUMENTS = 30
"""Beginnings of documents that are looked at, each with all that stands before it."""
_PLAIN_WORDS = re.compile(r"""(?<=>)[^<>&"'\n]{30,60}""")
"""A stretch of text that reads the same however often it is escaped."""
_TAG_NAMES = r"(?:!doctype|html|head|meta|body|p|div|span|br|table|font|strong|em|b|i|h[1-6]|ul|li|img)\b"
_RAW_TAG = re.compile(rf"</?{_TAG_NAMES}", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&(?:amp;){{0,8}}+(?:lt|#0*60|#x0*3c);?\s*/?{_TAG_NAMES}", re.IGNORECASE)
_DOCUMENT_HEAD = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<(?:p|div|br|table|h[1-6]|ul)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_DOCUMENT = re.compile(r"<html\b", re.IGNORECASE)
_DOCTYPE_BEFORE = re.compile(r"<!doctype\b[^<>]*>\s*$", re.IGNORECASE)
_SHORT_BLOCK = re.compile(r"<(h[1-6]|p|div|td|th|b|strong|span|legend|dt|font)\b[^<>]*>.{3,200}?</\1>", re.IGNORECASE)
_DOCUMENT_END = re.compile(r"</html\s*>", re.IGNORECASE)
_CONTAINER = re.compile(r"<(textarea|noscript|script|template|xmp|noembed|noframes)\b([^>]*)>", re.IGNORECASE)
_WHOLE_TAG = re.compile(r"""[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_ATTRIBUTE_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_STRING_LITERAL = re.compile(r'"((?:[^"\\\n]++|\\.)*+)"|\'((?:[^\'\\\n]++|\\.)*+)\'|`((?:[^`\\]++|\\.)*+)`', re.DOTALL)
_SCRIPT_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n)|(.))", re.DOTALL)
_SCRIPT_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": ""}
_TEMPLATE_MARKS = ("{{", "<%", "${")


@dataclass(frozen=True)
class Nested:
    """The inner document and how it was wrapped."""

    html: str
    wrapping: str
    """`textarea`, `noscript`, `script`, `template`, `tree`, `attribute`, `escaped-1` … `escaped-3`; `bare` for a lone
    body."""

    @property
    def generation(self) -> str:
        """A, C, D or E as told by the document's head (facts: sites §1.1), or `x` for another form."""
        return generation_of(self.html)


def generation_of(html: str) -> str:
    """Which of the site's four editors wrote a body; `x` if none of them."""
    head = re.sub(r"\s+", " ", html[:400]).lstrip().lower()
    if head.startswith("<!doctype html public"):
        return "C"
    if not head.startswith("<html"):
        return "x"
    if "charset=utf-8'" in head:
        return "D"
    if re.search(r"charset=windows-1252[\"']?\s*</head", head):
        return "E"
    return "A" if "windows-1252" in head else "x"


def split_nested(html: str, *, fragments: bool = False) -> tuple[str, Nested | None]:
    """Part a page from the document nested in it.

    :param html: source of the page.
    :param fragments: whether a wrapped body without `<html>` counts too; for sites known to wrap their bodies.
    :returns: the outer page with an empty element of id `MARKER` in the nested document's place, and the nested
        document; or the page unchanged and None.
    """
    found = _find(html, False) or (_find(html, True) if fragments else None)
    if found is None:
        return html, None
    start, end, nested = found
    return _without_copies(html[:start] + _MARK + html[end:], nested), nested


_Found = tuple[int, int, Nested]


def _find(html: str, fragments: bool) -> _Found | None:
    """A whole document wherever it is, before any fragment: templates and warnings are fragments too."""
    for find in (_in_container, _in_tree, _escaped):
        found = find(html, fragments)
        if found is not None:
            return found
    return None


def _without_copies(outer: str, nested: Nested) -> str:
    """A page less further copies of its body, such as a hidden one for printing."""
    words = _PLAIN_WORDS.search(nested.html, len(nested.html) // 3) or _PLAIN_WORDS.search(nested.html)
    for _round in range(_MAX_COPIES):
        if words is None or words.group() not in outer:
            return outer
        copy = _find(outer, False)
        if copy is None or words.group() not in copy[2].html:
            return outer
        outer = outer[: copy[0]] + outer[copy[1] :]
    return outer


def _in_container(html: str, fragments: bool) -> _Found | None:
    """Raw (or escaped) in an element whose content a browser does not parse."""
    best: _Found | None = None
    position = 0
    while opening := _CONTAINER.search(html, position):
        name = opening.group(1).lower()
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, opening.end())
        inside_end, position = (closing.start(), closing.end()) if closing else (len(html), len(html))
        inside = html[opening.end() : inside_end]
        if len(inside) < 40 or "ld+json" in opening.group(2):
            continue
        text = _script_markup(inside) if name == "script" else inside
        body, _rounds = _unescape_on_evidence(text)
        if _is_body(body, fragments):
            if not fragments:
                return opening.start(), position, Nested(body.strip(), name)
            if best is None or len(body) > len(best[2].html):
                best = opening.start(), position, Nested(body.strip(), name)
    return best


def _in_tree(html: str, _fragments: bool) -> _Found | None:
    """Raw in the page itself: a second `<html` after some content."""
    for match in islice(_DOCUMENT.finditer(html), _MOST_DOCUMENTS):
        doctype = _DOCTYPE_BEFORE.search(html, max(0, match.start() - 300), match.start())
        start = doctype.start() if doctype else match.start()
        if not _has_content(html[:start]) or _in_unparsed(html, start):
            continue
        end = _end_of_document(html, match.end())
        body = html[start:end]
        if _is_body(body, False):
            return start, end, Nested(body, "tree")
    return None


def _in_unparsed(html: str, position: int) -> bool:
    """Whether a place lies in an element whose content is not parsed; what may be a body there was looked at before."""
    openings = list(_CONTAINER.finditer(html, 0, position))
    if not openings:
        return False
    closing = re.compile(rf"</{openings[-1].group(1)}\s*>", re.IGNORECASE)
    return closing.search(html, openings[-1].end(), position) is None


def _has_content(before: str) -> bool:
    if _DOCUMENT_HEAD.search(re.sub(r"<!doctype[^<>]*>", "", before, flags=re.IGNORECASE)):
        return True
    plain = re.sub(r"<!--(?:[^-]++|-(?!->))*+(?:-->)?|<[?!][^<>]*>", "", before)
    return "<" not in plain and bool(plain.strip("\ufeff \t\r\n"))


def _end_of_document(html: str, start: int) -> int:
    ends = list(_DOCUMENT_END.finditer(html, start))
    if not ends:
        return len(html)
    if len(ends) == 1 and not html[ends[0].end() :].strip():
        # The only end belongs to the outer page: the inner document was never closed.
        return _first_label(html, start, ends[0].start())
    return ends[0].end()


def _first_label(html: str, start: int, end: int) -> int:
    for block in _SHORT_BLOCK.finditer(html, start, end):
        if label_kind(one_line(unescape(_ANY_TAG.sub("", block.group())))) in ("hot", "related", "comments"):
            return block.start()
    return end


def _escaped(html: str, fragments: bool) -> _Found | None:
    """Escaped in a text or in an attribute's value; the longest such text of the page."""
    if not _ESCAPED_TAG.search(html):
        return None
    found: list[_Found] = []
    position = 0
    for piece in html.split("<"):
        if len(piece) > 60 and (match := _ESCAPED_TAG.search(piece)):
            tag = _WHOLE_TAG.match(piece)
            tag_end = tag.end() if tag and position else 0
            if match.start() >= tag_end:
                found += _candidate(html, position + tag_end, position + len(piece), "", fragments)
            else:
                found += _in_attribute(html, piece, position, tag_end, fragments)
        position += len(piece) + 1
    return max(found, key=lambda each: len(each[2].html), default=None)


def _candidate(html: str, start: int, end: int, wrapping: str, fragments: bool) -> list[_Found]:
    body, rounds = _unescape_on_evidence(html[start:end])
    if not _is_body(body, fragments):
        return []
    return [(start, end, Nested(body.strip(), wrapping or f"escaped-{rounds}"))]


def _in_attribute(html: str, piece: str, position: int, tag_end: int, fragments: bool) -> list[_Found]:
    """The marker takes the place just behind the element, for an attribute holds no elements."""
    for value in _ATTRIBUTE_VALUE.finditer(piece[:tag_end]):
        if _ESCAPED_TAG.search(value.group()):
            body, _rounds = _unescape_on_evidence(value.group(1) or value.group(2) or "")
            if _is_body(body, fragments):
                place = position + tag_end
                return [(place, place, Nested(body.strip(), "attribute"))]
    return []


def _unescape_on_evidence(text: str) -> tuple[str, int]:
    """Unescape while tags are seen only in escaped form; never blindly, so that a literal `&lt;` of the text stays
    text."""
    rounds = 0
    while rounds < _MAX_ROUNDS and not _RAW_TAG.search(text) and _ESCAPED_TAG.search(text):
        text = unescape(text)
        rounds += 1
    return text, rounds


def _is_body(text: str, fragments: bool) -> bool:
    if _DOCUMENT_HEAD.search(text[:2000]):
        return bool(_BLOCK_TAG.search(text)) or len(_ANY_TAG.sub("", text).strip()) > 40
    if not fragments or any(mark in text for mark in _TEMPLATE_MARKS):
        return False
    return len(_BLOCK_TAG.findall(text)) >= 2 and len(_ANY_TAG.sub("", text).strip()) > 150


def _script_markup(script: str) -> str:
    """The markup in a script: the whole of a template, else its longest string literal that holds tags."""
    if script.lstrip().startswith("<") and "<!--" not in script[:20]:
        return script
    if "%3C" in script[:2000].upper():
        script = unquote(script)
    if "<" not in script and "\\u003c" not in script.lower() and "&lt;" not in script:
        return ""
    literals = (next(part for part in match.groups() if part is not None) for match in _STRING_LITERAL.finditer(script))
    best = max(literals, key=len, default="")
    return _SCRIPT_ESCAPE.sub(_script_letter, best)


def _script_letter(match: re.Match[str]) -> str:
    unicode_hex, byte_hex, continuation, letter = match.groups()
    if unicode_hex or byte_hex:
        return chr(int(unicode_hex or byte_hex, 16))
    return "" if continuation else _SCRIPT_LETTERS.get(letter, letter)
