"""A database that was put in the place of the one that the server opened, as `newscrawler rebuild` does: connections
would go on reading the deleted file, and keep its room on the disk, for as long as the server runs."""

from __future__ import annotations

import gc
import os
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database as Served

_File = tuple[int, int]
_opened: WeakKeyDictionary[Served, _File | None] = WeakKeyDictionary()
"""Which file lay there when the server began to use it."""


def remember(application: Datasette) -> None:
    """Note the files of the databases that the server holds; done before the first of them is opened."""
    for served in _files(application):
        _opened.setdefault(served, _file(served))


def renew(application: Datasette) -> None:
    """Let every answer from now on come from the files that lie at their places now; those on their way are finished.

    Costs a look at each file where nothing has changed.
    """
    replaced = [served for served in _files(application) if _is_replaced(served)]
    if not replaced:
        return
    application.databases = application.databases | {str(each.name): _again(application, each) for each in replaced}
    # Each thread of Datasette keeps its connections to itself: new threads make new ones, and old ones end with theirs.
    former, workers = application.executor, application.setting("num_sql_threads")
    application.executor = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="renewed")
    Thread(target=_let_go, args=(former,), daemon=True).start()


def _let_go(former: Executor) -> None:
    """Close the old connections when the last of their answers is given: nothing but these threads, and rings of
    objects that wait for the collector, holds them."""
    former.shutdown(wait=True)
    gc.collect()


def _files(application: Datasette) -> list[Served]:
    return [served for served in application.databases.values() if served.path]


def _is_replaced(served: Served) -> bool:
    """A file that is missing at the moment is waited for."""
    now = _file(served)
    return now is not None and now != _opened.setdefault(served, now)


def _again(application: Datasette, former: Served) -> Served:
    served = Served(application, path=former.path, is_mutable=former.is_mutable)
    served.name, served.route = former.name, former.route
    _opened[served] = _file(served)
    return served


def _file(served: Served) -> _File | None:
    try:
        state = os.stat(Path(served.path))
    except OSError:
        return None
    return (state.st_dev, state.st_ino)
