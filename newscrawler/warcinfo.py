"""What the first record of each WARC file says of the run that wrote it (WARC 1.1 §6.2)."""

from __future__ import annotations

import json
import platform
from hashlib import sha256
from importlib.metadata import version

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawler import __version__

_SOFTWARE = ("scrapy", "twisted", "warcio", "lxml", "beautifulsoup4", "nh3")


def warcinfo_fields(settings: BaseSettings, site: str, started_at: str) -> dict[str, str]:
    """Who crawled what, when, with which software, under which policy.

    :param site: name of the site, which `rebuild` needs for the row of the run.
    :param started_at: when the run began, as in `runs.started_at`.
    """
    return {
        "software": " ".join([f"newscrawler/{__version__}", *_versions()]),
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": site,
        "run-started": started_at,
        "run-reason": settings["RUN_REASON"],
        "operator": settings["ARCHIVE_OPERATOR"] or "not named",
        "contact": settings["CONTACT"],
        "http-header-user-agent": settings["USER_AGENT"],
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "config-digest": config_digest(settings),
    }


def _versions() -> list[str]:
    return [*(f"{name}/{version(name)}" for name in _SOFTWARE), f"Python/{platform.python_version()}"]


def config_digest(settings: BaseSettings) -> str:
    """`sha256:` and the hex digest of all settings that are not Scrapy's defaults, by name: two runs with the same
    digest were configured alike."""
    ours = SETTINGS_PRIORITIES["default"]
    chosen = {name: settings[name] for name in sorted(settings) if (settings.getpriority(name) or 0) > ours}
    told = json.dumps(chosen, sort_keys=True, default=_plain, ensure_ascii=True)
    return f"sha256:{sha256(told.encode()).hexdigest()}"


def _plain(value: object) -> object:
    return value.copy_to_dict() if isinstance(value, BaseSettings) else str(value)
