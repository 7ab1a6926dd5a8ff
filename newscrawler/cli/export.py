"""Verb `export`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, cast

import click

from newscrawler.cli.bars import byte_bar, count_bar
from newscrawler.cli.common import data_option, on_terminal, printable
from newscrawler.cli.export_formats import FORMATS, Format
from newscrawler.cli.filters import filter_options
from newscrawler.errors import ExitCode, UsageError
from newscrawler.export.order import Order, Progress, Written, unseen
from newscrawler.interrupts import hand_to
from newscrawler.store.handing import PARTS
from newscrawler.store.selection import Selection
from newscrawler.text import counted

_EPILOG = """\b
Formats:
{formats}

\b
Example:
  newscrawler export jsonl news.jsonl
  newscrawler export csv - --site thanhdoan --from 2018 --to 2018 | head
  newscrawler export parquet news.parquet --with media,versions --schema-org
  newscrawler export markdown notes 'mùa hè xanh' --limit 100
  newscrawler export site copy --lang en
  newscrawler export wacz 2018.wacz --from 2018 --to 2018 --sign key.pem

\b
Beside OUT lies OUT.datapackage.json (in a folder: datapackage.json), which explains every column and tells the
file's SHA-256. Open a WACZ at replayweb.page, or check it with `wacz validate -f 2018.wacz`.
""".format(formats="\n".join(f"  {name:9} {each.about}" for name, each in FORMATS.items()))


@click.command("export", epilog=_EPILOG)
@click.argument("format", type=click.Choice(list(FORMATS)), metavar="FORMAT")
@click.argument("out", type=click.Path(path_type=Path, allow_dash=True), metavar="OUT")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@data_option
@filter_options
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N articles.")
@click.option("--with", "parts", metavar="PARTS", help=f"What goes along: {','.join(PARTS)}; or all, or none.")
@click.option("--schema-org", is_flag=True, help="Names of schema.org's NewsArticle; jsonl becomes JSON-LD.")
@click.option("--raw", is_flag=True, help="csv: cells as they are, formulas too.")
@click.option("--bom", is_flag=True, help="csv: begin with a byte order mark, for Excel.")
@click.option(
    "--sign", "key", type=click.Path(path_type=Path), metavar="KEYFILE", help="wacz: sign; a missing key is made."
)
@click.option("--lang", type=click.Choice(["vi", "en"]), help="site: language of the pages; vi unless told.")
@click.option("--force", is_flag=True, help="Replace OUT if it is there.")
def command(
    format: str,
    out: Path,
    words: tuple[str, ...],
    data: Path,
    limit: int | None,
    parts: str | None,
    schema_org: bool,
    raw: bool,
    bom: bool,
    key: Path | None,
    lang: str | None,
    force: bool,
    **filters: Any,
) -> int:
    """Hand the archive on: write it to OUT as FORMAT; `-` is standard output for jsonl, csv and atom.

    Without WORDS or options everything goes in. With them, the articles that `search` would find, in its order. OUT is
    there only when it is whole.
    """
    form = FORMATS[format]
    given = {"--with": parts, "--schema-org": schema_org, "--raw": raw, "--bom": bom, "--sign": key, "--lang": lang}
    _refuse_useless(format, form, [name for name, value in given.items() if value])
    order: dict[str, Any] = {"data": data, "out": out, "force": force, "key": key, "parts": _parts(parts)}
    order |= {"schema_org": schema_org, "raw": raw, "bom": bom, "stream": _stream(format, form, out)}
    order["lang"] = lang or "vi"
    selection = Selection(words=" ".join(words), limit=limit, **filters)
    with _ended_in_order(), _bar(form, order["stream"]) as progress:
        written = form.write(Order(**order, selection=selection, progress=progress))
    return _tell(out, written, quiet=order["stream"] is not None)


def _bar(form: Format, stream: BinaryIO | None) -> AbstractContextManager[Progress]:
    """None where it would stand among what is exported."""
    if stream is not None and on_terminal():
        return nullcontext(unseen)
    return byte_bar("exporting") if form.counts == "bytes" else count_bar("exporting")


def _refuse_useless(name: str, form: Format, given: Collection[str]) -> None:
    for option in given:
        if option not in form.options:
            useful = ", ".join(each for each, other in FORMATS.items() if option in other.options)
            raise UsageError(f"{option} means nothing for {name}; it is for {useful}")


def _parts(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    names = list(PARTS) if text == "all" else [name for name in text.split(",") if name != "none"]
    for name in names:
        if name not in PARTS:
            raise UsageError(f"--with {text}: {name} is none of {', '.join(PARTS)}, all or none")
    return tuple(name for name in PARTS if name in names)


def _stream(name: str, form: Format, out: Path) -> BinaryIO | None:
    if str(out) != "-":
        return None
    if not form.streams:
        able = ", ".join(each for each, other in FORMATS.items() if other.streams)
        raise UsageError(f"{name} does not go to standard output, as {able} do; name a file or folder")
    stream = sys.stdout.buffer
    return cast(BinaryIO, _Screen(stream)) if on_terminal() else stream


class _Screen:
    """A terminal: words of web pages do not steer it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: memoryview) -> int:
        self._stream.write(printable(bytes(data).decode("utf-8", "replace")).encode())
        return len(data)

    def flush(self) -> None:
        self._stream.flush()


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """SIGTERM does within what Ctrl-C does: what is half written goes away, exit code 4. Who reads our output may have
    had enough of it, as `head` has."""
    give_back = hand_to(_interrupt)
    try:
        yield
    except BrokenPipeError:
        # Else Python would write at its end what still waits, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(int(ExitCode.COMPLETE)) from None
    finally:
        give_back()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # tidying up is soon done
    raise KeyboardInterrupt


def _tell(out: Path, written: Written, *, quiet: bool) -> int:
    for sentence in written.complaints:
        click.echo(f"newscrawler: {printable(sentence)}", err=True)
    if not quiet:
        more = f", {written.more}" if written.more else ""
        size = f"{written.size / 1_000_000:.1f} MB"
        click.echo(f"{os.fspath(out)}: {counted(written.articles, 'article')}{more}, {size}")
    return int(written.exit_code)
