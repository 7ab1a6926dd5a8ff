"""What the program calls by a code has words in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from newscrawler.counters import COUNTERS
from newscrawler.store.gaps import GAP_KINDS
from newscrawler.store.report import CLASSES, Completeness
from newscrawler.store.runs import Outcome
from newscrawler.store.status import Alarm
from newscrawler.web.running.wordings import told
from newscrawler.web.speech import Speech, words

OF_COLUMNS = {"bytes"}
KINDS = "failed incomplete stopped torn silent overdue drift-dated drift-bodiless drift-words drift-blocks".split()
VALUES = {"exit_code": 1, "started_at": "2026-11-23T12:00:00Z", "finished_at": None, "silent_seconds": 200_000}
MORE = {"expected_seconds": 90, "value": 0.123, "low": 0.5, "high": 1.0, "samples": 14}


@pytest.mark.parametrize("name", sorted({*COUNTERS, *Completeness().counters} - OF_COLUMNS))
def test_every_counter_of_a_run_has_a_name(name: str) -> None:
    assert f"runs.counter_{name}" in words()


def test_every_outcome_class_and_kind_has_a_name() -> None:
    known = words().keys()
    assert {f"runs.ending_{outcome}" for outcome in get_args(Outcome)} <= known
    assert {f"gaps.class_{each.replace('-', '_')}" for each in CLASSES} <= known
    assert {f"gaps.{what}_{kind}" for kind in GAP_KINDS for what in ("kind", "about", "count")} <= known


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_alarm_is_told_with_its_values_filled_in(kind: str, lang: str) -> None:
    alarm = Alarm(severity="warning", kind=kind, site="thanhdoan", sentence="of the program", values=VALUES | MORE)
    sentence = told(Speech(lang), alarm).sentence
    assert sentence.startswith("thanhdoan: ")
    assert sentence != "of the program"
    assert "{" not in sentence


def test_an_alarm_that_the_room_does_not_know_is_told_as_the_program_does() -> None:
    alarm = Alarm(severity="alarm", kind="comet", site="thanhdoan", sentence="a comet has hit the archive")
    assert (told(Speech("vi"), alarm).sentence, told(Speech("vi"), alarm).tone) == (
        "a comet has hit the archive",
        "bad",
    )
