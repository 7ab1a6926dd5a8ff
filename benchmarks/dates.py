"""Date forms of Vietnamese sites, read by us and by the libraries that others use: `python -m benchmarks.dates`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

import click
import dateparser
from dateutil import parser as dateutil  # type: ignore[import-untyped]

from newscrawler.reading.dates.stamps import parse_stamp
from tests.reading.date_forms import DAYS, NEWS, RELIABILITY, VIETNAM, Form

Reader = Callable[[str, datetime], datetime | None]
"""A printed date and when its page was fetched → the moment; midnight where no time is told."""
COLUMNS = ("right", "swapped", "other day", "other time", "none")


def ours(text: str, fetched_at: datetime) -> datetime | None:
    """This project's patterns."""
    found = parse_stamp(text, fetched_at=fetched_at, source="page")
    return datetime.fromisoformat(found.value) if found else None


def by_dateparser(text: str, fetched_at: datetime) -> datetime | None:
    """dateparser, told that the text is Vietnamese and the day comes first."""
    base = {"DATE_ORDER": "DMY", "RELATIVE_BASE": fetched_at.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    found: datetime | None = dateparser.parse(text, languages=["vi"], settings=base)
    return found


def by_dateutil(text: str, _fetched_at: datetime) -> datetime | None:
    """dateutil, fuzzy and with the day first."""
    try:
        found: datetime = dateutil.parse(text, fuzzy=True, dayfirst=True, default=datetime(1900, 1, 1))
    except (ValueError, OverflowError):
        return None
    return found


READERS: dict[str, Reader] = {"newscrawler": ours, "dateparser vi": by_dateparser, "dateutil fuzzy": by_dateutil}


@click.command()
@click.option(
    "--every", default=61, show_default=True, type=click.IntRange(1), help="Take each so manieth day of two years."
)
def main(every: int) -> None:
    """Print for each table and reader how many dates were read right, and how long a call took."""
    for name, forms in (("40 forms of reliability §3c", RELIABILITY), ("43 forms of news §4", NEWS)):
        days = DAYS[::every]
        click.echo(
            f"{name} on {len(days)} days\n  {'':16}{''.join(f'{column:>12}' for column in COLUMNS)}{'ms a call':>12}"
        )
        for reader, read in READERS.items():
            counts, seconds = measure(forms, days, read)
            told = "".join(f"{counts[column]:12}" for column in COLUMNS)
            click.echo(f"  {reader:16}{told}{seconds * 1000:12.3f}")


def measure(forms: tuple[Form, ...], days: list[date], read: Reader) -> tuple[Counter[str], float]:
    """Verdict → how often, and the CPU seconds of one call."""
    counts = Counter[str]()
    spent = 0.0
    for form in forms:
        read(form.printed(days[0]), form.fetched_at(days[0]))  # what is loaded at the first call is not counted
        for day in days:
            text, fetched_at = form.printed(day), form.fetched_at(day)
            begun = time.process_time()
            found = read(text, fetched_at)
            spent += time.process_time() - begun
            counts[verdict(form, day, found)] += 1
    return counts, spent / (len(forms) * len(days))


def verdict(form: Form, day: date, found: datetime | None) -> str:
    """One of COLUMNS; a moment without zone is one in Vietnam."""
    if found is None:
        return "none"
    local = found.astimezone(VIETNAM) if found.tzinfo else found
    if local.date() != day:
        return "swapped" if f"{local:%Y-%d-%m}" == day.isoformat() else "other day"
    return "other time" if form.clock and f"{local:%H:%M:%S}" != form.clock else "right"


if __name__ == "__main__":
    main()
