"""Answers that are kept for a while: what counts through the whole archive is found once, not for every visitor.

They are found in the background, on connections of their own, so that nobody's patience ends a count half-way."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

from newscrawler.errors import NewsCrawlerError, SlowQueryError, StoreError
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.database import explain, path_of

_LOG = logging.getLogger(__name__)

FRESH, LAST, STALE = 10.0, 600.0, 3600.0
"""Seconds. A `FRESH` answer is given whatever was written meanwhile, and until `LAST` if nothing was. An older one is
given once more, and found again behind the reader's back; after `STALE` readers wait for a new one."""
PATIENCE = 1.2
"""Seconds that a reader waits for what nobody has looked for yet."""
_MOST = 200
"""Answers that are kept at a time."""
_MOST_AT_ONCE = 16
"""Questions that are looked into at a time: visitors choose some of them, and each has a thread and a connection."""
_Answer = TypeVar("_Answer")
_Find = Callable[[Database], Any]
_Key = tuple[Path, str]
_Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: _Stamp
    since: float
    answer: Any


_answers: dict[_Key, _Kept] = {}
_failures: dict[_Key, NewsCrawlerError] = {}
"""What came of the last look, where it was no answer."""
_renewals: dict[_Key, Thread] = {}
_lock = Lock()


def kept(db: Database, name: str, find: Callable[[Database], _Answer], *, fresh: float = FRESH) -> _Answer:
    """What `find` finds, or found a moment ago.

    :param name: tells one question from another.
    :param find: asks nothing but the database that it is given, which may be another connection.
    :param fresh: seconds for which an answer is good although something was written since.
    :raises SlowQueryError: if it takes longer than a reader should wait; the next one finds it ready.
    :raises StoreError: if the last look for it came to nothing.
    """
    found = ready(db, {name: find}, fresh=fresh)
    if name not in found:
        if (failed := _failures.get((path_of(db), name))) is not None:
            raise failed.with_traceback(None)  # or it would grow with every reader
        raise SlowQueryError("this archive is being looked through for the first time; ask again in a moment")
    answer: _Answer = found[name]
    return answer


def ready(
    db: Database, finds: Mapping[str, _Find], *, fresh: float = FRESH, seconds: float = PATIENCE
) -> dict[str, Any]:
    """The same for several questions, by name; what is not found within `seconds` is left out, and ready later."""
    path, now = path_of(db), time.monotonic()
    stamp = _stamp(path)
    for name, find in finds.items():
        known = _answers.get((path, name))
        if known is None or now - known.since >= (LAST if known.stamp == stamp else fresh):
            _renew((path, name), find)
    for name in finds:
        known, thread = _answers.get((path, name)), _renewals.get((path, name))
        if thread is not None and (known is None or now - known.since >= STALE):
            thread.join(max(0.0, now + seconds - time.monotonic()))
    return {name: known.answer for name in finds if (known := _answers.get((path, name))) is not None}


def keep_ready(path: Path, name: str, find: _Find) -> None:
    """Find an answer in the background before anybody asks, in the database at `path`."""
    _renew((path.resolve(), name), find)


def settle() -> None:
    """Wait until nothing is looked for in the background."""
    for thread in list(_renewals.values()):
        thread.join()


def _keep(key: _Key, find: _Find, db: Database) -> None:
    stamp, now = _stamp(key[0]), time.monotonic()
    answer = find(db)
    with _lock:
        for old in [old for old, each in _answers.items() if now - each.since > STALE]:
            del _answers[old]
        while len(_answers) >= _MOST:
            del _answers[next(iter(_answers))]
        _answers.pop(key, None)  # so that it stands behind those that nobody asks for any more
        _answers[key] = _Kept(stamp, now, answer)
        _failures.pop(key, None)


def _fail(key: _Key, error: NewsCrawlerError) -> None:
    with _lock:
        while len(_failures) >= _MOST:
            del _failures[next(iter(_failures))]
        _failures[key] = error


def _renew(key: _Key, find: _Find) -> None:
    """Unless somebody is at it already, or at too much else."""
    with _lock:
        if key in _renewals or len(_renewals) >= _MOST_AT_ONCE:
            return
        thread = Thread(target=_find_again, args=(key, find), daemon=True)
        try:
            thread.start()  # it cannot end before it is noted: that needs the lock
        except RuntimeError:
            _LOG.warning("no thread for %s", key[1])  # the machine has no more; who asks next tries again
            return
        _renewals[key] = thread


def _find_again(key: _Key, find: _Find) -> None:
    try:
        db = open_database(key[0])
        try:
            _keep(key, find, db)
        finally:
            close_database(db)
    except NewsCrawlerError as error:
        _LOG.warning("%s: %s", key[1], error)
        _fail(key, error)
    except Exception as error:
        known = explain(error, key[0])
        if isinstance(known, NewsCrawlerError):
            _LOG.warning("%s: %s", key[1], known)
            _fail(key, known)
        else:
            _LOG.exception("no answer for %s", key[1])
            _fail(key, StoreError("the database holds what cannot be told; the server's log says more"))
    finally:
        with _lock:
            del _renewals[key]


def _stamp(path: Path) -> _Stamp:
    """Changes with every commit: it is written either into the file or into its -wal."""
    return tuple(map(_state, (path, path.with_name(path.name + "-wal"))))


def _state(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_size)
