"""How much a reading of some text looks like Vietnamese: counted in words that only this reading makes well-formed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawler.reading.letters.syllables import well_formed

FEW, MANY = 3, 12
"""So many words must be well-formed at least, and so many are enough, whatever the words without marks look like."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
_WORDS_OF_ONE_LETTER = frozenset("àáạởýừồổủÀÁỞÝỪỒỔỦ")
_COMMON = frozenset(
    """
    và của các được là có không người những một với đã về để đến năm việc phải nhiều như đó sẽ thì cũng lại từ sự
    tại nước hội đoàn niên đại trường tổ chức hoạt động xã quận huyện thành phố chính tỉnh bộ thể nhân dân công tác
    phát triển giáo dục học bạn trẻ chương trình đồng chí ngày tháng giờ lần thứ bốn sáu bảy tám mười đầu cuối trước
    giữa nhất mới đảng ủy bí thư đội viên tình nguyện hè đất đường nhà gia đình khó khăn lễ phụ nữ cán khoá mạnh
    việt hồ cộng sản độc lập
    """.split()
)
"""Words of which a page of news holds several; they tell two codes apart that make the same few words well-formed."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for one reading of a text and against it; each word counts once."""

    good: int = 0
    """Well-formed syllables that other readings do not have."""
    bad: int = 0
    """Words with marks that are none."""
    common: int = 0
    """Of those, the words that any page of news holds, and words of one letter."""
    plain: float = 1.0
    """Share of the words without marks that could be Vietnamese."""

    @property
    def rank(self) -> tuple[int, int]:
        return self.good - 2 * self.bad, self.common

    def suffices(self, named: bool) -> bool:
        """Whether the reading is believed; where the page names the code or a font of it, one word is enough."""
        if named:
            return self.good > self.bad
        enough = self.good >= MANY or (self.good >= FEW and self.common >= max(2, self.good / 4) and self.plain >= 0.5)
        return enough and self.good >= 4 * self.bad


def words_of(text: str) -> set[str]:
    """The words of two and more letters, in small letters."""
    return {word.lower() for word in _WORD.findall(text)}


def weigh(reading: str, otherwise: frozenset[str] | set[str]) -> Evidence:
    """The evidence for a reading.

    :param otherwise: words that the text has if its code is a Western one; they are no evidence.
    """
    words = words_of(reading)
    plain = [word for word in words if word.isascii()]
    marked = {word for word in words if not word.isascii()}
    formed = {word for word in marked if well_formed(word)}
    new = formed - otherwise
    likely = sum(well_formed(word) for word in plain) / len(plain) if plain else 1.0
    alone = set(_ALONE.findall(reading)) & _WORDS_OF_ONE_LETTER
    common = len(new & _COMMON) + len(alone - otherwise)
    return Evidence(good=len(new), bad=len(marked) - len(formed), common=common, plain=likely)


def balance(text: str) -> int:
    """Well-formed less malformed words among those with marks; each occurrence counts."""
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(1 if well_formed(word) else -1 for word in marked)
