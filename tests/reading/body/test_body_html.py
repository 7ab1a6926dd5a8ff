"""The stored HTML of a body holds nothing that runs, whatever the page held."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler import read
from newscrawler.reading.body.safe_html import sanitize

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<iframe src='javascript:alert(1)'></iframe>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>x</mi></math>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<p style='background:url(javascript:alert(1))' onclick=alert(1)>x</p>",
    "<noscript><!-- </noscript><img src=x onerror=alert(1)> --></noscript>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<base href='javascript:alert(1)//'>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href='http://a.vn/\"onmouseover=alert(1) x=\"'>x</a>",
    "<img src='http://a.vn/x.jpg' alt='\" onerror=alert(1) x=\"'>",
]
RUNS = re.compile(
    r"<(?:script|svg|math|iframe|form|object|embed|style|base|noscript)|\son\w+\s*=|(?:href|src)=\"?\s*(?:javascript|data)",
    re.I,
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_runs_is_left(payload: str) -> None:
    body = f"<html><body><p>Các bạn trẻ ra quân dọn kênh.</p><div>{payload}</div><p>Buổi chiều trồng cây.</p></body></html>"
    article = read(
        f"<title>Ra quân</title><textarea>{body}</textarea>",
        "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/5",
    )
    names_only = re.sub(
        r'="[^"]*"',
        lambda match: match.group() if re.match(r'="\s*(?:javascript|data)', match.group(), re.I) else "=",
        article.body_html,
    )
    assert not RUNS.search("".join(re.findall(r"<[^>]*>", names_only)))
    assert article.body_text.startswith("Các bạn trẻ ra quân dọn kênh.")
    assert article.body_text.endswith("Buổi chiều trồng cây.")


@given(st.text(alphabet="<>/\"'= apscriptonerrjv:&;#x\n", max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = sanitize(text)
    assert sanitize(once) == once
