"""Loads what commands load, so that processes forked off behind it need not; nothing that opens a file or begins a
loop."""

import pkgutil
import sys
from importlib import import_module

import scrapy.cmdline  # noqa: F401
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

import newscrawler
from newscrawler import settings

# Spiders want a reactor of their own; what the web server and Parquet stand on starts threads, which no fork takes along.
_LEFT_OUT = (".spiders", ".web", ".parquet", "__main__")
for _module in pkgutil.walk_packages(newscrawler.__path__, "newscrawler."):
    if not any(part in _module.name for part in _LEFT_OUT):
        import_module(_module.name)
for _name in dir(default_settings):
    if _name.endswith("_BASE") and isinstance(getattr(default_settings, _name), dict):
        for _path in getattr(default_settings, _name):
            if "." in _path and not any(_path == off for off, order in settings.EXTENSIONS.items() if order is None):
                load_object(_path)

assert "twisted.internet.reactor" not in sys.modules, "a reactor must not be shared between processes"
