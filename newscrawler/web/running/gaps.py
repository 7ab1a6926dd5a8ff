"""What is missing of a site, as a page for people: what became of its last crawl, and each kind of gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from urllib.parse import unquote

from newscrawler.errors import NoSuchPageError
from newscrawler.items import EntryKind
from newscrawler.sites import SITES
from newscrawler.store import Database
from newscrawler.store.at_a_glance import ids_of_addresses, knows_site
from newscrawler.store.gaps import GAP_KINDS, Gap, GapKind, Total, gaps_of_kind, totals
from newscrawler.store.report import CLASSES, Completeness, CrawlReport, last_crawl
from newscrawler.web.asked import Asked
from newscrawler.web.kept import ready
from newscrawler.web.leafing import leafing
from newscrawler.web.pages import View, page
from newscrawler.web.running.health import NAME, NOTHING_KNOWN, health_now
from newscrawler.web.running.wordings import worded
from newscrawler.web.speech import Speech, words

_FIRST = 6
_A_PAGE = 100
_FRESH = 120.0
"""Seconds for which it is not looked for again, though a crawl writes."""
_REASONS = 4
_COLUMNS: tuple[tuple[EntryKind, ...], ...] = (("article",), ("listing", "page", "sitemap", "feed"), ("file",))


@dataclass(frozen=True, slots=True)
class ToldClass:
    """A row of the report on completeness."""

    name: str
    total: int
    counts: tuple[int, ...]
    """Of articles, of other pages, of files."""
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ToldGap:
    """One gap, and its reason in plain words."""

    gap: Gap
    reason: str
    article_id: int | None
    """The article that names a file, or that is gone."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is kept of one kind."""

    total: Total
    gaps: list[Gap]
    foremost: list[Gap]
    """The longest rows of ids and months, else the first gaps."""


@dataclass(frozen=True, slots=True)
class ToldKind:
    """All gaps of one kind, some of them told."""

    total: Total
    gaps: list[ToldGap]


def missing(db: Database, asked: Asked) -> Mapping[str, object]:
    """What the page shows; with `kind`, all gaps of that kind, leaf by leaf.

    :raises NoSuchPageError: if neither the archive nor the program knows the site.
    """
    say, site = Speech(asked.lang), unquote(asked.parts["site"])
    if site not in SITES and not knows_site(db, site):
        raise NoSuchPageError(str(say("gaps.no_such_site", site=site[:100])))
    kinds = [kind for kind in GAP_KINDS if asked.text("kind") in ("", kind)] or list(GAP_KINDS)
    is_of_one_kind = len(kinds) == 1
    finds = {f"gaps {kind} {site}": _finder(site, kind) for kind in kinds}
    others = {NAME: health_now, f"crawl {site}": lambda db: last_crawl(db, site)}
    known = ready(db, {**others, **finds}, fresh=_FRESH)
    found = [known[name] for name in finds if name in known and known[name].gaps]
    number = found[0].total.gaps if is_of_one_kind and found else 0
    leaf = leafing(asked.number("page"), number, _A_PAGE, number)
    first = (leaf.page - 1) * _A_PAGE
    report = None if is_of_one_kind else known.get(f"crawl {site}")
    return {
        "site": site,
        "sites": [each.site for each in known.get(NAME, NOTHING_KNOWN).sites],
        "report": report,
        "classes": list(_classes(say, report)),
        "kinds": [
            _told(db, say, kind, kind.gaps[first : first + _A_PAGE] if is_of_one_kind else kind.foremost)
            for kind in found
        ],
        "is_of_one_kind": is_of_one_kind,
        "is_counting": len(known) < len(finds) + len(others),
        "leaf": leaf,
    }


def _finder(site: str, kind: GapKind) -> Callable[[Database], _Kind]:
    reader = _article_id(site)

    def find(db: Database) -> _Kind:
        gaps = list(gaps_of_kind(db, site, kind, reader))
        total = next(total for total in totals(gaps) if total.kind == kind)
        is_of_rows = bool(gaps) and gaps[0].first is not None
        return _Kind(total, gaps, nlargest(_FIRST, gaps, key=lambda gap: gap.count) if is_of_rows else gaps[:_FIRST])

    return find


def _article_id(site: str) -> Callable[[str], str | None] | None:
    known = SITES.get(site)
    return known.article_id if known is not None and known.ids_walk else None


def _told(db: Database, say: Speech, kind: _Kind, chosen: list[Gap]) -> ToldKind:
    ids = ids_of_addresses(db, [gap.article_url for gap in chosen if gap.article_url])
    told = [ToldGap(gap, _reason(say, gap.reason), ids.get(gap.article_url or "")) for gap in chosen]
    return ToldKind(kind.total, told)


def _classes(say: Speech, report: CrawlReport | None) -> Iterator[ToldClass]:
    found = report.completeness if report else Completeness()
    for each in CLASSES:
        if found.count(each):
            reasons = [(_reason(say, reason), count) for reason, count in found.reasons(each).items()]
            counts = tuple(found.count(each, kinds) for kinds in _COLUMNS)
            name = worded(say, "gaps.class", each)
            yield ToldClass(name, found.count(each), counts, tuple(reasons[:_REASONS]))


def _reason(say: Speech, code: str) -> str:
    """By the words of this page, or else by those for problems; a status as it is."""
    key = f"gaps.reason_{code.replace('-', '_')}"
    return str(say(key)) if key in words() else worded(say, "runs.kind", code)


ROUTES: list[tuple[str, View]] = [(r"/gaps/(?P<site>[^/]{1,300})$", page("gaps.html", missing))]
