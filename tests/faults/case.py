"""A fault, and the trace that it must leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.faults.replies import Script, sentences
from tests.faults.server import Asked

ORIGIN = "http://thanhdoan.hochiminhcity.gov.vn"
NEWS = f"{ORIGIN}/ThanhDoan/webtd/News"

Row = Mapping[str, Any]
"""One row of table `articles`."""


def nothing_to_say(_any: object) -> str:
    """No complaint."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What a fault leaves behind: wanted, or found. Of what is wanted, None stands for “whatever there is”."""

    asked: int | None = 1
    """Requests that reached the server."""
    captures: tuple[str, ...] | None = ("200",)
    """Status of each answer in table `captures`, in order, with the word of column `truncated`."""
    problems: tuple[str, ...] | None = ()
    """Stage and kind of each row of table `problems`, sorted, each once."""
    article: str = "whole"
    """`whole`, `none`, or what is wrong with it."""
    state: str | None = "done"
    """State and reason of the row of table `frontier`; the reason only where it is wanted."""
    elsewhere: int = 0
    """Requests that went where none may go."""
    complaint: str = ""
    """What else is wrong."""

    def __str__(self) -> str:
        asked = "*×" if self.asked is None else f"{self.asked}×"
        captures = "*" if self.captures is None else ", ".join(self.captures) or "-"
        problems = "*" if self.problems is None else ", ".join(self.problems) or "-"
        more = f" | {self.elsewhere} ELSEWHERE" * bool(self.elsewhere) + f" | {self.complaint}" * bool(self.complaint)
        return f"{asked} [{captures}] | {problems} | {self.article} | {self.state or '*'}{more}"


READ = Trace()
"""As if there were no fault."""


def given_up(*problems: str, asked: int | None = 2, captures: tuple[str, ...] | None = ()) -> Trace:
    """Tried as often as the setting says, written down, and left to a later run."""
    reason = problems[-1].partition("/")[2]
    return Trace(asked=asked, captures=captures, problems=problems, article="none", state=f"given-up {reason}")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One way of one row of the catalogue, shown on an article of its own."""

    row: int
    part: int
    """Counts the ways of one row from 1."""
    name: str
    scripts: tuple[Script, ...]
    """What the server answers to the first, second, … request; the last one to all that follow."""
    wanted: Trace = READ
    text: str | None = None
    """Text of the article where it is another than `replies.sentences` gives; empty where `look` knows it alone."""
    look: Callable[[Row], str] = nothing_to_say
    """A further look at the article's row: gives what is wrong with it, or nothing."""
    watch: Callable[[Sequence[Asked]], str] = nothing_to_say
    """A look at all requests of the crawl."""
    host: str = ""
    """Scheme and host where the article lies, where that is not the site's own."""
    path: str = ""
    """Path where the fault lies, where that is no article's address."""
    robots: Script = ()
    """What its host answers to a request for robots.txt."""
    elsewhere: str = ""
    """Part of the addresses that must never be asked for."""

    @property
    def number(self) -> int:
        """Id of the article."""
        return self.row * 100 + self.part

    @property
    def url(self) -> str:
        if self.path:
            return f"{self.host or ORIGIN}{self.path}"
        return f"{self.host}/News/{self.number}" if self.host else f"{NEWS}/{self.number}"

    @property
    def expected(self) -> str:
        return sentences(self.number) if self.text is None else self.text


def fault(row: int, part: int, name: str, *steps: Any, **options: Any) -> Fault:
    """A fault that answers every request alike."""
    return Fault(row=row, part=part, name=name, scripts=(tuple(steps),), **options)
