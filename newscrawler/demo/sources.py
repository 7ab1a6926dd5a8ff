"""The sources of the sample site: TOML files in, frozen records out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GENERATIONS = ("A", "C", "D", "E")
WRAPPINGS = (
    "escaped-once",
    "escaped-entities",
    "escaped-twice",
    "textarea",
    "noscript",
    "script",
    "script-string",
    "tree",
)
TEMPLATES = ("tables", "columns", "cards", "aspnet")
IMAGE_STYLES = ("figure-em", "table", "bare")


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture of an article."""

    src: str
    """As written in the page: an absolute address or a bare file name."""
    after_paragraph: int
    """The number of paragraphs before it; 0 puts it first."""
    style: str
    caption: str | None = None
    """Whole caption, credit included."""
    credit: str | None = None
    missing: bool = False
    """The page names it, but the server has lost it (404)."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that words of an article's text lead to."""

    src: str
    """As written in the page: an absolute address or a path."""
    words: str
    """The words that are the link; they stand in one paragraph, once."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What the lede says of the day of the event."""

    text: str | None = None
    date: str | None = None
    """ISO date; None when the year is missing or wrong."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article as its source file tells it."""

    id: int
    title: str
    generation: str
    wrapping: str
    template: str
    category: int
    paragraphs: tuple[str, ...]
    summary: str
    """The teaser of lists and blocks; never the first paragraph."""
    byline: str | None = None
    images: tuple[Image, ...] = ()
    documents: tuple[Document, ...] = ()
    table: tuple[tuple[str, ...], ...] | None = None
    bullets: tuple[int, ...] = ()
    """Indexes of the paragraphs that are items of a bulleted list."""
    headline_in_body: bool = False
    nested_title: str = ""
    """The title of the nested document: a district name, sometimes a stale one."""
    republished: bool = False
    """Taken from a newspaper, with the ids of its page around half of the text."""
    event: Event = Event()
    folder: str = ""
    """Year and month of the image folder, such as `2018/7`."""
    unlisted: bool = False
    hot: tuple[int, ...] | None = None
    """Items of the page's hot block; None takes those of the site."""
    related: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Category:
    """A section of the site with its list pages."""

    number: int
    name: str
    template: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """How listings are paged, with the faults of the real ones."""

    page_size: int
    category_page_size: int
    template: str
    short_page: int
    """Page of the whole-site listing that holds one item only."""
    drift_page: int
    """Page of the whole-site listing that begins with the last item of the page before."""
    displaced: tuple[tuple[int, int], ...]
    """Pairs (id, id it stands behind): items out of date order."""
    literal_markup: tuple[int, ...]
    """Items whose summary shows a literal `<p align="justify">`."""
    hot: tuple[int, ...]
    related: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SiteSources:
    """All that the sample site is made of."""

    articles: tuple[Article, ...]
    """By ID, oldest first."""
    categories: tuple[Category, ...]
    listing: Listing
    hot: tuple[int, ...]
    related: tuple[int, ...]
    redirects: dict[str, str]
    robots: str


def sample_site_folder() -> Path:
    """The folder of the sources: beside the code in a checkout, inside the package once installed."""
    inside_checkout = Path(__file__).parents[2] / "data" / "sample-site"
    inside_package = Path(__file__).parent / "sample-site"
    for folder in (inside_checkout, inside_package):
        if (folder / "site.toml").is_file():
            return folder
    raise FileNotFoundError(
        f"The sources of the sample site were found neither in {inside_checkout} nor in {inside_package}."
    )


def load_sources(folder: Path) -> SiteSources:
    """Read `site.toml` and `articles/*.toml` of a folder; a field that makes no sense raises ValueError."""
    site = _read(folder / "site.toml")
    listing = site["listing"]
    articles = [_article(path) for path in sorted((folder / "articles").glob("*.toml"))]
    return SiteSources(
        articles=tuple(sorted(articles, key=lambda article: article.id)),
        categories=tuple(Category(**category) for category in site["categories"]),
        listing=Listing(
            **{key: value for key, value in listing.items() if not isinstance(value, list)},
            displaced=tuple((item["id"], item["behind"]) for item in listing["displaced"]),
            literal_markup=tuple(listing["literal_markup"]),
            hot=tuple(listing["hot"]),
            related=tuple(listing["related"]),
        ),
        hot=tuple(site["hot"]),
        related=tuple(site["related"]),
        redirects=dict(site["redirects"]),
        robots=site["robots"],
    )


def frozen_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with their lists, and the lists in these, as tuples."""
    return {key: _frozen(value) for key, value in fields.items()}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, (list, tuple)) else value


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return tomllib.load(stream)


def _article(path: Path) -> Article:
    fields = _read(path)
    try:
        fields["images"] = tuple(Image(**image) for image in fields.get("images", []))
        fields["documents"] = tuple(Document(**document) for document in fields.get("documents", []))
        fields["event"] = Event(**fields.get("event", {}))
        article = Article(**frozen_fields(fields))
    except TypeError as error:
        raise ValueError(f"{path.name}: {error}") from error
    for what, value, known in (
        ("generation", article.generation, GENERATIONS),
        ("wrapping", article.wrapping, WRAPPINGS),
        ("template", article.template, TEMPLATES),
        *(("image style", image.style, IMAGE_STYLES) for image in article.images),
    ):
        if value not in known:
            raise ValueError(f"{path.name}: unknown {what} {value!r}; known are {', '.join(known)}")
    return article
