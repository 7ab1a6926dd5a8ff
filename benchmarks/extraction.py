"""The generic reader beside bare trafilatura, on the same pages in one run: `python -m benchmarks.extraction FOLDER…`.

A FOLDER is a set of saved pages with gold texts, in the format of scrapinghub/article-extraction-benchmark, of
Fundus' tests, of Readability's tests, or plain pairs (`x.html` and `x.json` or `x.txt`). `--made N` adds N pages of
each of this benchmark's own layouts.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from lxml.html import HtmlElement

from benchmarks.gold import Gold, NoSetError, made_set, read_set
from benchmarks.made_pages.changes import CHANGES
from benchmarks.shingles import Match, match, score, spread, spread_of_difference
from newscrawler.reading.generic.reader import generic_body
from newscrawler.reading.page.lines import lines
from newscrawler.reading.page.tree import parse

Reader = Callable[[Gold], str]
_ROUNDS = 2
"""Each page is read so often, readers in turn; its quickest reading counts."""


@dataclass
class Result:
    """What one reader made of a set."""

    name: str
    matches: list[Match] = field(default_factory=list)
    ledes: int = 0
    seconds: float = 0.0


def ours(page: Gold) -> str:
    """Text of the body that the generic reader finds; captions are no text of it."""
    body = generic_body(parse(page.html), page.url)
    if body is None:
        return ""
    found = lines(parse(f"<div>{body}</div>"))
    return "\n\n".join(line.text for line in found if not _is_caption(line.block))


def _is_caption(block: HtmlElement) -> bool:
    return block.tag == "figcaption" or any(one.tag == "figcaption" for one in block.iterancestors())


def _trafilatura(*, fast: bool = False, favor_precision: bool = False) -> Reader:
    def read(page: Gold) -> str:
        from trafilatura import extract

        found = extract(
            page.html, url=page.url or None, include_comments=False, fast=fast, favor_precision=favor_precision
        )
        return found or ""

    return read


READERS: dict[str, Reader] = {
    "newscrawler": ours,
    "trafilatura": _trafilatura(),
    "trafilatura fast": _trafilatura(fast=True),
    "trafilatura precision": _trafilatura(favor_precision=True),
}


def race(pages: Sequence[Gold], rounds: int = _ROUNDS) -> list[Result]:
    """All readers over all pages."""
    results = [Result(name) for name in READERS]
    for page in pages:
        times: dict[str, list[float]] = defaultdict(list)
        texts = {}
        for _round in range(rounds):
            for name, reader in READERS.items():
                begun = time.process_time()
                texts[name] = reader(page)
                times[name].append(time.process_time() - begun)
        for result in results:
            result.matches.append(match(texts[result.name], page.body))
            result.ledes += page.lede is not None and _squeezed(page.lede) in _squeezed(texts[result.name])
            result.seconds += min(times[result.name])
    return results


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def table(results: Sequence[Result], pages: Sequence[Gold]) -> str:
    """The results as text."""
    with_lede = sum(page.lede is not None for page in pages)
    head = f"{'':24}{'F1':>7}{'±':>7}{'prec.':>8}{'recall':>8}{'exact':>8}{'lede kept':>13}{'pages/CPU s':>13}"
    rows = [head]
    for result in results:
        reached = score(result.matches)
        kept = f"{result.ledes} of {with_lede}"
        rows.append(
            f"{result.name:24}{reached.f1:7.3f}{spread(result.matches):7.3f}{reached.precision:8.3f}{reached.recall:8.3f}"
            f"{reached.exact:8.3f}{kept:>13}{len(pages) / (result.seconds or 1e-9):13.1f}"
        )
    best = max(results[1:], key=lambda one: score(one.matches).f1)
    gain = score(results[0].matches).f1 - score(best.matches).f1
    doubt = spread_of_difference(results[0].matches, best.matches) if len(pages) > 1 else 0.0
    return "\n".join([*rows, f"{results[0].name} less {best.name}: {gain:+.3f} ± {doubt:.3f}"])


def by_name(results: Sequence[Result], pages: Sequence[Gold]) -> str:
    """Mean F1 of each layout for each reader, least gain first; in a public set each page has its own name."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, page in enumerate(pages):
        places[page.name].append(place)
    rows = []
    for name, found in places.items():
        means = [sum(result.matches[i].f1 for i in found) / len(found) for result in results]
        rows.append((means[0] - max(means[1:]), f"{name[:40]:42}" + "".join(f"{mean:9.3f}" for mean in means)))
    return "\n".join(row for _gain, row in sorted(rows))


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--made", default=0, show_default=True, type=click.IntRange(0), help="Pages of each layout made for this."
)
@click.option("--seed", default=5, show_default=True, help="Another seed makes other pages.")
@click.option(
    "--changed",
    multiple=True,
    type=click.Choice([*CHANGES, "each"]),
    help="Take something away from the made pages (benchmarks/made_pages/changes.py); “each” runs all, one by one.",
)
@click.option("--worst", default=0, show_default=True, help="Show so many pages or layouts where we gain least.")
def main(folders: tuple[Path, ...], made: int, seed: int, changed: tuple[str, ...], worst: int) -> None:
    if not folders and not made:
        raise click.UsageError("name a folder of saved pages, or say --made 10")
    try:
        sets = [(str(folder), read_set(folder)) for folder in folders]
    except NoSetError as error:
        raise click.ClickException(str(error)) from error
    if made:
        names = list(CHANGES) if "each" in changed else changed
        sets += [(f"made pages, seed {seed}, {name}", made_set(made, seed, name)) for name in names]
        sets += [] if names else [(f"made pages, seed {seed}", made_set(made, seed))]
    for name, pages in sets:
        results = race(pages)
        click.echo(f"\n{name}: {len(pages)} pages\n{table(results, pages)}")
        if worst:
            click.echo("\n".join(by_name(results, pages).splitlines()[:worst]))


if __name__ == "__main__":
    main()
