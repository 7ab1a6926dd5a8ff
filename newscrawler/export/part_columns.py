"""What may hang on an article (links, media, comments, versions, twins), each with the columns of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from newscrawler.export.column import Column

_TIME = "2026-01-02T03:04:05.678901Z"
_ID = Column("id", "integer", "Number of the row in this database.", 56)
_POSITION = Column("position", "integer", "Place on the page, counted from 1.", 1)
_CAPTURE = Column("capture_id", "integer", "Number of the capture in table `captures` that it was read from.", 34)

_LINK = (
    _ID,
    Column("page_url", "text", "Address of the page that showed it.", "http://a.vn/News/2754"),
    Column("block", "text", "Block of the page: main, hot or related.", "related"),
    replace(_POSITION, description="Place in its block, counted from 1."),
    Column("url", "text", "Where it leads.", "http://a.vn/News/2755", schema_org="url"),
    Column("title", "text", "Its words.", "Bài liên quan", schema_org="name"),
    Column("summary", "text", "The teaser under it.", None, schema_org="description"),
    Column("image_url", "text", "Address of its picture.", None, schema_org="image"),
    Column("first_seen", "time", "When it was seen there first.", _TIME),
    Column("last_seen", "time", "When it was seen there last.", _TIME),
    _CAPTURE,
)
_MEDIUM = (
    _ID,
    _POSITION,
    Column("kind", "text", "image, document, video or audio.", "image"),
    Column(
        "url",
        "text",
        "Address of the file; empty where the page's address of it cannot be made whole.",
        "http://a.vn/anh.jpg",
        schema_org="contentUrl",
    ),
    Column("original_src", "text", "The address as it stands in the page.", "../anh.jpg"),
    Column("caption", "text", "Caption, whole.", "Ảnh: Minh Hà", schema_org="caption"),
    Column("credit", "text", "Who made the picture, where the caption says so.", "Minh Hà", schema_org="creditText"),
    replace(
        _CAPTURE,
        description="Number of the capture in table `captures` that holds the file; empty where the "
        "archive has it not.",
    ),
)
_COMMENT = (
    _ID,
    replace(_POSITION, schema_org="position"),
    Column("text", "text", "What was written; paragraphs parted by an empty line.", "Bài hay quá", schema_org="text"),
    Column("author", "text", "Name that the writer has given.", "Hà", schema_org="author"),
    Column(
        "published", "date", "When it was written, as long as it is known.", "2018-05-17", schema_org="datePublished"
    ),
    Column("published_raw", "text", "The words of the page that the date was read from.", "17/05/2018"),
    Column("reply_to", "integer", "Position of the comment that it answers.", None),
    _CAPTURE,
)
_VERSION = (
    _ID,
    Column("number", "integer", "Counted from 1, the oldest.", 1, schema_org="version"),
    Column("seen_at", "time", "Since when the article said so.", _TIME),
    Column("content_hash", "text", "SHA-256 over what makes a version, in hex.", "9f86d081884c7d65…"),
    Column("title", "text", "Headline of that time.", "Ra quân", schema_org="headline"),
    Column("summary", "text", "Lede of that time.", None, schema_org="description"),
    Column("byline", "text", "Byline of that time.", None, schema_org="creditText"),
    Column("body_text", "text", "Text of that time.", "Sáng 26/7, Đoàn xã ra quân.", schema_org="articleBody"),
    Column("body_html", "text", "Sanitised HTML of that time.", "<p>Sáng 26/7, Đoàn xã ra quân.</p>"),
    _CAPTURE,
)
_TWIN = (
    Column("id", "integer", "Number of the other article.", 13, "twins.twin_id", "identifier"),
    Column("site", "text", "Its site.", "tuoitre", "articles.site"),
    Column("url", "text", "Its address.", "http://b.vn/tin/1", "articles.url", "url"),
    Column("title", "text", "Its headline.", "Ra quân", "articles.title", "headline"),
    Column("published", "date", "Its date of publication.", "2018-05-16", "articles.published", "datePublished"),
    Column("likeness", "number", "How much of the text is the same, up to 1.", 1.0, "twins.likeness"),
)  # fmt: skip


def _part(name: str, description: str, rows: tuple[Column, ...], schema_org: str = "") -> Column:
    sourced = tuple(replace(column, source=column.source or f"{name}.{column.name}") for column in rows)
    example = [{column.name: column.example for column in sourced}]
    return Column(name, "rows", description, example, name, schema_org, sourced)


PARTS: Mapping[str, Column] = MappingProxyType(
    {
        part.name: part
        for part in (
            _part("links", "What stood in the blocks of the article's page, from when to when.", _LINK),
            _part("media", "Pictures and other files of the article.", _MEDIUM, "associatedMedia"),
            _part("comments", "What readers have written under it, as its page showed it last.", _COMMENT, "comment"),
            _part("versions", "All that the article has said, oldest first; the last is the present one.", _VERSION),
            _part("twins", "Articles with the same text at other addresses.", _TWIN),
        )
    }
)
"""Name → the column that holds the rows of this part."""
