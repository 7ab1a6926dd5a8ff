"""Articles as a folder of Markdown files with their pictures: `2018/05/12-ra-quan.md`, `images/`, `index.md`."""

from __future__ import annotations

from newscrawler.errors import ExitCode
from newscrawler.export.choice import told
from newscrawler.export.dictionary import dictionary, facts_of, resource, schema
from newscrawler.export.markdown.folder import Folder
from newscrawler.export.markdown.names import path_of, way_up
from newscrawler.export.markdown.page import COLUMNS, page, plain
from newscrawler.export.markdown.pictures import Pictures
from newscrawler.export.order import Order, Written
from newscrawler.export.part_columns import PARTS
from newscrawler.export.places import DICTIONARY, new_folder, refuse_folder, telling
from newscrawler.export.sink import Sink
from newscrawler.export.source import Record, Source, source
from newscrawler.text import counted

INDEX = "index.md"


def write(order: Order) -> Written:
    """Write the folder; it is there when it is whole.

    A picture whose record is damaged stays a link to its address, and is told of.

    :raises NewsCrawlerError: if there are no articles, or if something is at `order.out` that is not to be replaced.
    :raises DiskError: if it cannot be written.
    """
    refuse_folder(order.data, order.out, force=order.force)
    with telling(order.out), source(order) as found, new_folder(order.out) as root:
        folder = Folder(root)
        pictures = Pictures(found.db, order.data, folder)
        with folder.growing(INDEX) as index:
            _write_pages(found, folder, pictures, index)
        described = _described(order, found, index)
        (root / DICTIONARY).write_text(described, "utf-8")
    return Written(
        articles=found.tally.articles,
        size=folder.size,
        more=counted(pictures.copied, "picture"),
        complaints=_complaints(pictures),
        exit_code=ExitCode.DAMAGED if pictures.failed else ExitCode.COMPLETE,
    )


def _write_pages(found: Source, folder: Folder, pictures: Pictures, index: Sink) -> None:
    index.write(_head(found).encode())
    month = ""
    for record in found.articles(("media",)):
        path = path_of(record)
        folder.add(path, page(record, _copies(record, pictures, path)).encode())
        if _is_by_date(found.order) and path.rpartition("/")[0] != month:
            month = path.rpartition("/")[0]
            index.write(f"\n## {month}\n\n".encode())
        index.write(_line(record, path).encode())


def _copies(record: Record, pictures: Pictures, path: str) -> dict[str, str]:
    """Address of each picture that the archive has → link from the file at `path` to its copy."""
    kept = {
        medium["url"]: pictures.path_of(medium["capture_id"])
        for medium in record["media"]
        if medium["kind"] == "image" and medium["url"] and medium["capture_id"]
    }
    return {url: way_up(path) + copy for url, copy in kept.items() if copy}


def _is_by_date(order: Order) -> bool:
    return not order.selection.words or order.selection.sort != "relevance"


def _head(found: Source) -> str:
    choice = told(found.order.selection)
    return f"# {counted(len(found.ids), 'article')}\n\n{plain(choice) if choice else 'All that the archive has'}.\n\n"


def _line(record: Record, path: str) -> str:
    title = plain(record["title"] or "") or plain(record["url"])
    return f"- {plain(record['published'] or 'undated')}: [{title}]({path}), {plain(record['site'])}\n"


def _described(order: Order, found: Source, index: Sink) -> str:
    fields = schema((*COLUMNS, PARTS["media"]))
    more = {"mediatype": "text/markdown", "encoding": "utf-8", "format": "markdown", "frontMatter": fields}
    return dictionary(order, facts_of(found.tally), [resource(INDEX, index.size, index.hash, **more)])


def _complaints(pictures: Pictures) -> tuple[str, ...]:
    if not pictures.failed:
        return ()
    damaged = counted(pictures.failed, "picture")
    return (f"{damaged} could not be taken out of the archive: {pictures.damaged[0]}", *pictures.damaged[1:])
