"""Budgets against traps: endless calendars, mazes, lists without end (facts: reliability §2, rows 66 to 75).

No address can be told to be a trap by itself. What can be told is where it was found and what its like has brought:
what a list names is always asked for; what only other articles name, what lies ever further from a list, and what keeps
leading to nothing new has a budget. A row of table `problems` tells the first address of each family that was refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from newscrawler.items import EntryKind
from newscrawler.sites import ListPage, Site
from newscrawler.spiders.shapes import family, oddity

Through = Literal["start", "list", "link"]
"""How an address was found: the crawl begins there, a list page names it in its list, or anything else links to it."""

MOST_HOPS = 20
"""Links between an address and the list, or starting page, that it was reached from."""
UNLISTED = 100
"""Articles that no list names, which a cycle asks for; a tenth of the listed ones comes on top."""
HIDDEN_LISTS = 20
"""Lists that the starting pages do not name, and that have brought nothing new."""
BARREN_PAGES = 120
"""Pages of such lists, all together, that bring nothing new to the cycle; a few mirrored lists may be real sections."""
ABSENT_ENTRIES = 30
"""Entries of a list in a row that are not there, behind which it is left."""
FAMILY = 50
"""Pages of one form that only lead on; five for each article that they have led to come on top."""
PAGES = 100
"""The same of all forms together."""
HIGHEST_PAGE = 100_000
MOST_REMEMBERED = 10_000
_UNLISTED = "trap-unlisted"


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address was found."""

    through: Through
    hops: int = 0
    """0 for what a starting page names, and for what a list names in its list; the next page of a list has as many as
    the page before; all else one more than the page that names it."""


@dataclass
class _List:
    """What is known of one list."""

    hidden: bool
    absent: int = 0
    fruitful: bool = False


