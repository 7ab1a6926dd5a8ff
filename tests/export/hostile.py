"""Words that break files: line ends of every kind, quotes, formulas, controls, directions, markup of all formats."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1b[2J", "\x7f", "\x9b2J", "\ufeff", "\ufffe",
    '"', '""', "'", ",", ";", "\t", "\\", "\\n", "=1+1", "@SUM(A1)", "＝1", "-2", "#", "---", "---\n", "...\n", ": ", "- ",
    "[x](javascript:alert(1))", "![", "](", "`", "```", "<script>alert(1)</script>", "<!--", "]]>", "&amp;", "&#0;", "%s",
    "{", "}", "null", "NaN", "NULL", "NA", "true", "~", "2018-05-16", "1e5", "../../etc/passwd", "C:\\con", "/",
    "\u202eabc\u202c", "\u200b", "\u0301", "🇻🇳", "👩‍👩‍👧", "𝕏", "Đoàn", "hoà", "\ue000", "\U0010ffff",
)  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Any text that a database holds: no NUL, no lone surrogates."""
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.lists(st.sampled_from(PIECES) | st.text(letters, max_size=8), max_size=6).map("".join)
