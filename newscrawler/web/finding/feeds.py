"""The same search for programs: JSON a page at a time, and the newest of what is found as an Atom feed.

`/search.json` answers one object: `query` (the fields in force), `total`, `total_is_at_least` (whether there are more),
`page`, `pages`, `next` and `previous` (addresses, or null) and `hits`, each with id, url, title, published, precision,
site, section, byline, snippet (found words in square brackets, as `newscrawler search --json` has them) and article
(its page in this room).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from newscrawler.export.atom import END, MEDIA_TYPE, START, entry, head, updated_of
from newscrawler.store import Database
from newscrawler.store.cards import last_touched
from newscrawler.store.handing import whole_articles
from newscrawler.store.selection import select
from newscrawler.web.addresses import Addresses
from newscrawler.web.asked import Asked
from newscrawler.web.finding.found import Story, found
from newscrawler.web.finding.wanted import wanted
from newscrawler.web.pages import Sent
from newscrawler.web.rendering import CLOSE, OPEN

_NEWEST = 30


def as_json(db: Database, asked: Asked) -> Sent:
    """One page of results as JSON."""
    what = wanted(asked)
    answer = found(db, what)
    to = Addresses(asked)

    def leaf(page: int | None) -> str | None:
        return None if page is None else asked.origin + to.search_json(**what.values, page=page)

    told = {
        "query": what.values,
        "total": answer.total,
        "total_is_at_least": answer.is_about,
        "page": answer.leafing.page,
        "pages": answer.leafing.pages,
        "previous": leaf(answer.leafing.previous),
        "next": leaf(answer.leafing.next),
        "hits": [_told(story, asked.origin + to.article(story.hit.id)) for story in answer.stories],
    }
    return Sent(body=json.dumps(told, ensure_ascii=False, indent=1), type="application/json; charset=utf-8")


def atom(db: Database, asked: Asked) -> Sent:
    """The newest of the results as a feed; its pages do not matter, and neither does the order that was chosen."""
    what, to = replace(wanted(asked), sort="newest", page=1), Addresses(asked)
    selection = replace(what.selection, limit=_NEWEST)
    records = list(whole_articles(db, select(db, selection), ("media",)))
    of_search = {name: value for name, value in what.values.items() if name != "sort"}
    links = (
        {"rel": "self", "type": MEDIA_TYPE, "href": asked.origin + to.feed(**of_search)},
        {"rel": "alternate", "type": "text/html", "href": asked.origin + to.search(**of_search)},
    )
    updated = max(map(updated_of, records), default=datetime.fromisoformat(last_touched(db)))
    entries = [entry(record, asked.origin + to.article(record["id"])) for record in records]
    body = "".join((START, *head(what.selection, updated, links), *entries, END))
    return Sent(body=body, type=f"{MEDIA_TYPE}; charset=utf-8", headers={"cache-control": "max-age=300"})


def _told(story: Story, article: str) -> dict[str, object]:
    hit = story.hit
    return {
        "id": hit.id,
        "url": hit.url,
        "title": hit.title,
        "published": hit.published,
        "precision": hit.published_precision,
        "site": hit.site,
        "section": hit.category,
        "byline": hit.byline,
        "snippet": story.snippet.replace(OPEN, "[").replace(CLOSE, "]"),
        "article": article,
    }
