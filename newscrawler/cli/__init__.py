"""The command `newscrawler`: one verb, one file."""

from __future__ import annotations

import errno
import importlib
import keyword
import os
import sys
from collections.abc import Sequence

import click

from newscrawler import __version__
from newscrawler.errors import ExitCode, NewsCrawlerError

VERBS = {
    "crawl": "Crawl sites into the archive.",
    "demo": "Crawl the bundled sample site, and show what came of it.",
    "doctor": "Say whether this machine and this archive are fit for work.",
    "export": "Hand the archive on: tables, Markdown, a feed, WACZ.",
    "extract": "Read one page and print its article as JSON.",
    "gaps": "Show what is missing of a site.",
    "history": "Show the versions of an article.",
    "hot": "Show what stood in the hot block, and when.",
    "import": "Take over WARC and WACZ files that others made.",
    "rebuild": "Make index and database again from the WARC files.",
    "schedule": "Crawl by a timer: plan, show, install, run.",
    "search": "Search the archive; accents are optional.",
    "serve": "Open the reading room: the archive in a browser.",
    "show": "Show one article.",
    "sites": "List the sites, or check what a layout reads.",
    "status": "Show last and next runs, and what somebody should look at.",
    "verify": "Check every record, digest and row of the archive.",
}
"""Verb → what it does in one line; the verb's module is loaded only when it is called."""

EPILOG = """\b
Exit codes:
  0  complete                            4  stopped by a limit or signal, work is left
  1  error                               5  archive damaged
  2  wrong usage                         6  disk full or not writable
  3  finished, but pages were given up   7  another run holds the lock

\b
Example:
  newscrawler crawl thanhdoan --limit 50
  newscrawler search "doan thanh nien"
"""


class _Verbs(click.Group):
    """Loads a verb's module when it is asked for, so that `--help` and `search` need not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        module = f"{name}_" if keyword.iskeyword(name) else name
        command: click.Command = importlib.import_module(f"newscrawler.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=_Verbs, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newscrawler")
def cli() -> None:
    """Archive the news of Vietnamese youth unions for good: crawl, read, search."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line; every error of ours is one sentence on stderr and its exit code."""
    try:
        code = cli.main(args=argv, prog_name="newscrawler", standalone_mode=False)
        sys.stdout.flush()  # what is still held may find the disk full, too
    except NewsCrawlerError as error:
        _complain(str(error))
        code = int(error.exit_code)
    except click.ClickException as error:
        error.show()
        code = int(ExitCode.USAGE) if isinstance(error, click.UsageError) else error.exit_code
    except click.Abort:
        _complain("stopped")
        code = int(ExitCode.STOPPED)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does: no error of ours.
        sys.stderr.close()
        code = int(ExitCode.COMPLETE)
    except OSError as error:
        # What no verb tells itself: standard output that lies on a full disk.
        place = error.filename or "the output"
        _complain(f"cannot write {place}: {error.strerror or error}" if _is_full(error) else str(error))
        code = int(ExitCode.DISK if _is_full(error) else ExitCode.ERROR)
        _drop_output()
    sys.exit(code if isinstance(code, int) else 0)


def _drop_output() -> None:
    """Nothing more can be written; Python would try once more at its end, and complain in its own way."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


def _complain(sentence: str) -> None:
    click.echo(f"newscrawler: {sentence}", err=True)
