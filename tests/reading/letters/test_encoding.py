"""Which bytes are which letters: the bytes decide, and a label has a say only where they leave a doubt."""

from __future__ import annotations

import codecs
import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newscrawler.reading.encoding import decode

TITLE = "Đoàn xã ra quân"
TEXT = (
    "Sáng 26/7, Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Bình Mỹ tổ chức lễ ra quân chiến dịch Mùa hè xanh; "
    "các bạn trẻ dọn kênh, trồng cây, sửa đường, thăm hỏi những gia đình khó khăn. ĐẠI HỘI, ÁO XANH, Ý CHÍ, TUỔI TRẺ."
)
FRENCH = (
    "Le conseil s'est réuni à l'hôtel de ville, où l'élève a reçu un prix mérité; déjà fêté, ça alors. « Très bien »."
)
ITALIAN = (
    "Perché può così; più città, libertà, però lunedì andrò, sarà già lì, farò ciò che dirò, cioè metà, cosicché saprò."
)
RUSSIAN = "Вчера молодёжь города вышла на субботник; там были студенты, матери, ветераны и местные дети."
LABELS = (None, "utf-8", "windows-1252", "windows-1258", "iso-8859-1", "ascii", "utf8mb4", "hex", "", "x-user-defined")


def page(text: str, meta: str = "") -> str:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    return f"<html><head>{head}<title>{text[:15]}</title></head><body><p>{text}</p></body></html>"


