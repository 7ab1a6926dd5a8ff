"""Points in time as they are given on the command line."""

from __future__ import annotations

from datetime import datetime

import click

from newscrawler.errors import UsageError
from newscrawler.reading.layout import VIETNAM


def moment(_ctx: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """Callback of an option: ISO 8601 as an aware moment; without a zone it is in Vietnam, without a time at noon.

    :raises UsageError: for what is no date.
    """
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value if len(value) > len("2018-05-17") else f"{value}T12:00")
    except ValueError:
        raise UsageError(
            f"{option.opts[0]} {value}: give a day or a moment, such as 2018-05-17 or 2018-05-17T14:30"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)
