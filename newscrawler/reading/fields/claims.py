"""Which of several statements on one field counts, and which of the others contradict it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from newscrawler.items import Claim, Origin
from newscrawler.reading.fields.people import name_key, persons
from newscrawler.text import fold, same_words
from newscrawler.urls import urlkey

MOST_CONFLICTS = 10
"""More are not kept of one field."""
LONGEST_VALUE = 500
"""Letters of a contradicting value that are kept."""
_DATES = ("published", "modified")
_SENTENCE, _MORE = 40, 2
_CUT = ("...", "…")


def choose(claims: Sequence[Claim], distrusted: Iterable[str] = ()) -> tuple[Claim, Origin] | None:
    """The claim that counts, and where it comes from with the claims that contradict it; None if none can count.

    :param claims: of one field, the best first; one without a value is a statement that nobody could read. An address
        is never believed.
    :param distrusted: `source:field` of statements that are known to be wrong.
    """
    known = frozenset(distrusted)
    said = [claim for claim in claims if claim.value]
    trusted = [one for one in said if one.source != "address" and f"{one.source}:{one.field}" not in known]
    if not trusted:
        return None
    chosen = _finer(trusted)
    others = [claim for claim in said if claim is not chosen and not agree(chosen, claim)]
    return chosen, Origin(source=chosen.source, where=chosen.where, conflicts=_told(others))


def choose_group(claims: Sequence[Claim], distrusted: Iterable[str] = ()) -> tuple[tuple[Claim, ...], Origin] | None:
    """The same of a field with several values: all claims of the best place count; what other places name beside them
    contradicts."""
    known = frozenset(distrusted)
    said = [claim for claim in claims if claim.value]
    trusted = [claim for claim in said if f"{claim.source}:{claim.field}" not in known]
    if not trusted:
        return None
    first = trusted[0]
    place = (first.source, first.where)
    chosen = {fold(one.value): one for one in reversed(trusted) if (one.source, one.where) == place}
    others = {fold(one.value): one for one in reversed(said) if fold(one.value) not in chosen}
    conflicts = _told(list(others.values())[::-1])
    return tuple(chosen.values())[::-1], Origin(source=first.source, where=first.where, conflicts=conflicts)


def agree(one: Claim, other: Claim) -> bool:
    """Whether two claims on one field say the same: the same words, the same instant, a day and a minute of it, the
    same address under www and https, a path of sections and a part of it, a text and the beginning of it.

    The prose tells the day of the event, pictures are uploaded in the month before, and an address holds the day on
    which the item was begun: they contradict only what is further away.
    """
    if one.value == other.value:
        return True
    if one.field in _DATES:
        return _same_time(one.value, other.value) or _loosely(one, other)
    if one.field == "canonical_url":
        return urlkey(one.value) == urlkey(other.value)
    if one.field == "language":
        return one.value[:2].lower() == other.value[:2].lower()
    if one.field in _SETS:
        left, right = (_SETS[one.field](claim.value) for claim in (one, other))
        return left <= right or right <= left
    if same_words(one.value, other.value):
        return True
    short, whole = sorted((one.value, other.value), key=len)
    return _begins(short, whole) or _begins(whole, short) or _holds(whole, short)


def _finer(trusted: list[Claim]) -> Claim:
    """The first; of dates, one behind it that knows the time of the same day, microdata aside: where they are wrong,
    they are wrong by hours (facts: news §4)."""
    first = trusted[0]
    if first.field not in _DATES or first.precision == "minute":
        return first
    finer = (one for one in trusted if one.precision == "minute" and one.source != "microdata")
    return next((one for one in finer if one.value.startswith(first.value)), first)


def _same_time(one: str, other: str) -> bool:
    if "T" in one and "T" in other:
        try:
            apart = datetime.fromisoformat(one) - datetime.fromisoformat(other)
        except (ValueError, TypeError):
            return False
        return abs(apart.total_seconds()) < 60
    shorter, longer = sorted((one.partition("T")[0], other.partition("T")[0]), key=len)
    return longer.startswith(shorter)


def _loosely(one: Claim, other: Claim) -> bool:
    sources = {one.source, other.source}
    if "prose" in sources:
        return True
    if min(len(one.value), len(other.value)) < len("2018-07"):
        return one.value[:4] == other.value[:4]
    if min(len(one.value), len(other.value)) == len("2018-07"):
        months = [int(value[:4]) * 12 + int(value[5:7]) for value in (one.value, other.value)]
        return abs(months[0] - months[1]) <= 1
    if "address" not in sources:
        return False
    days = [date.fromisoformat(value[:10]).toordinal() for value in (one.value, other.value)]
    return abs(days[0] - days[1]) <= 1


def _names(line: str) -> frozenset[str]:
    return frozenset(map(name_key, persons(line))) or frozenset([fold(line)])


def _steps(path: str) -> frozenset[str]:
    return frozenset(fold(step).strip() for step in path.replace(",", ">").split(">"))


def _begins(short: str, whole: str) -> bool:
    """Whether a text is the beginning of another, cut off with dots."""
    return short.endswith(_CUT) and len(short) > 20 and fold(whole).startswith(fold(short).rstrip(".… "))


def _holds(whole: str, short: str) -> bool:
    """Whether a text is another with a paper's name before it, or with a site's behind it."""
    return len(short) > _SENTENCE and len(whole) <= _MORE * len(short) and fold(short) in fold(whole)


def _told(others: list[Claim]) -> tuple[Claim, ...]:
    """Contradictions, each value of one source once, and none endless."""
    kept: dict[tuple[str, str], Claim] = {}
    for claim in others:
        kept.setdefault((claim.source, claim.value), claim)
    return tuple(map(_short, list(kept.values())[:MOST_CONFLICTS]))


def _short(claim: Claim) -> Claim:
    if max(len(claim.value), len(claim.raw)) <= LONGEST_VALUE:
        return claim
    return Claim(
        field=claim.field,
        value=claim.value[:LONGEST_VALUE],
        source=claim.source,
        where=claim.where,
        raw=claim.raw[:LONGEST_VALUE],
        precision=claim.precision,
    )


_SETS = {"category": _steps, "byline": _names}
"""Fields that are compared part by part."""
