"""What a site's layout reads from saved pages, page by page and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import quote, urljoin

from rich.text import Text

from newscrawler.cli.common import printable
from newscrawler.errors import NewsCrawlerError
from newscrawler.items import Article, Origin
from newscrawler.reading.encoding import decode
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.selectors import select
from newscrawler.reading.page.stated_address import stated_address
from newscrawler.reading.page.tree import parse
from newscrawler.sites import Site
from newscrawler.sites.checking import PLACES

_LONGEST = 90
_ASKED = ("title", "summary", "published", "byline", "body")
"""What the verdict counts: a news article has all of them, or nearly."""


@dataclass
class _Page:
    """One saved page, read."""

    name: str
    url: str = ""
    article: Article | None = None
    error: str = ""


@dataclass
class CheckedPages:
    """All of them, and how often each selector of the layout found something."""

    site: Site
    pages: list[_Page] = field(default_factory=list)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: dict[tuple[str, str], None] = field(default_factory=dict)
    """The selectors of all layouts that were used, in order."""

    @property
    def unread(self) -> int:
        """How many pages could not be read."""
        return sum(page.article is None for page in self.pages)

    def lines(self) -> Iterator[Text]:
        """What people read: a paragraph for each page, then the selectors, then the verdict."""
        for page in self.pages:
            yield from _of_page(page)
            yield Text()
        yield from self._of_selectors()
        yield self._verdict()

    def _of_selectors(self) -> Iterator[Text]:
        """Those that found nothing on any page; of a place that another one has found, with less ado."""
        if not self.named:
            yield Text("The layout names no places: all is left to the generic reader.", style="dim")
            return
        idle = [each for each in self.named if not self.found[each]]
        yield Text(f"{len(self.named) - len(idle)} of {len(self.named)} selectors found something.", style="dim")
        places = {place for place, _selector in self.found}
        for place, selector in idle:
            also = f" (another one for {place} did)" if place in places else ""
            yield Text(f"  {place:10} {selector}  nothing on any page{also}", style="dim" if also else "yellow")

    def _verdict(self) -> Text:
        read = [page.article for page in self.pages if page.article]
        parts = [f"{name} {sum(bool(_field(article, name)) for article in read)}" for name in _ASKED]
        said = f"{self.site.name}: {len(read)} of {len(self.pages)} pages read; {', '.join(parts)}"
        return Text(said, style="bold red" if self.unread else "bold")


def check_layout(site: Site, files: Sequence[Path], *, url: str = "", day: date | None = None) -> CheckedPages:
    """Read saved pages as if they had been fetched.

    :param url: address of the page, where there is only one.
    :param day: when the pages looked so; today where it is not known.
    """
    at = datetime.combine(day, time(12), tzinfo=UTC) if day else datetime.now(UTC)
    checked = CheckedPages(site)
    for file in files:
        page = _Page(printable(file.name))
        checked.pages.append(page)
        try:
            html = _load(file)
            page.url = url or _address(site, html, file)
            _look(checked, html, site.layout_at(at))
            page.article = site.read(html, page.url, fetched_at=at)
        except NewsCrawlerError as error:
            page.error = str(error)
    return checked


def _load(file: Path) -> str:
    try:
        return decode(file.read_bytes())
    except OSError as error:
        raise NewsCrawlerError(f"cannot read {file}: {error.strerror or error}") from error


def _address(site: Site, html: str, file: Path) -> str:
    """The address that a page states; else that of the article whose id is the last number in the file's name; else
    one with the file's name."""
    stated = stated_address(html)
    if stated and site.owns(stated):
        return stated
    digits = "".join(char if char.isdigit() else " " for char in file.stem).split()
    told = site.address_of(digits[-1] if digits else "0")
    return told or urljoin(site.start[0], f"/{quote(file.name)}")


def _look(checked: CheckedPages, html: str, layout: Layout) -> None:
    """Note which selectors find something."""
    selectors = [(place, one) for place in PLACES for one in getattr(layout, place)]
    checked.named |= dict.fromkeys(selectors)
    tree = parse(html) if selectors else None
    checked.found.update((place, one) for place, one in selectors if tree is not None and select(tree, (one,)))


def _of_page(page: _Page) -> Iterator[Text]:
    article = page.article
    if article is None:
        yield Text(f"{page.name}  {page.url}", style="bold")
        yield Text(f"  {page.error}", style="red")
        return
    yield Text(f"{page.name}  {article.url}", style="bold")
    for name, value in _rows(article):
        row = Text(f"  {name:10} ")
        row.append(_short(value) if value else "—", style="" if value else "yellow")
        if (origin := article.origins.get(name)) is not None and value:
            row.append(f"   {_origin(origin)}", style="dim")
        yield row


def _rows(article: Article) -> Iterator[tuple[str, str]]:
    kinds = Counter(medium.kind for medium in article.media)
    blocks = Counter(link.block for link in article.links)
    for name in ("title", "summary", "published", "modified", "byline", "category"):
        yield name, _field(article, name)
    yield "tags", ", ".join(article.tags)
    yield "body", _field(article, "body")
    yield "media", ", ".join(f"{count} {kind}{'s' * (count > 1)}" for kind, count in sorted(kinds.items()))
    for block in ("main", "hot", "related"):
        if block != "main" or blocks["main"]:
            yield block, f"{blocks[block]} entries" if blocks[block] else ""
    yield "comments", str(len(article.comments) or "")


def _field(article: Article, name: str) -> str:
    if name == "body":
        paragraphs = len(article.body_text.split("\n\n")) if article.body_text else 0
        form = article.extractor.partition(" ")[2]
        return f"{paragraphs} paragraphs, {article.word_count} words ({form})" if paragraphs else ""
    value = getattr(article, name) or ""
    precision = getattr(article, f"{name}_precision", None)
    return f"{value} ({precision}, {getattr(article, f'{name}_source')})" if value and precision else value


def _origin(origin: Origin) -> str:
    said = f"{origin.source} {origin.where}".strip()
    others = dict.fromkeys(claim.where or claim.source for claim in origin.conflicts)
    return f"{said}; said otherwise by {', '.join(others)}" if others else said


def _short(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
