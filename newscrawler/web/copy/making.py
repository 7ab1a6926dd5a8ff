"""The pages of a copy, written one by one: articles first, then the lists, the timeline and the search over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from newscrawler.archive.manifest import Manifest
from newscrawler.export.dictionary import SOFTWARE, dictionary, facts_of, resource
from newscrawler.export.markdown.folder import Folder
from newscrawler.export.markdown.names import way_up
from newscrawler.export.markdown.pictures import Pictures
from newscrawler.export.places import DICTIONARY
from newscrawler.export.source import Record, Source
from newscrawler.text import counted
from newscrawler.web.articles.article import site_title
from newscrawler.web.articles.versions import history
from newscrawler.web.asked import Asked
from newscrawler.web.assets import content_of
from newscrawler.web.copy import addresses as at
from newscrawler.web.copy.addresses import CopyAddresses, Held
from newscrawler.web.copy.article import article_in_copy, changes
from newscrawler.web.copy.attachments import Attachments
from newscrawler.web.copy.contents import UNDATED, Contents, Listed, Section, list_pages
from newscrawler.web.copy.hot import hot_pages
from newscrawler.web.copy.postings import Postings
from newscrawler.web.copy.shards import Title, shards_script, title_scripts, word_scripts
from newscrawler.web.rendering import render
from newscrawler.web.speech import Speech

_NEWEST = 12
"""Articles on the front page."""
_MISSING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" viewBox="0 0 320 180">'
    '<rect width="320" height="180" fill="#d9d0bf"/>'
    '<path d="M120 60h80v60h-80zM120 60l80 60M200 60l-80 60" fill="none" stroke="#5f574c" stroke-width="3"/></svg>\n'
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was written."""

    size: int
    pictures: int
    documents: int
    complaints: tuple[str, ...]


def make(found: Source, root: Path, lang: str) -> Made:
    """Fill the folder at `root`."""
    folder = Folder(root)
    attachments = Attachments(found.db, found.order.data, folder)
    _Copy(found, folder, attachments, lang).write()
    return Made(folder.size, attachments.pictures.copied, attachments.documents, _complaints(attachments.pictures))


class _Copy:
    def __init__(self, found: Source, folder: Folder, attachments: Attachments, lang: str) -> None:
        self._found, self._folder, self._lang = found, folder, lang
        self._say = Speech(lang)
        self._contents, self._postings = Contents(), Postings()
        self._warcs: set[str] = set()
        self._held = Held(articles=set(found.ids), file_of=attachments.path_of, url_of=attachments.url_of)

    def write(self) -> None:
        for name in ("style.css", "copy.js"):
            self._folder.add(f"assets/{name}", content_of(name))
        self._folder.add(at.MISSING, _MISSING.encode())
        for record in self._found.articles():
            self._article(record)
        self._lists()
        self._timeline()
        self._search()
        self._front()

    def _article(self, record: Record) -> None:
        listed = self._contents.add(record)
        self._postings.add((listed.title, listed.lede), f"{record['body_text']} {record['other_text']}")
        if record["capture_filename"]:
            self._warcs.add(record["capture_filename"])
        path = at.article_path(listed.id)
        asked = self._asked(path, id=str(listed.id))
        shown = article_in_copy(self._found.db, asked, self._held.articles)
        self._page(path, "copy_article.html", {**shown, "capture": record})
        if shown["versions"] != 1:
            self._versions(listed.id)

    def _versions(self, id: int) -> None:
        for newer, path in changes(self._found.db, id):
            values = {"b": str(newer)}
            asked = self._asked(path, id=str(id))
            self._page(path, "article_history.html", history(self._found.db, replace(asked, values=values)))

    def _lists(self) -> None:
        contents = self._contents
        for month, articles in contents.months.items():
            self._list(f"months/{month}", articles, month=month)
        for section, articles in contents.sections.items():
            self._list(at.section_stem(*section), articles, section=section)
        self._page(at.MONTHS, "copy_months.html", {"years": contents.years, "undated": UNDATED})
        told = [(*key, len(articles), f"{at.section_stem(*key)}.html") for key, articles in contents.sections.items()]
        self._page(at.SECTIONS, "copy_sections.html", {"sections": told, "site_title": site_title})

    def _list(self, stem: str, articles: list[Listed], *, month: str = "", section: Section | None = None) -> None:
        told = {"month": month, "section": section, "undated": UNDATED, "total": len(articles)}
        for page in list_pages(stem, articles):
            self._page(page.path, "copy_list.html", {**told, "page": page})

    def _timeline(self) -> None:
        for page in hot_pages(self._found, self._held.articles, self._say):
            self._page(at.hot_path(page.number), "copy_hot.html", {"page": page, **page.shown})

    def _search(self) -> None:
        firsts = []
        for number, (first, script) in enumerate(word_scripts(self._postings.sorted())):
            firsts.append(first)
            self._folder.add(f"search/words-{number}.js", script.encode())
        for number, script in enumerate(title_scripts(map(self._title, self._contents.articles))):
            self._folder.add(f"search/titles-{number}.js", script.encode())
        self._folder.add("search/shards.js", shards_script(firsts, self._postings.articles).encode())
        self._page(at.SEARCH, "copy_search.html", {"total": self._postings.articles})

    def _title(self, article: Listed) -> Title:
        title = article.title or str(self._say("base.untitled"))
        return [
            at.article_path(article.id),
            title,
            self._say.day(article.published),
            site_title(article.site),
            article.lede,
        ]

    def _front(self) -> None:
        tally, contents = self._found.tally, self._contents
        about = {"tally": tally, "sites": [(name, site_title(name), count) for name, count in contents.sites.items()]}
        front = {**about, "newest": contents.newest[:_NEWEST], "years": contents.years, "undated": UNDATED}
        self._page(at.HOME, "copy_home.html", front)
        selection = self._found.order.selection
        sums = {entry.file.removeprefix("warc/"): entry.sha256 for entry in Manifest(self._found.order.data).entries()}
        warcs = [(name, sums.get(name, "")) for name in sorted(self._warcs)]
        more = {"warcs": warcs, "software": SOFTWARE, "selection": selection, "everything": selection.is_everything}
        self._page(at.ABOUT, "copy_about.html", {**about, **more})
        page = self._folder.sum_of(at.HOME)
        told = dictionary(self._found.order, facts_of(tally), [resource(at.HOME, *page, mediatype="text/html")])
        self._folder.add(DICTIONARY, told.encode())

    def _page(self, path: str, template: str, context: Mapping[str, object]) -> None:
        asked = self._asked(path)
        to = CopyAddresses(asked, path, self._held)
        self._folder.add(path, render(template, asked, context, to).encode())

    def _asked(self, path: str, **parts: str) -> Asked:
        here = way_up(path) + path
        return Asked(folder=self._found.order.data, path=here, parts=parts, lang=self._lang)


def _complaints(pictures: Pictures) -> tuple[str, ...]:
    if not pictures.failed:
        return ()
    damaged = counted(pictures.failed, "file")
    return (f"{damaged} could not be taken out of the archive: {pictures.damaged[0]}", *pictures.damaged[1:])
