"""YAML that any YAML parser reads alike: each value as JSON, which YAML takes as it is, without the signs it does not
take."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# What YAML 1.1 forbids, takes for a line break or drops: as JSON escapes all of them are plain text.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def front_matter(values: Mapping[str, Any]) -> str:
    """The block at the beginning of a Markdown file; names are ours, values may be anybody's.

    >>> print(front_matter({"id": 1, "title": "--- a: 'b'", "tags": ["x"]}), end="")
    ---
    id: 1
    title: "--- a: 'b'"
    tags: ["x"]
    ---
    """
    lines = (
        f"{name}: {_NOT_IN_YAML.sub(_escaped, json.dumps(value, ensure_ascii=False))}\n"
        for name, value in values.items()
    )
    return f"---\n{''.join(lines)}---\n"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
