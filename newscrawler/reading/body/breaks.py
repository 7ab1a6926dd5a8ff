"""Runs of inline text parted into paragraphs at their line breaks."""

from __future__ import annotations

import re

from newscrawler.reading.body.parts import Run

BREAK = "\x00"
"""Text of the run that stands for `br`; no page's text has it."""

_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]*$")
_NEW_ITEM = re.compile(r"^(?:[-+•*–—]\s*|\d{1,2}[.)]\s+)\S")


def paragraphs(runs: list[Run]) -> list[list[Run]]:
    """Part runs at their breaks: two breaks always part; one parts behind a sentence, else joins or keeps a line."""
    lines: list[list[Run]] = [[]]
    gaps: list[int] = []
    for run in runs:
        if run.text != BREAK:
            lines[-1].append(run)
        elif _seen(lines[-1]):
            lines.append([])
            gaps.append(1)
        elif gaps:
            gaps[-1] += 1
    texts = [_seen(line) for line in lines]
    found = [lines[0]]
    for gap, line, before, after in zip(gaps, lines[1:], texts, texts[1:], strict=False):
        joint = _joint(before, gap, after)
        if joint is None:
            found.append(line)
        else:
            found[-1] += (Run(joint), *line)
    return [paragraph for paragraph in found if _seen(paragraph)]


def _seen(runs: list[Run]) -> str:
    return "".join(run.text for run in runs).strip()


def _joint(before: str, gap: int, after: str) -> str | None:
    if gap > 1 or not after:
        return None
    if after[0].islower():
        return " "
    if _SENTENCE_END.search(before) or _NEW_ITEM.match(after):
        return None
    return "\n"
