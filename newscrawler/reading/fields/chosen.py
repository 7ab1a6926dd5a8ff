"""The fields of an article, each chosen among all that its page says, with where it was read.

Order of places: what the layout names, what the page shows, JSON-LD, meta elements, microdata. Of dates the stated ones
come before the shown ones, microdata behind both, then the folder of the pictures, then the prose (facts: sites §1.2);
the day in an address is never believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from newscrawler.items import Blocks, Claim, Dated, DateSource, Origin
from newscrawler.reading.body.parts import Body, Image
from newscrawler.reading.dates import published as dates
from newscrawler.reading.dates.address_date import address_date
from newscrawler.reading.fields.authors import choose_authors
from newscrawler.reading.fields.claims import choose
from newscrawler.reading.fields.lede_text import lede_in_body
from newscrawler.reading.fields.tags import choose_tags
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.own_addresses import Addresses
from newscrawler.text import fold, same_words

MAX_SITE_DESCRIPTION = 150
"""A shorter description that names the site is the same on each of its pages."""
FOLDER = "image folder "
"""How the place of a date begins that the pictures' folder tells."""


@dataclass(frozen=True)
class Fields:
    """Column → value, and column → where it was read; columns without a value stand in neither."""

    values: dict[str, Any]
    origins: dict[str, Origin]
    folder: str | None
    """Year and month of the folder that the pictures lie in."""


class _Choice:
    """All claims of one page, and what has been chosen among them."""

    def __init__(self, blocks: Blocks, layout: Layout) -> None:
        self.claims = (*blocks.claims, *blocks.metadata.claims)
        self.distrusted = layout.distrusted
        self.values: dict[str, Any] = {}
        self.origins: dict[str, Origin] = {}

    def of(self, field: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.field == field]

    def take(self, field: str, claims: Sequence[Claim]) -> Claim | None:
        """Choose among claims, the best first, and keep what was chosen."""
        if (found := choose(claims, self.distrusted)) is None:
            return None
        self.keep(field, found[0].value, found[1])
        return found[0]

    def keep(self, field: str, value: Any, origin: Origin) -> None:
        self.values[field], self.origins[field] = value, origin


def fields_of(blocks: Blocks, body: Body, layout: Layout, addresses: Addresses) -> Fields:
    """Choose the fields of a page's article.

    :param body: what was read from its body, with byline and headline told apart; empty on pages that hold none.
    """
    choice = _Choice(blocks, layout)
    _identity(choice, blocks, addresses)
    _title(choice, blocks, body)
    _summary(choice, body, layout)
    choice.take("category", choice.of("category"))
    choice.take("canonical_url", choice.of("canonical_url"))
    site = [Claim(field="language", value=layout.language, source="site", where="language")] if layout.language else []
    choice.take("language", [*choice.of("language"), *site])
    folder = dates.folder_date(part.src for part in body.parts if isinstance(part, Image))
    if blocks.main is not None:
        _of_article(choice, blocks, body, layout, folder)
    return Fields(choice.values, choice.origins, folder.value if folder else None)


def _of_article(choice: _Choice, blocks: Blocks, body: Body, layout: Layout, folder: Dated | None) -> None:
    """What a list has not."""
    choose_authors(choice.keep, _bylines(choice, body), choice.of("authors"), layout.distrusted)
    if tags := choose_tags(choice.of("tags"), _all_text(choice, body), layout.distrusted):
        choice.keep("tags", *tags)
    _dates(choice, blocks, body, folder)
    for field, there in (("body_text", True), ("links", bool(blocks.links)), ("comments", bool(blocks.comments))):
        if there and (claims := choice.of(field)):
            choice.origins[field] = Origin(source=claims[0].source, where=claims[0].where)


def _identity(choice: _Choice, blocks: Blocks, addresses: Addresses) -> None:
    page, stated = blocks.page, blocks.metadata.canonical_url
    own = addresses.canonical(page.url)
    place = Origin(source="site", where="article_url") if own else Origin(source="address")
    place = Origin(source="meta", where="link rel=canonical") if stated and not own else place
    choice.keep("url", own or stated or page.url, place)
    if page.site:
        choice.keep("site", page.site, Origin(source="site", where="name"))
    if article_id := addresses.article_id(page.url):
        choice.keep("site_article_id", article_id, Origin(source="address", where=page.url))


