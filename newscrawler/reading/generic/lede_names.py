"""What pages call their ledes."""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = re.compile(
    r"(?:^|[\s_-])(?<!with-)(?:sapo|lead|lede|summary|tom-?tat|hometext|description|excerpt|intro|abstract|short-?desc"
    r"|standfirst|sub-?headline|dek|deck)(?=$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
PARTS = ("apo", "ead", "ede", "ummary", "tat", "Tat", "ometext", "omeText", "esc", "xcerpt", "ntro", "bstract")
MORE_PARTS = ("tandfirst", "tandFirst", "dek", "Dek", "deck", "Deck")
"""Parts of names, one of which each of them has, for a quick look before the true one."""


@lru_cache(maxsize=4096)
def names_lede(classes: str) -> bool:
    """Whether a class or id calls an element the lede.

    >>> names_lede("article__sapo cms-desc"), names_lede("leadText"), names_lede("leader"), names_lede("with-summary")
    (True, True, False, False)
    """
    return _NAME.search(_CAMEL.sub("-", classes)) is not None
