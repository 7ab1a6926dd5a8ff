"""Scrapyd takes the project as `scrapy.cfg` deploys it, and its run ends with articles in the archive."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from newscrawler.demo import SampleServer
from newscrawler.store import close_database, open_database
from newscrawler.store.status import runs, sites_at_a_glance
from tests.conftest import ROOT

DEADLINE = 120
PROJECT = ("newscrawler", "scrapy.cfg", "setup.py", "pyproject.toml", "README.md", "LICENSE")
VERSION = "0.0.7"
"""Of the egg: by this it is told from the newscrawler that is installed beside Scrapyd."""


def program(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not installed; pip install scrapyd scrapyd-client")
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, since the building of eggs leaves folders behind."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in PROJECT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)
    init = folder / "newscrawler" / "__init__.py"
    init.write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{VERSION}"', init.read_text("utf-8")), "utf-8")
    return folder


class Scrapyd:
    """A server on loopback, and its API."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self._opener = build_opener(ProxyHandler({}))

    def get(self, path: str, **values: str) -> Any:
        with self._opener.open(f"{self.url}{path}?{urlencode(values)}", timeout=30) as answer:
            return json.load(answer)

    def post(self, path: str, *values: tuple[str, str]) -> Any:
        with self._opener.open(self.url + path, urlencode(values).encode(), timeout=30) as answer:
            return json.load(answer)


@pytest.fixture
def scrapyd(server: SampleServer, tmp_path: Path) -> Iterator[Scrapyd]:
    command, folder = program("scrapyd"), tmp_path / "scrapyd"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"bind_address": "127.0.0.1", "http_port": port, "poll_interval": 0.2, "items_dir": ""}
    settings |= {f"{each}_dir": folder / each for each in ("eggs", "logs", "dbs")}
    lines = "\n".join(f"{name} = {value}" for name, value in settings.items())
    (folder / "scrapyd.conf").write_text(f"[scrapyd]\n{lines}\n")
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"http_proxy": server.url, "PYTHONPATH": str(_without_ours(folder / "python"))}
    with (folder / "out").open("w") as out:
        process = subprocess.Popen([command], cwd=folder, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        found = Scrapyd(port)
        wait_for(lambda: is_up(found), lambda: (folder / "out").read_text())
        yield found
    finally:
        process.terminate()
        process.wait(30)


def _without_ours(folder: Path) -> Path:
    """A folder for PYTHONPATH that hides the installed newscrawler, as on a server that has only what it needs."""
    folder.mkdir()
    hide = f"import sys\nsys.path[:] = [path for path in sys.path if path != {str(ROOT)!r}]\n"
    (folder / "sitecustomize.py").write_text(hide)
    return folder


def is_up(scrapyd: Scrapyd) -> bool:
    try:
        return bool(scrapyd.get("daemonstatus.json")["status"] == "ok")
    except OSError:
        return False


def wait_for(is_so: Callable[[], bool], told: Callable[[], str]) -> None:
    """Ask until it is so; nothing else could tell."""
    end = time.monotonic() + DEADLINE
    while not is_so():
        assert time.monotonic() < end, told()
        time.sleep(0.1)


def test_a_deployed_egg_crawls_into_the_archive(scrapyd: Scrapyd, project: Path, tmp_path: Path) -> None:
    configuration = project / "scrapy.cfg"
    configuration.write_text(configuration.read_text().replace("http://localhost:6800/", scrapyd.url))
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    deployed = subprocess.run(
        [program("scrapyd-deploy"), "--version", "1"],
        cwd=project,
        env=env,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert deployed.returncode == 0, deployed.stderr
    assert '"status": "ok"' in deployed.stdout, deployed.stdout + deployed.stderr
    assert "thanhdoan" in scrapyd.get("listspiders.json", project="newscrawler")["spiders"]

    data = tmp_path / "data"
    settings = (f"ARCHIVE_DIR={data}", "RUN_REASON=scrapyd", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False")
    asked = [
        ("project", "newscrawler"),
        ("spider", "thanhdoan"),
        ("limit", "5"),
        *(("setting", each) for each in settings),
    ]
    assert scrapyd.post("schedule.json", *asked)["status"] == "ok"
    logs = tmp_path / "scrapyd" / "logs"
    wait_for(
        lambda: bool(scrapyd.get("listjobs.json", project="newscrawler")["finished"]),
        lambda: "\n".join(path.read_text("utf-8") for path in logs.rglob("*.log")),
    )

    db = open_database(data / "news.db")
    try:
        (run,), (site,) = runs(db), sites_at_a_glance(db)
        ((told,),) = db.conn.execute("SELECT DISTINCT filename FROM captures").fetchall()
    finally:
        close_database(db)
    assert (run.reason, run.is_success, site.articles) == ("scrapyd", True, 5)
    with gzip.open(data / "warc" / told) as warc:
        assert f"newscrawler/{VERSION}".encode() in warc.read(4000), "it was not the egg that crawled"
