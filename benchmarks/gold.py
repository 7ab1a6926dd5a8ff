"""Folders of saved pages with gold texts, in the formats of public sets; each is told by its files.

scrapinghub: `ground-truth.json` beside `html/<key>.html.gz`. Fundus: `<Publisher>.json` and `meta.info` beside
`<Publisher>_<day>.html.gz`. Readability: folders of `source.html` and `expected.html`. Plain: `<name>.html` beside
`<name>.json` with `url`, `body`, and where there is one `summary`, or beside `<name>.txt`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.made_pages import made_pages
from benchmarks.made_pages.changes import CHANGES
from newscrawler.reading.encoding import decode
from newscrawler.reading.page.lines import lines
from newscrawler.reading.page.tree import parse


@dataclass(frozen=True)
class Gold:
    """A saved page and what a reader should find in it."""

    name: str
    url: str
    html: str
    body: str
    lede: str | None = None


class NoSetError(Exception):
    """Raised when a folder holds no set in a format that is known."""


def read_set(folder: Path) -> list[Gold]:
    """All pages of a set, sorted by name.

    :raises NoSetError: if there are none.
    """
    if (folder / "ground-truth.json").exists():
        found = list(_scrapinghub(folder))
    else:
        found = [*_readability(folder), *_fundus(folder), *_plain(folder)]
    if not found:
        raise NoSetError(
            f"{folder} holds no pages with gold texts; python -m benchmarks.extraction --help names the formats"
        )
    return sorted(found, key=lambda one: one.name)


def made_set(each: int, seed: int = 5, changed: str | None = None) -> list[Gold]:
    """The pages made for this benchmark.

    :param changed: one of `CHANGES`, by its name: what is taken away from each page.
    """
    change = CHANGES[changed] if changed else str
    pages = made_pages(each, seed)
    return [Gold(one.name, one.url, change(one.html), "\n\n".join(one.paragraphs), one.lede) for one in pages]


def _scrapinghub(folder: Path) -> Iterator[Gold]:
    for key, said in _json(folder / "ground-truth.json").items():
        yield Gold(key, said.get("url", ""), _html(folder / "html" / f"{key}.html.gz"), said.get("articleBody", ""))


def _readability(folder: Path) -> Iterator[Gold]:
    for expected in folder.glob("*/expected.html"):
        said = expected.parent / "expected-metadata.json"
        url = _json(said).get("url", "") if said.exists() else ""
        text = "\n\n".join(line.text for line in lines(parse(_html(expected))))
        yield Gold(
            expected.parent.name, url or "http://fakehost/test/page.html", _html(expected.parent / "source.html"), text
        )


def _fundus(folder: Path) -> Iterator[Gold]:
    for info in folder.rglob("meta.info"):
        addresses = _json(info)
        for said in info.parent.glob("*.json"):
            versions = [one for _name, one in sorted(_json(said).items()) if isinstance(one, dict)]
            pages = sorted(name for name in addresses if name.partition("_")[0] == said.stem)
            # A publisher's pages and the versions of its parser both go by time; where their numbers differ, no one
            # but Fundus itself knows which belong together.
            if len(pages) == len(versions):
                yield from (
                    _fundus_page(info.parent / name, addresses[name]["url"], version)
                    for name, version in zip(pages, versions, strict=True)
                    if version.get("body") and (info.parent / name).exists()
                )


def _fundus_page(path: Path, url: str, version: dict[str, Any]) -> Gold:
    body = version["body"]
    sections = [text for part in body["sections"] for text in (*part["headline"], *part["paragraphs"])]
    lede = " ".join(body["summary"])
    return Gold(path.name, url, _html(path), "\n\n".join([*body["summary"], *sections]), lede or None)


def _plain(folder: Path) -> Iterator[Gold]:
    for path in _both(folder.rglob("*.html"), folder.rglob("*.html.gz")):
        base = path.with_name(path.name.removesuffix(".gz").removesuffix(".html"))
        if (told := base.with_name(f"{base.name}.json")).exists() and "body" in (said := _json(told)):
            if isinstance(said["body"], str):
                yield Gold(base.name, said.get("url", ""), _html(path), said["body"], said.get("summary"))
        elif (text := base.with_name(f"{base.name}.txt")).exists():
            yield Gold(base.name, "", _html(path), text.read_text(encoding="utf-8"))


def _both(*paths: Iterable[Path]) -> Iterator[Path]:
    for some in paths:
        yield from some


def _html(path: Path) -> str:
    data = path.read_bytes()
    return decode(gzip.decompress(data) if path.suffix == ".gz" else data)


def _json(path: Path) -> dict[str, Any]:
    said = json.loads(path.read_text(encoding="utf-8"))
    return said if isinstance(said, dict) else {}
