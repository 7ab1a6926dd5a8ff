"""Loads what commands load, so that processes forked off behind it need not; nothing that opens a file or begins a
loop."""

import pkgutil
import sys
from collections.abc import Iterable
from importlib import import_module

import scrapy.cmdline  # noqa: F401
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

import newscrawler
from newscrawler import settings

# Spiders want a reactor of their own; what the web server and Parquet stand on starts threads, which no fork takes along,
# and is more than a crawl may hold.
_LEFT_OUT = {"spiders", "web", "arrow", "__main__"}


def _load(path: Iterable[str], prefix: str) -> None:
    for module in pkgutil.iter_modules(path):
        if module.name not in _LEFT_OUT:
            loaded = import_module(prefix + module.name)
            if module.ispkg:
                _load(loaded.__path__, f"{prefix}{module.name}.")


_load(newscrawler.__path__, "newscrawler.")
for _name in dir(default_settings):
    if _name.endswith("_BASE") and isinstance(getattr(default_settings, _name), dict):
        for _path in getattr(default_settings, _name):
            if "." in _path and not any(_path == off for off, order in settings.EXTENSIONS.items() if order is None):
                load_object(_path)

assert "twisted.internet.reactor" not in sys.modules, "a reactor must not be shared between processes"