class Traps:
    """What a cycle may still ask for; memory only, made anew by `recall` when a run goes on with a cycle."""

    def __init__(self, site: Site, report: Callable[[str, str, str], None]) -> None:
        """:param report: is told address, kind and sentence of the first address that is refused of each family."""
        self.site, self._report = site, report
        self.refused: Counter[str] = Counter()
        """Addresses that were refused, by kind; one that is named often counts often."""
        self._reported: set[tuple[str, str]] = set()
        self._listed: set[int] = set()
        self._unlisted: set[int] = set()
        self._never_listed: dict[int, str] = {}
        """Articles that were refused because no list names them, unless one does yet."""
        self._named_by: dict[int, str] = {}
        self._lists: dict[str, _List] = {}
        self._barren = 0
        """Pages of hidden lists that have brought nothing new."""
        self._pages: Counter[str] = Counter()
        self._fruit: Counter[str] = Counter()

    def recall(self, met: Iterable[tuple[str, EntryKind]]) -> None:
        """Count what earlier runs of the cycle have asked for; which articles were listed is not known any more."""
        for url, kind in met:
            if kind == "page":
                self._pages[family(url)] += 1
            elif kind == "article":
                self._listed.add(hash(url))
            elif list_page := self.site.list_page(url):
                self._lists.setdefault(_key(list_page), _List(hidden=False))

    def admits(self, url: str, kind: EntryKind, found: Found) -> bool:
        """Whether an address that the cycle has not met may be asked for; a refusal is reported once for a family."""
        refusal = self._refusal(url, kind, found)
        if refusal is None:
            self._admit(url, kind, found)
            return True
        self.refused[refusal] += 1
        if refusal == _UNLISTED:
            # Most of them are named by a list that comes later, so it is too early to speak of a trap.
            if len(self._never_listed) < MOST_REMEMBERED:
                self._never_listed[hash(url)] = url
        else:
            self._tell(url, refusal)
        return False

    def close(self) -> None:
        """The run ends: tell of articles that no list has named."""
        for url in [*self._never_listed.values()][:1]:
            self._tell(url, _UNLISTED)

    def named(self, list_url: str, articles: Iterable[str], new: int) -> None:
        """A list page has named articles, of which so many were new to the cycle."""
        list_page = self.site.list_page(list_url)
        if list_page is None:
            return
        known = self._lists.setdefault(_key(list_page), _List(hidden=False))
        self._barren += known.hidden and not new
        known.fruitful = known.fruitful or new > 0
        for url in articles:
            self._unlisted.discard(hash(url))
            self._never_listed.pop(hash(url), None)
            self._listed.add(hash(url))
            self._named_by[hash(url)] = _key(list_page)

    def show(self, list_url: str) -> None:
        """A starting page names a list, whoever has named it before."""
        list_page = self.site.list_page(list_url)
        if list_page is not None and (known := self._lists.get(_key(list_page))) is not None:
            known.hidden = False

    def led_to(self, url: str, new: int) -> None:
        """A page that only leads on has named so many articles that were new to the cycle."""
        self._fruit[family(url)] += new
        self._fruit[""] += new

    def came(self, url: str, *, there: bool) -> None:
        """An article that was asked for was there, or was not."""
        key = self._named_by.pop(hash(url), None)
        if key is not None:
            known = self._lists[key]
            known.absent = 0 if there else known.absent + 1

    def _refusal(self, url: str, kind: EntryKind, found: Found) -> str | None:
        if found.through == "start":
            return None
        if odd := oddity(url):
            return f"trap-{odd}"
        if found.hops > MOST_HOPS:
            return "trap-too-far"
        match kind:
            case "article":
                return self._of_article(found)
            case "listing":
                return self._of_list(url, found)
            case "page":
                return self._of_page(url)
        return None

    def _of_article(self, found: Found) -> str | None:
        most = UNLISTED + len(self._listed) // 10
        return _UNLISTED if found.through == "link" and len(self._unlisted) >= most else None

    def _of_list(self, url: str, found: Found) -> str | None:
        list_page = self.site.list_page(url)
        if list_page is None:
            return None
        if list_page.number > HIGHEST_PAGE:
            return "trap-page-number"
        known = self._lists.get(_key(list_page))
        if known is None:
            barren = sum(each.hidden and not each.fruitful for each in self._lists.values())
            return "trap-hidden-lists" if found.hops and barren >= HIDDEN_LISTS else None
        if known.absent >= ABSENT_ENTRIES:
            return "trap-list-of-nothing"
        return "trap-mirrored-list" if known.hidden and self._barren >= BARREN_PAGES else None

    def _of_page(self, url: str) -> str | None:
        form = family(url)
        if self._pages[form] >= FAMILY + 5 * self._fruit[form]:
            return "trap-family"
        return "trap-pages" if self._pages.total() >= PAGES + 5 * self._fruit[""] else None

    def _admit(self, url: str, kind: EntryKind, found: Found) -> None:
        if kind == "page":
            self._pages[family(url)] += 1
        elif kind == "article":
            (self._unlisted if found.through == "link" else self._listed).add(hash(url))
        elif list_page := self.site.list_page(url):
            self._lists.setdefault(_key(list_page), _List(hidden=found.hops > 0))

    def _tell(self, url: str, kind: str) -> None:
        form = family(url)[:200]
        # Of lists and articles of a site all addresses have one form; of odd ones each may have its own.
        mark = (kind, form if kind == "trap-family" else "")
        if mark not in self._reported:
            self._reported.add(mark)
            self._report(url[:2_000], kind, f"{_WHY[kind]}; addresses like {form} are not asked for any more")


def _key(page: ListPage) -> str:
    return page.turn(0).url


_WHY = {
    "trap-too-long": "the address is longer than any real one",
    "trap-too-deep": "the path has too many parts",
    "trap-repeats": "the path repeats itself",
    "trap-too-many-parameters": "the address has too many parameters",
    "trap-too-far": f"it lies more than {MOST_HOPS} links away from any list",
    "trap-unlisted": "no list names it, and as many such articles as a cycle may ask for were asked for",
    "trap-hidden-lists": f"{HIDDEN_LISTS} lists that no starting page names have brought nothing new",
    "trap-list-of-nothing": f"the last {ABSENT_ENTRIES} entries of the list are not there",
    "trap-mirrored-list": f"{BARREN_PAGES} pages of lists that no starting page names have brought nothing new",
    "trap-page-number": f"no list has more than {HIGHEST_PAGE:,} pages",
    "trap-family": "pages of this form lead on and on, and to no articles",
    "trap-pages": "pages that only lead on lead to no articles",
}
"""Kind of problem → why."""
