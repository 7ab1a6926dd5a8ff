"""One comment's element into who wrote it, when, and what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import groupby, islice
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawler.items import Dated
from newscrawler.reading.dates.stamps import parse_stamp
from newscrawler.reading.generic.stamp_lines import is_stamp_line
from newscrawler.reading.page.lines import BLOCK_TAGS
from newscrawler.reading.page.tree import SILENT_TAGS
from newscrawler.text import fold, keep_lines, one_line

MAX_TEXT = 20_000
"""Letters of one comment that are kept."""
MAX_AUTHOR = 100
MAX_STAMP = 100
_MOST_OWNERS = 20
"""Elements of one comment that are looked at as the place of its date, or of its author."""

Role = Literal["", "text", "author", "time", "meta", "tools"]

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "tools",
        re.compile(
            r"(?:comment-?|cmt-?)?(?:tools?|toolbar|actions?|action-?link|buttons?|btn\w*|like\w*|dislike\w*|vote\w*|rating"
            r"|share|social|reply|reply-?link|tra-?loi|report|bao-?xau|delete|edit|edit-?link|avatar|thumb|form|says)"
        ),
    ),
    (
        "time",
        re.compile(
            r"(?:\w+-)?(?:time|date|datetime|timeago|time-?ago|ngay|ngay-?gui|thoi-?gian|posted|posted-?on|pubdate|metadata)"
            r"(?:-(?:com|cmt|comment|post|ago|text))?"
        ),
    ),
    (
        "author",
        re.compile(
            r"(?:\w+-)?(?:author|fn|name|nick|nickname|user|username|user-?name|full-?name|fullname|nguoi-?gui|ten|ho-?ten"
            r"|poster|writer)(?:-(?:com|cmt|comment|link))?"
        ),
    ),
    ("meta", re.compile(r"(?:\w+-)?(?:meta|info|head|header|heading|top|foot|footer|bottom)(?:-(?:cmt|comment))?")),
    (
        "text",
        re.compile(
            r"(?:\w+-)?(?:content|text|message|noi-?dung|noidung|desc|description|cmt-?text)(?:-(?:cmt|comment|full))?"
            r"|full-?content"
        ),
    ),
)
_PROPERTIES: dict[str, Role] = {
    "author": "author",
    "creator": "author",
    "name": "author",
    "datecreated": "time",
    "datepublished": "time",
    "commenttime": "time",
    "text": "text",
    "commenttext": "text",
    "image": "tools",
    "upvotecount": "tools",
    "downvotecount": "tools",
    "url": "tools",
}
_SKIPPED = (SILENT_TAGS - {"head", "title"}) | {"form", "input", "label", "fieldset", "iframe"}
_NAMING_TAGS = ("strong", "b", "cite", "h3", "h4", "h5", "h6")
_SAYS = re.compile(
    r"^(?:gửi bởi|đăng bởi|viết bởi|bởi|người gửi|họ (?:và )?tên|by)\s*:?\s*|\s*(?:viết|nói|says?)?\s*:\s*$",
    re.IGNORECASE,
)
_EDGES = " -–—|•·,:;()\u00a0"
_WITH_STAMP = re.compile(
    r"^(?P<name>[^\d]{2,80}?)\s*(?:[-–—|•·,(]|\blúc\b|\bvào\b|\bat\b)\s*(?P<stamp>.*\d.*)$", re.IGNORECASE
)
_ACTION = re.compile(
    r"(?:tra loi|phan hoi|thich|khong thich|like|reply|chia se|bao vi pham|bao xau|xoa|sua|an|xem them|thu gon|rut gon"
    r"|dang thao luan|quan tam|report|share|delete|edit|permalink)(?:\s*\(?\d*\)?)"
)
_PROMPT = re.compile(
    r"(?:gui|viet|dang|them) (?:binh luan|y kien|phan hoi)|chua co (?:binh luan|y kien|phan hoi)|dang nhap"
    r"|hay (?:la nguoi dau tien|nhap|dang nhap)|(?:leave|post|write) a (?:comment|reply)|log in|no comments"
    r"|ma (?:bao mat|xac nhan)|cho duyet"
)
_MAX_PROMPT = 120
_TEMPLATE = ("{{", "<%", "${", "{%", "[[")


class Said(NamedTuple):
    """What one element says; no text where it is no comment."""

    text: str = ""
    author: str | None = None
    published: str | None = None
    published_raw: str | None = None


class _String(NamedTuple):
    role: Role
    owner: HtmlElement
    """The element that gave the role."""
    block: int
    """Strings of one block stand in one paragraph."""
    text: str
    naming: bool
    """Whether it stands in bold letters or a heading."""


def said_in(element: HtmlElement, inner: frozenset[HtmlElement], fetched_at: datetime, zone: ZoneInfo) -> Said:
    """Author, date and text of one comment.

    :param inner: elements of all comments; those inside this one are its answers and have no say.
    """

    def parsed(text: str) -> Dated | None:
        return parse_stamp(text[: MAX_STAMP * 2], fetched_at=fetched_at, zone=zone, source="page")

    strings = list(_strings(element, inner))
    dated, raw, strings = _marked_date(element, strings, inner, parsed)
    author, strings = _author(strings)
    if dated is None and not raw:
        dated, strings = _date_line(strings, parsed)
    if author and dated is None and (match := _WITH_STAMP.match(author)):
        dated = parsed(match["stamp"].strip(_EDGES))
        author = match["name"].strip(_EDGES) if dated else author
    text = _text(strings)
    if _is_none(text):
        return Said()
    return Said(text, author, dated.value if dated else None, (dated.raw if dated else raw)[:MAX_STAMP] or None)


def _strings(root: HtmlElement, inner: frozenset[HtmlElement]) -> Iterator[_String]:
    """The visible strings outside forms and other comments; works without recursion."""
    block, letters = 0, 0
    stack: list[tuple[HtmlElement, Role, HtmlElement, bool, bool]] = [(root, "", root, False, False)]
    while stack:
        element, role, owner, naming, is_over = stack.pop()
        tag = element.tag
        ends_block = tag in BLOCK_TAGS or tag == "br"
        block += ends_block
        if is_over:
            if element.tail and element is not root:
                yield _String(role, owner, block, element.tail, naming)
            continue
        if element is not root:
            stack.append((element, role, owner, naming, True))
            if not isinstance(tag, str) or tag in _SKIPPED or element in inner:
                continue
            own = _role_of(element)
            if own and (role != "tools") and not (role == "author" and own in ("meta", "text")):
                role, owner = own, element
            naming = naming or tag in _NAMING_TAGS
        if element.text:
            yield _String(role, owner, block, element.text, naming)
            letters += len(element.text)
        if letters > MAX_TEXT * 2:
            return
        stack.extend((child, role, owner, naming, False) for child in reversed(element))


def _role_of(element: HtmlElement) -> Role:
    if element.tag == "time":
        return "time"
    if element.tag in ("button", "label"):
        return "tools"
    attributes = element.attrib
    if not attributes:
        return ""
    return _role_named(attributes.get("itemprop", ""), attributes.get("class", ""))


@lru_cache(maxsize=4096)
def _role_named(itemprop: str, classes: str) -> Role:
    for word in itemprop.lower().split()[:5]:
        if word in _PROPERTIES:
            return _PROPERTIES[word]
    tokens = [
        re.sub(r"[_-]+", "-", token).strip("-")
        for token in re.sub(r"(?<=[a-z])(?=[A-Z])", "-", classes[:400]).lower().split()
    ]
    return next((role for role, pattern in _ROLES if any(pattern.fullmatch(token) for token in tokens)), "")


def _marked_date(
    element: HtmlElement, strings: list[_String], inner: frozenset[HtmlElement], parsed: Callable[[str], Dated | None]
) -> tuple[Dated | None, str, list[_String]]:
    """The date by the element that is marked as its place, what that says, and the strings without it."""
    raw = ""
    rest = [string for string in strings if string.role != "time"]
    shown = _owners(strings, "time")
    for owner in (*shown, *islice(_silent(element, inner), _MOST_OWNERS)):
        text = one_line(shown.get(owner, ""))
        raw = raw or text
        for stated in (owner.get("datetime"), owner.get("content"), text, owner.get("title"), owner.get("data-time")):
            if stated and (dated := parsed(stated)):
                return dated, raw, rest
    return None, raw, rest


def _owners(strings: list[_String], role: Role) -> dict[HtmlElement, str]:
    """The first elements that are marked by a role, with their texts."""
    owners: dict[HtmlElement, list[str]] = {}
    for string in strings:
        if string.role == role and (string.owner in owners or len(owners) < _MOST_OWNERS):
            owners.setdefault(string.owner, []).append(string.text)
    return {owner: "".join(texts) for owner, texts in owners.items()}


def _date_line(strings: list[_String], parsed: Callable[[str], Dated | None]) -> tuple[Dated | None, list[_String]]:
    """The first line that is nothing but a date, and the strings without it."""
    for (block, owner), group in groupby(strings, key=lambda string: (string.block, string.owner)):
        words = list(group)
        line = one_line("".join(string.text for string in words)).strip(_EDGES)
        is_date = 4 <= len(line) <= MAX_STAMP and is_stamp_line(line, 3 if words[0].role == "meta" else 1)
        if is_date and (dated := parsed(line)):
            return dated, [string for string in strings if (string.block, string.owner) != (block, owner)]
    return None, strings


def _silent(element: HtmlElement, inner: frozenset[HtmlElement]) -> Iterator[HtmlElement]:
    """`meta` elements of microdata, which show nothing."""
    for meta in element.iter("meta"):
        if _PROPERTIES.get(meta.get("itemprop", "").lower()) == "time":
            whose = next((one for one in meta.iterancestors() if one is element or one in inner), None)
            if whose is element:
                yield meta


def _author(strings: list[_String]) -> tuple[str | None, list[_String]]:
    """The name by the element that is marked as its place, else the first bold words that are not all there is."""
    for text in _owners(strings, "author").values():
        if name := _name(text):
            return name, [string for string in strings if string.role != "author"]
    for key, group in groupby(strings, key=lambda string: (string.naming, string.block)):
        words = list(group)
        if key[0] and words[0].role in ("", "meta") and (name := _name("".join(string.text for string in words))):
            known = {id(word) for word in words}
            rest = [string for string in strings if id(string) not in known]
            return (name, rest) if any(string.text.strip() for string in rest) else (None, strings)
    return None, strings


def _name(text: str) -> str | None:
    name = _SAYS.sub("", one_line(text[: MAX_AUTHOR * 4])).strip(_EDGES)
    return name if 1 < len(name) <= MAX_AUTHOR and not _is_none(name) else None


def _text(strings: list[_String]) -> str:
    """What is marked as the text; else what is not marked as anything; else the meta line behind name and date."""
    wanted: tuple[Role, ...] = ("text", "", "meta")
    for role in wanted:
        blocks = groupby((string for string in strings if string.role == role), key=lambda string: string.block)
        lines = (one_line("".join(string.text for string in group)) for _block, group in blocks)
        if text := keep_lines("\n".join(line for line in lines if line and not _ACTION.fullmatch(fold(line)))):
            return text[:MAX_TEXT].strip(" -–:|").replace("\n", "\n\n")
    return ""


def _is_none(text: str) -> bool:
    """Whether a text is a prompt, the template of a script, or nothing."""
    if len(text) < 2 or any(mark in text[:400] for mark in _TEMPLATE):
        return True
    return len(text) <= _MAX_PROMPT and _PROMPT.match(fold(text)) is not None
