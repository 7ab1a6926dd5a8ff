"""The house stays easy to see: imports run downward, and each library has one door."""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "newscrawler"
FLOORS = [
    {"items", "errors", "counters", "tape", "text", "differences", "urls", "settings", "interrupts", "__init__"},
    {"reading", "archive", "store", "demo"},
    {"sites"},
    {"pages", "dating", "telling"},
    {"reader"},
    {"rebuild"},
    {"upkeep", "run_files", "warcinfo", "wire", "frontier"},
    {"politeness", "run", "stopping", "ending"},
    {
        "capture",
        "conditional",
        "resuming",
        "decoding",
        "guard",
        "pipelines",
        "progress",
        "redirects",
        "scheduler",
        "spiders",
        "wholeness",
    },
    {"crawl", "verify", "imports", "export", "schedules", "doctor"},
    {"web"},
    {"commands", "cli", "__main__"},
]
ALONE = ({"reading"}, {"archive"}, {"store"}, {"demo"})
DOORS = {
    "warcio": {"archive"},
    "sqlite_utils": {"store"},
    "sqlite3": {"store"},
    "bs4": {"reading"},
    "nh3": {"reading", "web"},
    "trafilatura": {"reading"},
    "scrapy": {
        "warcinfo",
        "politeness",
        "run",
        "capture",
        "pipelines",
        "progress",
        "redirects",
        "spiders",
        "crawl",
        "commands",
        "wire",
        "decoding",
        "guard",
        "scheduler",
        "conditional",
        "resuming",
        "stopping",
        "wholeness",
    },
    "twisted": {"run", "spiders", "wire", "capture"},
    "click": {"cli"},
    "datasette": {"web"},
    "jinja2": {"web"},
    "apscheduler": {"schedules"},
    "pyarrow": {"export"},
    "cryptography": {"archive"},
}
"""Library → the rooms that may import it."""
READING = [
    {"layout", "columns", "markdown", "letters", "dates", "body"},
    {"encoding", "page"},
    {"fields"},
    {"generic"},
    {"comments", "sections"},
    {"blocks"},
    {"article", "leads"},
    {"explain"},
]
"""The floors inside `reading`: a room knows those below it, and none beside it."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor_of(room: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if room in floor)


@cache
def parsed(path: Path) -> ast.Module:
    # What other tests left behind may be taken away meanwhile, and told of with a traceback, which parses too; Python
    # 3.11 then says that the depths of recursion do not match.
    gc.disable()
    try:
        return ast.parse(path.read_text("utf-8"))
    finally:
        gc.enable()


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= (
                {f"{node.module}.{alias.name}" for alias in node.names}
                if node.module == "newscrawler"
                else {node.module}
            )
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downward(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return  # the public face imports lazily, so that reading needs nothing above it
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "newscrawler" and len(parts) > 1:
            other = parts[1] if (PACKAGE / parts[1]).exists() or (PACKAGE / f"{parts[1]}.py").exists() else "__init__"
            if other == room:
                continue
            assert floor_of(other) <= floor_of(room), f"{room} imports {other}, which stands above it"
            assert not ({room} in ALONE and {other} in ALONE), f"{room} and {other} must not know each other"


def test_imports_inside_reading_run_downward() -> None:
    floors = {room: number for number, floor in enumerate(READING) for room in floor}
    reading = PACKAGE / "reading"
    for path in reading.rglob("*.py"):
        room = path.relative_to(reading).parts[0].removesuffix(".py")
        others = {name.split(".")[2] for name in imports(path) if name.startswith("newscrawler.reading.")}
        for other in others - {room}:
            assert floors[other] < floors[room], (
                f"reading/{room} imports reading/{other}, which does not stand below it"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_its_door(path: Path) -> None:
    for name in imports(path):
        library = name.split(".")[0]
        if library in DOORS:
            assert room_of(path) in DOORS[library], f"{library} may be imported in {DOORS[library]} only"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_keeps(path: Path) -> None:
    assert ast.get_docstring(parsed(path)), f"{path} has no docstring"
