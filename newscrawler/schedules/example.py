"""A `newscrawler.toml` to begin with."""

from __future__ import annotations

import json
from pathlib import Path

from newscrawler.errors import DiskError, UsageError
from newscrawler.schedules.file import FILE

_EXAMPLE = """\
# When newscrawler crawls by itself. `newscrawler schedule show` tells what this plans,
# `newscrawler schedule install` or `newscrawler schedule run` does it.

# A page or mail address where site owners can reach you; it goes into every request.
contact = {contact}
# operator = "Your name"                # goes into each WARC file
# timezone = "Asia/Ho_Chi_Minh"         # of all times below
# quiet_hours = "07:30-09:00"           # nothing is asked for; a list of several is possible

# [environment]                         # variables of the runs, unless they are set already
# http_proxy = "http://127.0.0.1:3128"

[[schedule]]
sites = {sites}
every = "2 h"
jitter = "10 min"                       # a run begins up to so much later
# limit = 500                           # articles in one run; the next run goes on
# longest = "1 h 30 min"                # a run is ended after so much time; the next one goes on
# settings = {{ DOWNLOAD_DELAY = 2 }}     # any of Scrapy's

# [[schedule]]
# sites = ["thanhdoan"]
# cron = "15 3 * * sun"                 # minute, hour, day of the month, month, day of the week
# full = true                           # everything again
# since = "2024-01-01"                  # or: leave lists behind older articles
"""


def write_example(folder: Path, sites: tuple[str, ...], contact: str) -> Path:
    """Write it for some sites; gives its path.

    :raises UsageError: if there is such a file already.
    :raises DiskError: if it cannot be written.
    """
    path = folder / FILE
    words = {"sites": json.dumps(list(sites), ensure_ascii=False), "contact": json.dumps(contact, ensure_ascii=False)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_EXAMPLE.format(**words))
    except FileExistsError:
        raise UsageError(f"{path} is there already; change it, or move it away first") from None
    except OSError as error:
        raise DiskError(f"cannot write {path}: {error.strerror or error}") from error
    return path
