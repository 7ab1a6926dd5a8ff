"""Article or not, as the generic reader tells it: `python -m benchmarks.page_kinds`, a table of what is taken for what.

Read are the pages made for the benchmarks, and saved ones: FOLDERs are sets as of `benchmarks.extraction`, each page of
which is an article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import click

from benchmarks.gold import made_set, read_set
from benchmarks.made_pages.others import OTHERS, OtherPage
from benchmarks.made_pages.words import Words
from newscrawler.reading.fields.metadata import read_metadata
from newscrawler.reading.generic.reader import looks_like_article
from newscrawler.reading.page.tree import parse

_FETCHED = datetime(2026, 3, 8, tzinfo=UTC)


def other_pages(each: int, seed: int = 5) -> Iterator[OtherPage]:
    """So many of each kind in each tongue."""
    for made in OTHERS:
        for number in range(each):
            for tongue in ("vi", "en"):
                yield made(Words(Random(f"{seed} {made.__name__} {number}"), "vi" if tongue == "vi" else "en"))


def taken_for_article(page: OtherPage) -> bool:
    """What the reader says."""
    tree = parse(page.html)
    return looks_like_article(tree, page.url, read_metadata(tree, url=page.url, fetched_at=_FETCHED))


def count(pages: Iterable[OtherPage]) -> dict[str, Counter[tuple[bool, bool]]]:
    """For each name: (is an article, is taken for one) → pages."""
    counts: dict[str, Counter[tuple[bool, bool]]] = {}
    for page in pages:
        counts.setdefault(page.name, Counter())[page.is_article, taken_for_article(page)] += 1
    return counts


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--made", default=5, show_default=True, type=click.IntRange(1), help="Pages of each kind and tongue.")
def main(folders: tuple[Path, ...], made: int) -> None:
    articles = [OtherPage(f"article: {one.name}", one.url, one.html, True) for one in made_set(made)]
    saved = [
        OtherPage(f"saved: {folder.name}", one.url, one.html, True) for folder in folders for one in read_set(folder)
    ]
    counts = count([*other_pages(made), *articles, *saved])
    click.echo(f"{'':34}{'an article':>12}{'none':>8}")
    for name, found in counts.items():
        taken, left = (found[True, said] + found[False, said] for said in (True, False))
        wrong = found[False, True] + found[True, False]
        click.echo(f"{name[:33]:34}{taken:12}{left:8}{f'  {wrong} wrong' if wrong else ''}")
    total = sum(counts.values(), Counter[tuple[bool, bool]]())
    click.echo(
        f"\narticles taken for articles {total[True, True]}, for none {total[True, False]}; "
        f"others taken for articles {total[False, True]}, for none {total[False, False]}"
    )


if __name__ == "__main__":
    main()
