"""`newscrawler.toml`: what it says, and how it is complained of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.schedules.child import call_of, environment_of
from newscrawler.schedules.example import write_example
from newscrawler.schedules.file import PlanError, plan_of, read_plan
from newscrawler.schedules.plan import VIETNAM

WHOLE = """
contact = "https://example.vn/luu-tru"
timezone = "Asia/Ho_Chi_Minh"
quiet_hours = ["07:30-09:00", "22:00-04:00"]

[environment]
http_proxy = "http://127.0.0.1:3128"

[[schedule]]
sites = ["thanhdoan", "haiphong"]
every = "2 h"
jitter = "10 min"
limit = 500
longest = "1 h"
settings = { DOWNLOAD_DELAY = 2, ROBOTSTXT_OBEY = true }

[[schedule]]
sites = ["thanhdoan", "https://bao.example.vn/"]
cron = "15 3 * * sun"
full = true
since = 2024-01-01
"""


def test_a_whole_file_is_understood() -> None:
    plan = plan_of(WHOLE, "newscrawler.toml")

    assert [job.key for job in plan.jobs] == [
        "thanhdoan every 2 h",
        "haiphong every 2 h",
        "thanhdoan cron 15 3 * * sun",
        "bao.example.vn cron 15 3 * * sun",
    ]
    assert (plan.zone, plan.contact, len(plan.quiet)) == (VIETNAM, "https://example.vn/luu-tru", 2)
    first, second = plan.schedules
    assert (first.jitter, first.limit, first.longest) == (timedelta(minutes=10), 500, timedelta(hours=1))
    assert (second.full, second.since) == (True, "2024-01-01")


def test_a_run_is_called_with_all_that_its_schedule_says() -> None:
    plan = plan_of(WHOLE, "newscrawler.toml")
    due = plan.schedules[0].rhythm.after(plan.schedules[0].rhythm.after(_moment()))

    words = call_of(plan.jobs[0], due, Path("/a b"))
    assert words[2:7] == ["newscrawler", "crawl", "thanhdoan", "--limit=500", "--data"]
    assert [word for word in words[8:] if word != "-s"] == [
        "LOG_LEVEL=WARNING",
        "DOWNLOAD_DELAY=2",
        "ROBOTSTXT_OBEY=True",
        "RUN_REASON=schedule 2026-11-23T09:00:00Z every 2 h",
        "CLOSESPIDER_TIMEOUT=3600",
    ]
    assert call_of(plan.jobs[3], due, Path("d"))[4:7] == [
        "--url=https://bao.example.vn/",
        "--since=2024-01-01",
        "--full",
    ]


def _moment():  # type: ignore[no-untyped-def]
    from datetime import datetime

    return datetime(2026, 11, 23, 13, tzinfo=VIETNAM)


def test_what_the_environment_says_comes_before_the_file() -> None:
    plan = plan_of(WHOLE, "newscrawler.toml")

    assert environment_of(plan, {"PATH": "/bin"}) == {
        "PATH": "/bin",
        "http_proxy": "http://127.0.0.1:3128",
        "NEWSCRAWLER_CONTACT": "https://example.vn/luu-tru",
    }
    assert environment_of(plan, {"NEWSCRAWLER_CONTACT": "me@example.vn"})["NEWSCRAWLER_CONTACT"] == "me@example.vn"


SCHEDULE = '\n\n[[schedule]]\nsites = ["thanhdoan"]\nevery = "2 h"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sites = [", "this is no TOML"),
        ('contcat = "x"', "line 1: contcat is no key here: write contact"),
        ("[schedule]", "line 1: schedule: write [[schedule]], in double brackets"),
        ('timezone = "Mars/Base"', 'line 1: timezone = "Mars/Base": there is no such time zone'),
        ('quiet_hours = "7-9"', 'line 1: quiet_hours = "7-9": write a time of the day as “07:00-09:00”'),
        ('quiet_hours = "07:00-07:00"', "the quiet hours end when they begin"),
        ("contact = 5", "line 1: contact = 5: this is a text; put it in double quotes"),
        ('[environment]\n"A B" = "x"', "A B is no name of a variable"),
        (f"{SCHEDULE}evry = 1", "line 6: evry is no key here: write every"),
        (f'{SCHEDULE}cron = "* * * * *"', "line 3: every and cron: both are given"),
        ('[[schedule]]\nsites = ["thanhdoan"]', "line 1: every and cron: neither is given"),
        ('[[schedule]]\nevery = "2 h"', 'line 1: sites: it is missing; write sites = ["thanhdoan"]'),
        (f"{SCHEDULE}{SCHEDULE}", "line 9: sites: thanhdoan every 2 h is planned twice"),
        (SCHEDULE.replace("thanhdoan", "thanhdoann"), "line 4: sites = ['thanhdoann']: "),
        (SCHEDULE.replace("thanhdoan", "http://thanhdoan.hochiminhcity.gov.vn/"), "write its name, thanhdoan"),
        (SCHEDULE.replace("2 h", "soon"), 'line 5: every = "soon": write a length of time as “30 min”'),
        (SCHEDULE.replace("2 h", "0 s"), 'line 5: every = "0 s": a schedule is due every second at most'),
        (f'{SCHEDULE}jitter = "3 h"', "line 6: jitter: 3 h is more than every 2 h leaves"),
        (f"{SCHEDULE}limit = 0", "line 6: limit = 0: write how many articles a run asks for"),
        (f"{SCHEDULE}full = 1", "line 6: full = 1: write true or false"),
        (f'{SCHEDULE}since = "yesterday"', 'line 6: since = "yesterday": write a day, such as'),
        (f"{SCHEDULE}settings = {{ delay = 1 }}", "delay is no setting of Scrapy"),
        (f'{SCHEDULE}settings = {{ RUN_REASON = "x" }}', "RUN_REASON is set by the schedule itself"),
        *(
            (SCHEDULE.replace('every = "2 h"', f'cron = "{expression}"'), told)
            for expression, told in (
                ("15 2 * *", "a cron expression has 5 fields, this one 4"),
                ("60 * * * *", "the minute is 0 to 59, not “60”"),
                ("0 5-3 * * *", "the hour is 0 to 23, not “5-3”"),
                ("0 0 * * xyz", "the day of the week is 0 to 7, not “xyz”"),
                ("0 */0 * * *", "the hour is 0 to 23, not “*/0”"),
                ("0 0 30 2 *", "that day never comes"),
                ("0 0 1 * mon", "write two schedules"),
            )
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_write(text: str, told: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_of(text, "data/newscrawler.toml")

    assert str(caught.value).startswith("data/newscrawler.toml")
    assert told in str(caught.value)


def test_a_file_that_is_not_there_is_no_plan_and_the_example_is_one(tmp_path: Path) -> None:
    assert read_plan(tmp_path) is None
    write_example(tmp_path, ("thanhdoan", "haiphong"), 'a "b" <c@example.vn>')

    plan = read_plan(tmp_path)
    assert plan is not None
    assert plan.contact == 'a "b" <c@example.vn>'
    assert [job.key for job in plan.jobs] == ["thanhdoan every 2 h", "haiphong every 2 h"]


def test_everything_that_the_example_leaves_as_a_comment_is_understood(tmp_path: Path) -> None:
    path = write_example(tmp_path, ("haiphong",), "")
    text = path.read_text("utf-8").replace("# [", "[").replace("\n# since", "\nsince")
    for key in (
        "operator",
        "timezone",
        "quiet_hours",
        "http_proxy",
        "limit",
        "longest",
        "settings",
        "sites",
        "cron",
        "full",
    ):
        text = text.replace(f"# {key} =", f"{key} =")

    plan = plan_of(text, "newscrawler.toml")
    assert [job.key for job in plan.jobs] == ["haiphong every 2 h", "thanhdoan cron 15 3 * * sun"]
    assert (plan.schedules[0].limit, plan.schedules[1].full, plan.quiet[0].text) == (500, True, "07:30-09:00")


def test_a_plan_nested_too_deep_is_complained_of(tmp_path: Path) -> None:
    (tmp_path / "newscrawler.toml").write_text("a = " + "[" * 100_000)
    with pytest.raises(PlanError, match="too deep"):
        read_plan(tmp_path)
