"""Pictures are sent by what they are, not by what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.article.conftest import answer, make, png
from tests.web.conftest import asking

PICTURES = {
    "image/png": png(),
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/gif": b"GIF89a\x01\x00\x01\x00",
    "image/webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "image/avif": b"\x00\x00\x00\x20ftypavif\x00\x00",
    "image/bmp": b"BM\x10\x00\x00\x00\x00\x00\x00\x00",
}
NONE = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<script>alert(1)</script>",
    "empty": b"",
    "tiff": b"II*\x00",
    "almost": b"\x89PNG",
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_sent_under_its_own_name_whatever_its_server_called_it(tmp_path: Path, kind: str) -> None:
    made = make(tmp_path, [answer(PICTURES[kind], mime="text/html")])
    sent = asking(made.data)(f"/picture/{made.captures[0].id}")
    assert (sent.status_code, sent.headers["content-type"], sent.content) == (200, kind, PICTURES[kind])
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert "max-age=604800" in sent.headers["cache-control"]
    assert "sandbox" in sent.headers["content-security-policy"]


@pytest.mark.parametrize("what", NONE)
def test_what_is_no_picture_in_dots_is_not_sent_as_one(tmp_path: Path, what: str) -> None:
    made = make(tmp_path, [answer(NONE[what], mime="image/svg+xml")])
    assert asking(made.data)(f"/picture/{made.captures[0].id}").status_code == 404


def test_a_repeated_picture_comes_out_of_its_original(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(png(), mime="image/png"), (answer(png(), mime="image/png", second=3), 0)])
    assert made.captures[1].record_type == "revisit"
    assert asking(made.data)(f"/picture/{made.captures[1].id}").content == png()
