"""Words for what runs and gaps are called in tables: short codes of the program, told in plain language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from newscrawler.store.status import Alarm, Run
from newscrawler.web.speech import Speech, words

_TONES = {"alarm": "bad", "warning": "warn", "note": "good"}
_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended, in a word and the class of its colour (`good`, `warn`, `bad`)."""

    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class ToldAlarm:
    """An alarm in the reader's language."""

    sentence: str
    tone: str
    site: str
    run_id: int | None
    is_of_gaps: bool
    """Whether the page of gaps says more."""


def worded(say: Speech, family: str, code: str) -> str:
    """The text of `runs.kind_timeout` for `runs.kind` and `timeout`; the code itself where no text is known.

    >>> worded(Speech("en"), "runs.stage", "tls"), worded(Speech("en"), "runs.stage", "x-ray")
    ('Certificates', 'x-ray')
    """
    key = f"{family}_{re.sub('[- ]', '_', code).lower()}"
    return str(say(key)) if key in words() else code


def ending(say: Speech, run: Run, *, is_held: bool) -> Ending:
    """What became of a run.

    :param is_held: whether a run holds the archive just now.
    """
    code, tone = _ending(run, is_held)
    return Ending(worded(say, "runs.ending", code), tone)


def _ending(run: Run, is_held: bool) -> tuple[str, str]:
    if run.finished_at is None:
        return ("running", "good") if is_held else ("torn", "warn")
    if run.is_torn:
        return "torn", "warn"
    if run.outcome == "stopped":
        return ("limit", "good") if run.is_success else ("stopped", "warn")
    return run.outcome or "unknown", {"finished": "good", "incomplete": "warn"}.get(run.outcome or "", "bad")


def reason(say: Speech, run: Run) -> str:
    """Why a run began."""
    if run.reason.startswith("schedule"):
        return str(say("runs.reason_schedule"))
    return worded(say, "runs.reason", run.reason)


def length(say: Speech, span: timedelta | None) -> str:
    """A length of time in two of its units at most; nothing where there is no end.

    >>> length(Speech("en"), timedelta(hours=50)), length(Speech("en"), timedelta(seconds=61))
    ('2 days 2 hours', '1 minute 1 second')
    """
    if span is None:
        return ""
    rest, told = max(int(span.total_seconds()), 0), []
    for place, (unit, size) in enumerate(_UNITS):
        count, rest = divmod(rest, size)
        if count:
            told.append(str(say(f"runs.{unit}", n=count)))
        if told and (len(told) == 2 or place == len(_UNITS) - 1 or not count):
            break
    return " ".join(told) or str(say("runs.seconds", n=0))


def told(say: Speech, alarm: Alarm) -> ToldAlarm:
    """An alarm in plain words; in those of the program where it is of a kind that the room does not know."""
    key = f"runs.alarm_{alarm.kind.replace('-', '_')}"
    values = {name: _value(say, name, value) for name, value in alarm.values.items()}
    sentence = str(say(key, site=alarm.site, **values)) if key in words() else alarm.sentence
    return ToldAlarm(sentence, _TONES[alarm.severity], alarm.site, alarm.run_id, alarm.kind == "incomplete")


def _value(say: Speech, name: str, value: object) -> object:
    if name.endswith("_seconds") and isinstance(value, int):
        return length(say, timedelta(seconds=value))
    if name.endswith("_at") and isinstance(value, str):
        return say.moment(value)
    return say.number(round(value, 2)) if isinstance(value, float) else value
