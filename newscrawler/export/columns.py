"""The columns of an export, each described once: files, schemas and data dictionaries all follow from here."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from newscrawler.export.column import Column
from newscrawler.export.part_columns import PARTS

_URL = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/2754"
_TIME = "2026-01-02T03:04:05.678901Z"
_PRECISION = "How much of the date is known: minute, day, month or year."
_READ = "Where in the page it was read: metadata, page, image-folder, neighbours or prose."
_RAW = "The words of the page that the date was read from."

_PLACE = (
    Column(
        "id",
        "integer",
        "Number of the article in this database; another database may number it otherwise.",
        12,
        schema_org="identifier",
    ),
    Column(
        "site",
        "text",
        "Name of the site, as `newscrawler sites` lists it; the host of a site without a file.",
        "thanhdoan",
    ),
    Column("site_article_id", "text", "The site's own number of the article; empty where it has none.", "2754"),
    Column("url", "text", "Address of the article; no two articles share one.", _URL, schema_org="url"),
    Column(
        "urlkey",
        "text",
        "Sort key of the address (SURT), as indexes of web archives have it.",
        "vn,gov,hochiminhcity,thanhdoan)/thanhdoan/webtd/news/2754",
    ),
    Column(
        "canonical_url",
        "text",
        "The address that the page itself prefers, where it says so.",
        _URL,
        schema_org="mainEntityOfPage",
    ),
)
_WORDS = (
    Column("title", "text", "Headline, on one line.", "Thanh niên ra quân mùa hè xanh", schema_org="headline"),
    Column(
        "summary",
        "text",
        "The lede or teaser, where the page sets one apart.",
        "Sáng 26/7, Đoàn xã ra quân.",
        schema_org="description",
    ),
    Column("byline", "text", "Who wrote it, as the page writes it.", "Lê Anh - Ảnh: Minh Hà", schema_org="creditText"),
    Column("authors", "texts", "The persons whom byline or metadata name, each once.", ["Lê Anh"], schema_org="author"),
    Column(
        "category",
        "text",
        "Section of the site that the article is filed under, as the page names it.",
        "Tin tức",
        schema_org="articleSection",
    ),
    Column("tags", "texts", "Words that the site files the article under.", ["mùa hè xanh"], schema_org="keywords"),
    Column("language", "text", "Language that the page states, as a code.", "vi", schema_org="inLanguage"),
)
_DATES = (
    Column(
        "published",
        "date",
        "Date of publication, as long as `published_precision` says; minutes carry their zone. "
        "Empty where no date is known.",
        "2018-05-16",
        schema_org="datePublished",
    ),
    Column("published_precision", "text", _PRECISION, "day"),
    Column("published_source", "text", _READ, "page"),
    Column("published_raw", "text", _RAW, "Ngày 16-05-2018"),
    Column(
        "event_date",
        "date",
        "Day that the lede tells of; not a date of publication.",
        "2018-05-15",
        schema_org="temporalCoverage",
    ),
    Column(
        "modified",
        "date",
        "When the page says it was changed last; as `published`.",
        "2018-05-16T14:30:00+07:00",
        schema_org="dateModified",
    ),
    Column("modified_precision", "text", _PRECISION, "minute"),
    Column("modified_source", "text", _READ, "metadata"),
    Column("modified_raw", "text", _RAW, "2018-05-16T14:30:00+07:00"),
)
_BODY = (
    Column(
        "word_count",
        "integer",
        "Runs of letters and digits of `body_text`; in Vietnamese these are syllables.",
        412,
        schema_org="wordCount",
    ),
    Column(
        "body_text",
        "text",
        "The article's text in NFC: paragraphs parted by an empty line, without captions, tables and byline.",
        "Sáng 26/7, Đoàn xã ra quân.",
        schema_org="articleBody",
    ),
    Column(
        "body_html",
        "text",
        "The article as sanitised HTML, with its pictures and tables.",
        "<p>Sáng 26/7, Đoàn xã ra quân.</p>",
    ),
    Column(
        "other_text",
        "text",
        "What is searched beside title, summary and body: captions, rows of tables, byline.",
        "Ảnh: Minh Hà",
    ),
    Column(
        "content_hash",
        "text",
        "SHA-256 over what makes a version of the article, in hex: equal hash, equal words.",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    Column("twin_hash", "numbers", "Fingerprints by which articles with the same text are found.", [4223178561]),
    Column(
        "may_be_cut",
        "boolean",
        "Whether the text may break off: no copy is known that certainly came whole.",
        False,
        "sightings.cut",
    ),
    Column(
        "extractor",
        "text",
        "The program and rules that read the page, with their version.",
        "newscrawler-4 nested-E tree",
    ),
    Column(
        "origins",
        "origins",
        "Field → where it was read (`source`, `where`), and what other places of the page say of it (`conflicts`).",
        {"title": {"source": "selector", "where": "h1", "conflicts": []}},
    ),
)
_SEEN = (
    Column("first_seen", "time", "When the article was captured first.", _TIME),
    Column("last_seen", "time", "When it was captured last.", _TIME),
    Column("last_changed", "time", "When its present text was captured first.", _TIME),
    Column("gone_at", "time", "Since when its server says that there is no such page; empty while it is there.", _TIME),
    Column("capture_id", "integer", "Number of the capture in table `captures` that the text was read from.", 34),
)
_CAPTURE = (
    Column("url", "text", "Address that was fetched; it may be an earlier one of the article.", _URL,
           schema_org="archivedAt"),
    Column("timestamp", "time", "When it was fetched (WARC-Date).", _TIME),
    Column("filename", "text", "WARC file that holds the record, under `warc/` of the archive.",
           "thanhdoan-20260102030405-00001.warc.gz"),
    Column("offset", "integer", "Byte of that file at which the record begins.", 1234),
    Column("length", "integer", "Bytes of the record in the file.", 5678),
    Column("digest", "text", "Digest of the payload (WARC-Payload-Digest).", "sha256:9f86d081884c7d65…"),
    Column("record_id", "text", "WARC-Record-ID.", "<urn:uuid:b5b2a6b0-7f6f-4f3c-9d2e-0a8f4f0a8c11>"),
    Column("record_type", "text", "response, or revisit: the payload then lies in the record that "
           "`capture_refers_to` names, or in an earlier one of the same digest.", "response"),
    Column("refers_to", "text", "Of a revisit: the record that holds the payload.", None),
)  # fmt: skip


def _in(table: str, columns: tuple[Column, ...], prefix: str = "") -> tuple[Column, ...]:
    return tuple(
        replace(column, name=prefix + column.name, source=column.source or f"{table}.{column.name}")
        for column in columns
    )


ARTICLE = _in("articles", (*_PLACE, *_WORDS, *_DATES, *_BODY, *_SEEN)) + _in("captures", _CAPTURE, "capture_")
"""The columns that every export of tables has, in their order."""


_MOMENTS = {
    name: Column(
        f"{name}_at", "time", f"`{name}` as a moment, where it is known to the minute; else empty.", _TIME,
        f"articles.{name}",
    )
    for name in ("published", "modified")
}  # fmt: skip


def columns_of(parts: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns of an export: the article's own, then the `parts` that hang on it."""
    return (*ARTICLE, *(PARTS[name] for name in parts))


def typed_columns_of(parts: tuple[str, ...]) -> tuple[Column, ...]:
    """The same for formats that know moments in time: with `published_at` and `modified_at` behind their texts."""
    return tuple(chain.from_iterable(_with_moment(column) for column in columns_of(parts)))


def _with_moment(column: Column) -> tuple[Column, ...]:
    return (column, _MOMENTS[column.name]) if column.name in _MOMENTS else (column,)
