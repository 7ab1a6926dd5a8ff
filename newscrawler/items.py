"""What travels through the crawler: Exchange becomes Capture; Page becomes Blocks, Blocks become Article.

All are frozen dataclasses, so `itemadapter` and Scrapy's pipelines take them as items. Fields that a database table
holds bear the column's name. Times are aware `datetime` in UTC or ISO 8601 text with a zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from newscrawler.tape import Tape

EntryKind = Literal["article", "listing", "page", "file", "sitemap", "feed"]
"""What is expected at an address of the queue; a `page` only leads on, a `file` is what a page needs."""
BlockName = Literal["main", "hot", "related"]
PageKind = Literal["article", "listing", "other"]
Precision = Literal["minute", "day", "month", "year"]
DateSource = Literal["metadata", "page", "image-folder", "neighbours", "prose"]
Truncated = Literal["length", "time", "disconnect", "unspecified"]
"""The reasons that WARC-Truncated knows (WARC 1.1 §5.13)."""
SourceName = Literal["json-ld", "meta", "microdata", "selector", "heuristic", "prose", "address", "site"]
"""Where in a page a field was read: `selector` is a place that the site's layout names, `heuristic` one that was found
by how it looks, `address` the page's own address, `site` what the site's file says of all its pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tls:
    """What is known of the encrypted connection that an exchange went over."""

    version: str
    """Such as `TLSv1.3`."""
    cipher: str
    certificate: str
    """`sha256:` and the hex digest of the server's certificate."""
    fault: str = ""
    """What is wrong with the certificate, in one word, where it was accepted all the same; else empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One attempt at one HTTP request, as the bytes that passed on the wire (above TLS)."""

    url: str
    method: str
    request: Tape
    """Head and body as sent."""
    response: Tape
    """Final head and body as received, chunk framing and all; empty if nothing came."""
    interim: bytes = b""
    """The 1xx heads that came before."""
    started_at: datetime
    """When the request was sent, UTC."""
    ip_address: str | None = None
    protocol: str = "http/1.1"
    tls: Tls | None = None
    truncated: Truncated | None = None
    """Why the response is not whole, or None."""
    failure: str = ""
    """One sentence on what ended the exchange early."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """Where the record of one response lies in the archive; the columns of table `captures`."""

    url: str
    urlkey: str
    timestamp: str
    """WARC-Date: UTC with microseconds."""
    status: int
    mime: str
    digest: str
    filename: str
    offset: int
    length: int
    record_id: str
    record_type: Literal["response", "revisit"] = "response"
    truncated: str | None = None
    refers_to: str | None = None
    """Of a revisit: the record id of the response that holds the payload."""
    id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One address of the queue, as the spider has named it; columns of table `frontier`."""

    url: str
    kind: EntryKind
    priority: int = 0
    """The highest first, and the oldest of those."""
    tries: int = 0
    """Leases so far."""
    carried: Mapping[str, Any] = field(default_factory=dict)
    """What the spider wants to know again when it comes: JSON values under names of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One entry of a block: an article of a list, a hot item, a related item."""

    block: BlockName
    position: int
    """Counted from 1 within its block."""
    url: str | None = None
    title: str | None = None
    summary: str | None = None
    image_url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """An image or another file that belongs to an article."""

    position: int
    """Counted from 1, in the order of the body."""
    kind: Literal["image", "document", "video", "audio"]
    url: str | None
    """Absolute; None where the page's address of it cannot be made whole."""
    original_src: str
    """As it stands in the page."""
    caption: str = ""
    """Whole, with the credit that stands in it."""
    credit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A point in time as far as it is known, and where it came from."""

    value: str
    """ISO 8601, as long as its precision: `2018`, `2018-05`, `2018-05-16`, `2018-05-16T14:30:00+07:00`."""
    precision: Precision
    source: DateSource
    raw: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What one place of a page says of one field."""

    field: str
    """Name of the column of table `articles`."""
    value: str
    """As it would be stored; of `authors` and `tags` one name a claim."""
    source: SourceName
    where: str = ""
    """The place itself, such as `og:title`, `NewsArticle.headline` or the selector."""
    raw: str = ""
    """As the page writes it, where that is not the value."""
    precision: Precision | None = None
    """Of a date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a field of an article was read, and what other places of the page said otherwise."""

    source: SourceName
    where: str = ""
    conflicts: tuple[Claim, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What a reader has written under an article, where it stands in the page; a row of table `comments`."""

    position: int
    """Counted from 1, in the order of the page."""
    text: str
    """Paragraphs parted by an empty line."""
    author: str | None = None
    published: str | None = None
    """ISO 8601, as long as it is known."""
    published_raw: str | None = None
    reply_to: int | None = None
    """Position of the comment that it answers."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """The decoded HTML of one address at one time, not yet read."""

    url: str
    html: str = field(repr=False)
    fetched_at: datetime
    site: str = ""
    """Name of the site, or empty where none is known."""
    kind: PageKind = "article"
    status: int = 200
    capture: Capture | None = None
    notes: tuple[str, ...] = ()
    """What was not as its headers say, such as a gzip label on plain text."""
    cut: str = ""
    """Why it may break off before its end, in a sentence; such a copy never takes the place of a whole one."""
    left_out: tuple[str, ...] = ()
    """What of it was not read as it stands, because that would have cost too much; told by `reading.guard`."""
    entry: str = field(default="", compare=False)
    """Address under which the queue knows the page, where it came out of one."""
    cache: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What has been worked out of the page already, so that spider and pipelines do it once."""


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """A page split into its parts, none of them cleaned yet."""

    page: Page
    title: str | None
    main: str | None = field(repr=False)
    """HTML of the article body, or None on pages that hold none."""
    form: str
    """How the body sat in the page, such as `nested-E escaped-2`, `selector`, `generic`."""
    links: tuple[Link, ...] = ()
    hrefs: tuple[str, ...] = field(default=(), repr=False)
    """Absolute addresses of all links of the page, in order, each once."""
    metadata: Metadata = field(default_factory=lambda: Metadata())
    claims: tuple[Claim, ...] = ()
    """What places beside the body say, that the layout names or that were found: the best first, for each field."""
    files: tuple[Media, ...] = ()
    """Documents that parts of the page beside its body offer."""
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What a page says of itself in JSON-LD, meta elements and breadcrumbs; None where it says nothing."""

    title: str | None = None
    summary: str | None = None
    author: str | None = None
    section: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    published: Dated | None = None
    modified: str | None = None
    claims: tuple[Claim, ...] = ()
    """All that was said, the best first, for each field; the fields above are chosen among these."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """A read article; the columns of table `articles`, with its links and media."""

    url: str
    title: str | None
    site: str = ""
    site_article_id: str | None = None
    summary: str | None = None
    byline: str | None = None
    """As the page writes it."""
    authors: tuple[str, ...] = ()
    """The persons that the byline or the metadata name, each once."""
    category: str | None = None
    tags: tuple[str, ...] = ()
    canonical_url: str | None = None
    """The address that the page itself prefers, where it says so."""
    published: str | None = None
    """ISO 8601, as long as `published_precision` allows; minutes carry their zone."""
    published_precision: Precision | None = None
    published_source: DateSource | None = None
    published_raw: str | None = None
    event_date: str | None = None
    """Day of the event as the lede tells it; the site prints no date of publication."""
    modified: str | None = None
    """When the page says it was changed last, as `published`."""
    modified_precision: Precision | None = None
    modified_source: DateSource | None = None
    modified_raw: str | None = None
    language: str | None = None
    body_text: str = field(default="", repr=False)
    """Paragraphs parted by an empty line; no captions, tables or byline."""
    body_html: str = field(default="", repr=False)
    """Sanitised."""
    other_text: str = ""
    """What is searched beside title, summary and body: captions, table rows, byline."""
    word_count: int = 0
    content_hash: str = ""
    extractor: str = ""
    origins: Mapping[str, Origin] = field(default_factory=dict, repr=False, compare=False)
    """Column → where its value was read."""
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()
    comments: tuple[Comment, ...] = ()
    id: int | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    last_changed: str | None = None
    capture_id: int | None = None
    page: Page | None = field(default=None, repr=False, compare=False)
    """The page it was read from; not a column."""