def _title(choice: _Choice, blocks: Blocks, body: Body) -> None:
    claims = choice.of("title")
    if body.headline:
        claims.insert(0 if blocks.title is None else 1, _seen("title", body.headline, "first line of the body"))
    if blocks.title is None and not body.headline:
        return
    choice.take("title", claims)


def _summary(choice: _Choice, body: Body, layout: Layout) -> None:
    """The lede, unless it only repeats the headline; of what is stated none that says what site this is."""
    title = choice.values.get("title") or ""
    claims = [one for one in choice.of("summary") if not (title and same_words(one.value, title))]
    shown = [one for one in claims if one.source in ("selector", "heuristic")]
    stated = [one for one in claims if one not in shown and not _describes_site(one.value, layout)]
    if not shown and (lede := lede_in_body(body, stated)):
        shown = [lede]
    choice.take("summary", [*shown, *stated])


def _describes_site(text: str, layout: Layout) -> bool:
    return len(text) < MAX_SITE_DESCRIPTION and any(fold(name) in fold(text) for name in layout.site_names)


def _bylines(choice: _Choice, body: Body) -> list[Claim]:
    """What the layout's place says, the last line of the body, what else is shown, what is stated."""
    claims = choice.of("byline")
    named = [one for one in claims if one.source == "selector"]
    last = [_seen("byline", body.byline, "last line of the body")] if body.byline else []
    return [*named, *last, *(one for one in claims if one.source != "selector")]


def _dates(choice: _Choice, blocks: Blocks, body: Body, folder: Dated | None) -> None:
    page = blocks.page
    said = choice.of("published")
    strong = [*_of(said, "json-ld", "meta"), *_of(said, "selector"), *_of(said, "heuristic"), *_of(said, "microdata")]
    if folder:
        strong.append(_dated("published", folder.value, "heuristic", f"{FOLDER}{folder.raw}", folder.raw, "month"))
    found = choose(strong, choice.distrusted)
    hint = _year_and_month(found[0].value) if found else None
    event = dates.prose_date([text.text for text in body.texts], fetched_at=page.fetched_at, year_hint=hint)
    prose = dates.choose_date(None, None, None, event)
    told = [_dated("published", prose.value, "prose", "first paragraphs", prose.raw, "day")] if prose else []
    address = address_date(page.url, page.fetched_at)
    chosen = choice.take("published", [*strong, *told, *([address] if address else [])])
    if chosen:
        _keep_date(choice.values, chosen)
    else:
        unread = [one for one in strong if one.raw and not one.value]
        said_so = [*(one.raw for one in _of(unread, "selector", "heuristic")), event.raw if event else ""]
        said_so += [one.raw for one in (*unread, *strong)]
        choice.values["published_raw"] = next(filter(None, said_so), None)
    if event and event.value:
        choice.keep("event_date", event.value, Origin(source="prose", where="first paragraphs"))
    said = choice.of("modified")
    changed = [*_of(said, "json-ld", "meta"), *_of(said, "selector", "heuristic"), *_of(said, "microdata")]
    if last := choice.take("modified", changed):
        _keep_date(choice.values, last)


def _keep_date(values: dict[str, Any], chosen: Claim) -> None:
    field = chosen.field
    values[f"{field}_precision"] = chosen.precision
    values[f"{field}_source"] = _kind_of(chosen)
    values[f"{field}_raw"] = chosen.raw or chosen.value


def _kind_of(chosen: Claim) -> DateSource:
    if chosen.source in ("json-ld", "meta", "microdata"):
        return "metadata"
    if chosen.where.startswith(FOLDER):
        return "image-folder"
    return "prose" if chosen.source == "prose" else "page"


def _of(claims: Iterable[Claim], *sources: str) -> list[Claim]:
    return [claim for claim in claims if claim.source in sources]


def _seen(field: str, value: str, where: str) -> Claim:
    return Claim(field=field, value=value, source="heuristic", where=where)


def _dated(field: str, value: Any, source: Any, where: str, raw: str, precision: Any) -> Claim:
    return Claim(field=field, value=value, source=source, where=where, raw=raw, precision=precision)


def _year_and_month(value: str) -> tuple[int, int | None]:
    year, _dash, month = value.partition("-")
    return int(year), int(month[:2]) if month else None


def _all_text(choice: _Choice, body: Body) -> list[str]:
    """What an article says, for tags to be found in."""
    return [choice.values.get("title") or "", choice.values.get("summary") or "", *(text.text for text in body.texts)]
