"""An archive of the sample site, and the tools of others that are to read it: what is not installed is skipped with a
word."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawler.demo import SampleServer, SampleSite
from newscrawler.export import Selection
from newscrawler.store import close_database, open_database
from newscrawler.store.selection import ArticlePage, pages_of, select
from tests.conftest import ROOT, Shell

TOOLS = Path(os.environ.get("NEWSCRAWLER_REPLAY") or ROOT / ".venv-replay")
"""An environment of its own: what pywb needs cannot stand beside Scrapy."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Sample:
    """The sample site, crawled twice, so that each page has a revisit too."""

    folder: Path
    pages: list[ArticlePage]

    @property
    def warcs(self) -> list[Path]:
        return sorted((self.folder / "warc").glob("*.warc.gz"))


def found(name: str) -> str | None:
    """Path of a tool by its name, or None."""
    return shutil.which(name, path=f"{TOOLS / 'bin'}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(scope="session")
def some_tools() -> None:
    """Nothing is crawled for tools that are not there."""
    if not TOOLS.is_dir() and not found("wacz") and not found("wb-manager"):
        pytest.skip("the tools that are to read our files are not installed; `make tools` does it")


@pytest.fixture(scope="session")
def sample(some_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    with SampleServer(SampleSite.load()) as server:
        shell = Shell(server.url, tmp_path_factory.mktemp("sample"))
        for words in ((), ("--full",)):
            crawled = shell.crawl(*words)
            assert crawled.returncode == 0, crawled.stderr
    db = open_database(shell.data / "news.db")
    pages = list(pages_of(db, select(db, Selection())))
    close_database(db)
    return Sample(shell.data, pages)


@pytest.fixture(scope="session")
def wacz(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of the sample, signed, as a user exports it."""
    out = tmp_path_factory.mktemp("wacz") / "sample.wacz"
    exported = Shell("", out.parent)(
        "newscrawler", "export", "wacz", str(out), "--data", str(sample.folder), "--sign", f"{out}.pem"
    )
    assert exported.returncode == 0, exported.stderr
    return out


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Path of a tool by its name."""

    def tool(name: str) -> str:
        path = found(name)
        if path is None:
            pytest.skip(f"{name} is not installed; `make tools` does it")
        return path

    return tool


@pytest.fixture(scope="session")
def chromium() -> str:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    return path


@pytest.fixture(scope="session")
def player() -> Path:
    """Folder of ReplayWeb.page's files."""
    folder = TOOLS / "replaywebpage" / "package"
    if not (folder / "sw.js").is_file():
        pytest.skip(f"ReplayWeb.page is not in {folder}; `make tools` puts it there")
    return folder
