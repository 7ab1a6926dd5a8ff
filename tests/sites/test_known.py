"""Sites of one's own stand beside those that come along, and a broken one stops no other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.sites.known import MORE_SITES, Known, known_sites
from tests.conftest import ROOT

DOAN = 'name = "doan"\nhosts = ["doan.example.vn"]\nportal = "nukeviet"\n'
HOI = 'name = "hoi"\nhosts = ["hoi.example.vn"]\nportal = "wordpress"\n'
Knowing = Callable[..., Known]


@pytest.fixture
def knowing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Knowing:
    """What is known where these files lie in the working folder."""
    monkeypatch.chdir(tmp_path)

    def known(named: str | None = None, **files: str) -> Known:
        for variable in (MORE_SITES, "NEWSCRAWLER_SITES_TOLD"):
            monkeypatch.setenv(variable, "")  # so that it is put back afterwards
            monkeypatch.delenv(variable)
        if named is not None:
            monkeypatch.setenv(MORE_SITES, named)
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.with_suffix(".toml").write_text(text, "utf-8")
        return known_sites()

    return known


def test_the_folder_sites_of_the_working_folder_counts(knowing: Knowing) -> None:
    known = knowing(sites__a=DOAN, sites__b=HOI)
    assert {"doan", "hoi", "thanhdoan"} <= set(known.sites)
    assert (known.origins["doan"], known.origins["thanhdoan"]) == ("sites/a.toml", "")
    assert known.faults == {}


def test_without_any_of_ones_own_there_are_those_that_come_along(knowing: Knowing) -> None:
    assert set(knowing().origins.values()) == {""}


def test_the_environment_names_folders_files_and_modules_instead(knowing: Knowing) -> None:
    known = knowing("mine, other/hoi.toml ,tests.spiders.paper_site,", mine__a=DOAN, other__hoi=HOI, sites__c="x")
    assert {"doan", "hoi", "paper"} <= set(known.sites)
    assert known.origins["paper"] == "tests.spiders.paper_site"
    assert known.faults == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('name = "thanhdoan"\nhosts = ["a.vn"]\nportal = "nukeviet"', 'name = "thanhdoan" is taken by newscrawler itself; write another'),
        ('name = "a"\nhosts = ["vnexpress.net"]\nportal = "nukeviet"', "hosts: vnexpress.net is a host of vnexpress; take it out"),
        ('name = "doan"\nhosts = ["a.vn"]\nportal = "nukeviet"', 'name = "doan" is taken by sites/a.toml'),
        ("name =", "this is no TOML"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_and_the_others_are_known(
    knowing: Knowing, caplog: pytest.LogCaptureFixture, text: str, sentence: str
) -> None:
    known = knowing(sites__a=DOAN, sites__b=text, sites__c=HOI)
    assert {"doan", "hoi", "thanhdoan"} <= set(known.sites)
    assert list(known.faults) == ["sites/b.toml"]
    assert sentence in str(known.faults["sites/b.toml"])
    assert [record.getMessage() for record in caplog.records] == [str(known.faults["sites/b.toml"])]


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("nowhere", "NEWSCRAWLER_SITES names nowhere, which is no folder, no .toml file and no module"),
        ("none.toml", "none.toml: the site file cannot be read"),
        ("tests.conftest", "NEWSCRAWLER_SITES names the module tests.conftest, which has no SITE"),
    ],
)
def test_what_the_environment_names_in_vain_is_told(knowing: Knowing, named: str, sentence: str) -> None:
    (fault,) = knowing(named).faults.values()
    assert str(fault).startswith(sentence)


def shell(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "SCRAPY_SETTINGS_MODULE": "newscrawler.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_every_command_knows_them_and_warns_once_of_a_broken_one(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "hoi.toml").write_text(HOI, "utf-8")
    (tmp_path / "sites" / "doan.toml").write_text("nam = 5", "utf-8")
    told = "sites/doan.toml: nam is no key of a site file; write name, or leave it out"
    listed = shell(tmp_path, "newscrawler", "sites")
    assert listed.returncode == 2
    assert any(line.split()[0] == "hoi" and line.endswith("sites/hoi.toml") for line in listed.stdout.splitlines())
    assert listed.stderr.count(told) == 1
    spiders = shell(tmp_path, "scrapy", "list")
    assert {"hoi", "thanhdoan"} <= set(spiders.stdout.split())
    assert spiders.stderr.count(told) == 1
    asked = shell(tmp_path, "newscrawler", "crawl", "doan")
    assert (asked.returncode, asked.stderr.splitlines()[-1]) == (2, f"newscrawler: {told}")
