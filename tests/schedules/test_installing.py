"""What systemd and cron are handed is read back by systemd's own checker, by a cron parser and by a shell."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.errors import UsageError
from newscrawler.schedules import crontab, installing, systemd
from newscrawler.schedules.command import Command
from newscrawler.schedules.file import plan_of
from newscrawler.schedules.rhythm import cron, every
from tests.conftest import ROOT, Shell, times

KATHMANDU = ZoneInfo("Asia/Kathmandu")
NOW = datetime(2026, 11, 23, 13, tzinfo=KATHMANDU)
PLAN = """
quiet_hours = "22:00-04:30"
[[schedule]]
sites = ["thanhdoan"]
every = "2 h"
jitter = "10 min"
[[schedule]]
sites = ["haiphong"]
cron = "15 3 * 1-6 sun,wed"
"""
AWKWARD = "Đoàn viên 100% $HOME 'x' \"y\" \\z; #"
"""A name of a folder, in which each sign means something to somebody."""


def command(folder: Path, name: str = AWKWARD) -> Command:
    return Command(
        python=folder / "py thon",
        data=folder / name,
        folder=folder,
        environment={"NEWSCRAWLER_CONTACT": "Ban biên tập <a@example.vn> 5%"},
    )


def verify(unit: Path, *, user: bool = False) -> subprocess.CompletedProcess[str]:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here; Debian's package systemd has it")
    words = ["systemd-analyze", *(["--user"] if user else []), "verify", str(unit)]
    # A user's manager wants a folder for what it would run.
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(unit.parent)}
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, env=environment)


@pytest.mark.parametrize("user", [None, getpass.getuser()])
def test_systemd_finds_no_fault_with_service_and_timer(tmp_path: Path, user: str | None) -> None:
    call = command(tmp_path)
    call.data.mkdir()
    call.python.write_text("#!/bin/sh\n")
    call.python.chmod(0o755)
    plan = plan_of(PLAN, "newscrawler.toml")
    (tmp_path / "n.service").write_text(systemd.service(call, user=user), "utf-8")
    (tmp_path / "n.timer").write_text(systemd.timer(plan, "n"), "utf-8")

    for unit in ("n.service", "n.timer"):
        done = verify(tmp_path / unit, user=user is None)
        ours = [line for line in done.stderr.splitlines() if "n.service" in line or "n.timer" in line]
        assert not ours, done.stderr
        assert done.returncode == 0, done.stderr


def test_systemd_would_find_a_fault(tmp_path: Path) -> None:
    (tmp_path / "n.service").write_text("[Service]\nType=oneshot\nExecStart=relative/path\nProtectSystm=strict\n")

    done = verify(tmp_path / "n.service")
    assert "n.service" in done.stderr


def test_the_service_is_shut_in_and_may_write_to_the_archive_only(tmp_path: Path) -> None:
    text = systemd.service(command(Path("/srv/news"), "data"), user="news")

    for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "PrivateTmp=yes", "MemoryMax=1G", "User=news"):
        assert line in text.splitlines()
    assert [line for line in text.splitlines() if line.startswith("ReadWritePaths")] == [
        'ReadWritePaths="/srv/news/data"'
    ]
    assert "PrivateTmp" not in systemd.service(command(Path("/tmp/news"), "data"), user="news"), "it would hide it"


def test_the_timer_wakes_when_something_is_due_and_when_quiet_hours_end() -> None:
    text = systemd.timer(plan_of(PLAN, "newscrawler.toml"), "newscrawler")

    assert [line.partition("=")[2] for line in text.splitlines() if line.startswith("OnCalendar")] == [
        "*-*-* 00,02,04,06,08,10,12,14,16,18,20,22:00:00 Asia/Ho_Chi_Minh",
        "Sun,Wed *-01,02,03,04,05,06-* 03:15:00 Asia/Ho_Chi_Minh",
        "*-*-* 04:30:00 Asia/Ho_Chi_Minh",
    ]
    assert "Persistent=true" in text
    assert "RandomizedDelaySec=600" in text


@pytest.mark.parametrize(
    "text", ["15 */2 * * *", "*/5 8-17 * * 1-5", "0 3 1,15 * *", "59 23 31 12 *", "0 0 * * 7", "@weekly"]
)
def test_systemd_reads_a_cron_expression_as_we_do(text: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here; Debian's package systemd has it")
    rhythm = cron(text, ZoneInfo("Asia/Ho_Chi_Minh"))
    (calendar,) = systemd.calendars_of(rhythm)
    words = ["systemd-analyze", "calendar", "--base-time=2026-11-23 00:00:00 UTC", f"{calendar} Asia/Ho_Chi_Minh"]
    told = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True, env={"TZ": "UTC"}).stdout

    due = rhythm.after(datetime(2026, 11, 23, tzinfo=ZoneInfo("UTC")))
    assert f"{due:%Y-%m-%d %H:%M:%S} UTC" in told


def test_a_time_that_fills_no_day_is_looked_after_every_five_minutes() -> None:
    zone = ZoneInfo("UTC")

    assert systemd.calendars_of(every("5 h", zone)) == ["*-*-* *:00/5:00"]
    assert systemd.calendars_of(every("3 days", zone)) == ["*-*-* *:00/5:00"]
    assert systemd.calendars_of(every("10 min", zone)) == ["*-*-* *:00/5:00"]
    assert systemd.calendars_of(every("6 h", zone)) == ["*-*-* 00,06,12,18:00:00"]


def read_back(line: str) -> tuple[CronTrigger, list[str]]:
    """As cron takes a line: five fields, then a command in which a percent sign ends it unless it is escaped."""
    fields = line.split(None, 5)
    text, is_escaped = "", False
    for sign in fields[5]:
        if sign == "%" and not is_escaped:
            raise AssertionError(f"cron would cut off {line!r}")
        text = (text[:-1] if is_escaped and sign == "%" else text) + sign
        is_escaped = sign == "\\"
    return CronTrigger.from_crontab(" ".join(fields[:5]), timezone=KATHMANDU), shlex.split(text)


@settings(max_examples=times(15, 300), deadline=None)
@given(st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=20))
def test_a_line_for_cron_is_read_back_as_it_was_meant(name: str) -> None:
    call = command(Path("/srv/a b"), name.replace("/", "%"))
    _begin, line, _end = crontab.lines(plan_of(PLAN, "newscrawler.toml"), call, NOW).splitlines()
    trigger, words = read_back(line)

    assert words[:5] == ["cd", "/srv/a b", "&&", "exec", "env"]
    assert tuple(words[6:-3]) == call.words
    assert words[-3:] == [">>", str(call.data / "schedule.log"), "2>&1"]
    assert words[5] == "NEWSCRAWLER_CONTACT=Ban biên tập <a@example.vn> 5%"
    # Of Vietnam's whole hours and the quarter past; in Kathmandu they are other minutes.
    assert trigger.get_next_fire_time(None, NOW) == NOW + timedelta(minutes=0 if NOW.minute in (0, 15) else 15)


def test_cron_looks_at_the_minutes_at_which_something_begins_in_its_own_zone() -> None:
    plan = plan_of(PLAN, "newscrawler.toml")

    assert crontab.minutes(plan, NOW.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))) == "0,15,30"
    assert crontab.minutes(plan, NOW) == "0,15,45"
    often = plan_of('[[schedule]]\nsites = ["thanhdoan"]\nevery = "1 min"\n', "newscrawler.toml")
    assert crontab.minutes(often, NOW) == "*/5"


def test_a_crontab_keeps_what_others_wrote_and_has_our_lines_once() -> None:
    plan, call = plan_of(PLAN, "newscrawler.toml"), command(Path("/srv"), "data")
    part, other = crontab.lines(plan, call, NOW), crontab.lines(plan, command(Path("/srv"), "other"), NOW)
    old = "MAILTO=a@example.vn\n0 4 * * * backup\n"

    once = crontab.merged(old, part, call)
    assert once == old + part
    assert crontab.merged(once + other, part, call) == old + other + part


def test_install_writes_shows_and_remembers_from_when_on_it_counts(lonely_shell: Shell) -> None:
    data = lonely_shell.data
    data.mkdir()
    (data / "newscrawler.toml").write_text(PLAN, "utf-8")
    units = data.parent / "units"

    shown = lonely_shell("newscrawler", "schedule", "install", "--systemd", "--to", str(units), "--dry-run")
    assert shown.returncode == 0, shown.stderr
    assert "would be written" in shown.stdout
    assert not units.exists()
    done = lonely_shell("newscrawler", "schedule", "install", "--systemd", "--to", str(units), "--name", "tin")
    assert done.returncode == 0, done.stderr
    assert (units / "tin.service").read_text("utf-8") in done.stdout
    assert "systemctl enable --now tin.timer" in done.stdout
    assert '"thanhdoan every 2 h"' in (data / "schedule.json").read_text("utf-8")
    found = verify(units / "tin.service")
    assert found.returncode == 0, found.stderr

    (units / "tin.timer").write_text("[Timer]\n", "utf-8")
    refused = lonely_shell("newscrawler", "schedule", "install", "--systemd", "--to", str(units), "--name", "tin")
    assert refused.returncode == 2
    assert "was not written by newscrawler" in refused.stderr


@pytest.mark.parametrize("words", [("--systemd", "--cron"), (), ("--cron", "--name", "../x")])
def test_what_makes_no_sense_is_refused(lonely_shell: Shell, words: tuple[str, ...]) -> None:
    assert lonely_shell("newscrawler", "schedule", "install", *words).returncode == 2


_CRONTAB = """#!/bin/sh
case "$1" in -l) cat "$CRONTAB_FILE" ;; -) cat > "$CRONTAB_FILE" ;; esac
"""


def test_the_lines_go_into_the_users_crontab_and_its_own_lines_stay(tmp_path: Path) -> None:
    """With a stand-in for `crontab`, since the real one would change that of whoever runs the tests."""
    data, kept = tmp_path / "100% dữ liệu", tmp_path / "kept"
    data.mkdir()
    (data / "newscrawler.toml").write_text(PLAN, "utf-8")
    kept.write_bytes(b"# sao l\xe9\n0 4 * * * backup\n")
    (tmp_path / "bin").mkdir()

    def install(path: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "newscrawler", "schedule", "install", "--cron", "--data", str(data)]
        env = {**os.environ, "PATH": path, "CRONTAB_FILE": str(kept)}
        return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)

    refused = install(str(tmp_path / "bin"))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "there is no crontab on this machine" in refused.stderr

    (tmp_path / "bin" / "crontab").write_text(_CRONTAB)
    (tmp_path / "bin" / "crontab").chmod(0o755)
    for _ in range(2):
        done = install(f"{tmp_path / 'bin'}:/usr/bin:/bin")
        assert done.returncode == 0, done.stderr
    old, own, _begin, line, _end = kept.read_bytes().splitlines()
    assert (old, own) == (b"# sao l\xe9", b"0 4 * * * backup")
    _trigger, words = read_back(line.decode())
    assert words[-5:-3] == ["--data", str(data)]


def test_a_crontab_whose_end_of_our_part_was_deleted_loses_none_of_its_other_lines() -> None:
    plan, call = plan_of(PLAN, "newscrawler.toml"), command(Path("/srv"), "data")
    part = crontab.lines(plan, call, NOW)
    begun = "".join(part.splitlines(keepends=True)[:-1])
    with pytest.raises(UsageError, match="crontab -e"):
        crontab.merged(f"{begun}0 4 * * * backup\n", part, call)


def test_a_crontab_that_cannot_be_read_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    stand_in = tmp_path / "bin" / "crontab"
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    plan, call = plan_of(PLAN, "newscrawler.toml"), command(Path("/srv"), "data")

    def lines(says: str) -> str:
        stand_in.write_text(f"#!/bin/sh\n{says}\n")
        stand_in.chmod(0o755)
        return installing.cron_lines(plan, call, to=None).text

    with pytest.raises(UsageError, match="You are not allowed"):
        lines("echo 'You are not allowed to use this program' >&2; exit 1")
    assert lines("echo 'no crontab for reader' >&2; exit 1").startswith("# newscrawler ")
    # Somebody's old line may be in any encoding.
    assert (
        lines("printf '0 4 * * * echo \\351\\n'")
        .encode("utf-8", "surrogateescape")
        .startswith(b"0 4 * * * echo \xe9\n")
    )