def cp1258(text: str) -> bytes:
    """Windows-1258 as its own editors wrote it: letter, then tone, where there is no letter with both."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            *base, tone = unicodedata.normalize("NFD", letter)
            if tone in "\u0302\u0306":  # the dot below comes before the circumflex in NFD
                base, tone = [base[0], tone], base[1]
            pieces.append((unicodedata.normalize("NFC", "".join(base)) + tone).encode("cp1258"))
    return b"".join(pieces)


def damaged(text: str) -> tuple[bytes, str]:
    data = text.encode()
    return data.replace(b"tr\xe1\xbb\x93ng", b"tr\xe1\xbb\xffng"), text.replace("trồng", "tr\ufffd\ufffdng")


# What stands in the page, the charset of its Content-Type header, what is to be read.
VARIANTS: dict[str, tuple[bytes, str | None, str]] = {
    "UTF-8, no label": (page(TEXT).encode(), None, page(TEXT)),
    "UTF-8, windows-1252 in header": (page(TEXT).encode(), "windows-1252", page(TEXT)),
    "UTF-8, windows-1252 in meta": (page(TEXT, "windows-1252").encode(), None, page(TEXT, "windows-1252")),
    "UTF-8, iso-8859-1 in both": (page(TEXT, "iso-8859-1").encode(), "iso-8859-1", page(TEXT, "iso-8859-1")),
    "UTF-8, windows-1258 in header": (page(TEXT).encode(), "windows-1258", page(TEXT)),
    "UTF-8, UTF-16 in meta": (page(TEXT, "utf-16").encode(), None, page(TEXT, "utf-16")),
    "UTF-8, named references": (
        b"<p>&Aacute;o xanh \xc4\x90o&agrave;n</p>",
        "windows-1252",
        "<p>&Aacute;o xanh Đo&agrave;n</p>",
    ),
    "UTF-8, NFD": (unicodedata.normalize("NFD", TEXT).encode(), None, unicodedata.normalize("NFD", TEXT)),
    "UTF-8, title only": (TITLE.encode(), "windows-1252", TITLE),
    "UTF-8 with BOM": (codecs.BOM_UTF8 + page(TEXT).encode(), "windows-1252", page(TEXT)),
    "UTF-8 with BOM, cut": (codecs.BOM_UTF8 + TITLE.encode() + b"\xe1\xbb", None, TITLE + "\ufffd"),
    "UTF-8, a bad byte": (damaged(page(TEXT))[0], None, damaged(page(TEXT))[1]),
    "UTF-8, a bad byte, windows-1252": (damaged(page(TEXT))[0], "windows-1252", damaged(page(TEXT))[1]),
    "UTF-8, a bad byte in a title": (TITLE.encode() + b" \xff", "windows-1252", TITLE + " \ufffd"),
    "UTF-8, cut in a letter": (page(TEXT).encode()[:-20], None, page(TEXT)[:-20] + "\ufffd"),
    "UTF-8, a title cut in a letter": (TITLE.encode() + b" \xc4", "windows-1252", TITLE + " \ufffd"),
    "UTF-16 LE with BOM": (codecs.BOM_UTF16_LE + page(TEXT).encode("utf-16-le"), None, page(TEXT)),
    "UTF-16 BE with BOM": (codecs.BOM_UTF16_BE + page(TEXT).encode("utf-16-be"), "utf-8", page(TEXT)),
    "UTF-16 LE, no BOM": (page(TEXT).encode("utf-16-le"), None, page(TEXT)),
    "UTF-16 BE, no BOM": (page(TEXT).encode("utf-16-be"), "windows-1252", page(TEXT)),
    "UTF-16 LE, cut": (page(TEXT).encode("utf-16-le")[:-1], None, page(TEXT)[:-1] + "\ufffd"),
    "windows-1258, no label": (cp1258(page(TEXT)), None, page(TEXT)),
    "windows-1258, its label in header": (cp1258(page(TEXT)), "windows-1258", page(TEXT)),
    "windows-1258, its label in meta": (cp1258(page(TEXT, "windows-1258")), None, page(TEXT, "windows-1258")),
    "windows-1258, labelled windows-1252": (cp1258(page(TEXT)), "windows-1252", page(TEXT)),
    "windows-1258, labelled utf-8": (cp1258(page(TEXT, "utf-8")), "utf-8", page(TEXT, "utf-8")),
    "windows-1258, a title, no label": (cp1258(TITLE), None, TITLE),
    "windows-1258, a title, its label": (cp1258("Trồng"), "windows-1258", "Trồng"),
    "windows-1252 by its label": (page(FRENCH).encode("cp1252"), "windows-1252", page(FRENCH)),
    "windows-1252 by meta": (page(FRENCH, "windows-1252").encode("cp1252"), None, page(FRENCH, "windows-1252")),
    "Italian windows-1252": (page(ITALIAN).encode("cp1252"), "windows-1252", page(ITALIAN)),
    "Russian windows-1251": (page(RUSSIAN).encode("cp1251"), "windows-1251", page(RUSSIAN)),
    "header before meta": (page(RUSSIAN, "iso-8859-1").encode("cp1251"), "windows-1251", page(RUSSIAN, "iso-8859-1")),
    "an unknown label before a known one": (
        page(RUSSIAN, "cp1251").encode("cp1251"),
        "utf8mb4",
        page(RUSSIAN, "cp1251"),
    ),
    "ASCII with references": (b"<p>&#272;o&agrave;n &#x1EAF;</p>", "utf-16", "<p>&#272;o&agrave;n &#x1EAF;</p>"),
    "nothing": (b"", "utf-8", ""),
}
ODD_LABELS = [
    *"utf8mb4 hex base64 rot13 zlib bz2 quopri uu undefined idna punycode unicode_escape raw_unicode_escape mbcs oem".split(),
    *("", " ", "\x00", "utf-8\x00", "\ud800", "đ", "../utf-8", "x" * 100_000, "none", "8", "utf-7", "utf-8-sig"),
]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_is_read_as_it_was_meant(variant: str) -> None:
    body, declared, text = VARIANTS[variant]
    assert decode(body, declared) == text


@pytest.mark.parametrize("label", ODD_LABELS)
def test_a_label_that_names_no_charset_of_pages_counts_as_none(label: str) -> None:
    assert decode(page(TEXT).encode(), label) == page(TEXT)
    assert decode(cp1258(page(TEXT)), label) == page(TEXT)


@pytest.mark.parametrize("label", ["punycode", "idna", "unicode_escape"])
def test_no_label_makes_reading_slow(label: str) -> None:
    started = time.process_time()
    decode(b"a-" + b"\xffbcd9" * 100_000, label)
    assert time.process_time() - started < 2


def meta(label: str) -> bytes:
    return b'<meta charset="' + label.encode("utf-8", "ignore") + b'">'


@given(st.binary(max_size=2000), st.sampled_from([*LABELS, *ODD_LABELS]) | st.text(max_size=20), st.booleans())
def test_no_bytes_and_no_label_raise(body: bytes, label: str | None, within: bool) -> None:
    text = decode(meta(label) + body if within and label else body, label)
    assert isinstance(text, str)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")),
    st.sampled_from([*LABELS, *ODD_LABELS]),
)
def test_valid_utf_8_is_itself_under_any_label(text: str, label: str | None) -> None:
    assume(text)
    assert decode(text.encode(), label) == text
    assert decode(text.encode() + meta(label or ""), None) == text + meta(label or "").decode()
