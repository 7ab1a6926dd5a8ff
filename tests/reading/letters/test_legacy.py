"""Letters from before Unicode: all of them go both ways, and they are converted where they are evident, nowhere else."""

from __future__ import annotations

import subprocess
import time
import unicodedata
from shutil import which

import justext
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.demo.generations import nested_document
from newscrawler.demo.sources import load_sources, sample_site_folder
from newscrawler.reading.encoding import letters_of
from newscrawler.reading.letters.legacy.code import LegacyCode
from newscrawler.reading.letters.legacy.fonts import font_named, names_legacy_font
from newscrawler.reading.letters.legacy.pieces import pieces
from newscrawler.reading.letters.legacy.tcvn import TCVN3, TCVN_5712_1
from newscrawler.reading.letters.legacy.viscii import VISCII
from newscrawler.reading.letters.legacy.vni import VNI
from newscrawler.reading.letters.legacy.vps import VPS
from newscrawler.reading.letters.mending import mend
from newscrawler.reading.letters.syllables import well_formed
from tests.conftest import times
from tests.reading.old_letters import CODES, FONTS, LETTERS, in_markup, written

TEXT = (
    "Sáng 26/7, Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Bình Mỹ tổ chức lễ ra quân; các bạn trẻ dọn kênh, trồng cây, sửa "
    "đường, thăm hỏi những gia đình khó khăn."
)
UNICODE = "Hoà Bình, Sáng 17/9, Xí nghi&#7879;p &#272;&#7897;i xe trao xe &#273;&#7841;p cho h&#7885;c sinh SINH VIÊN"
FOREIGN = [
    "Le conseil s'est réuni à l'hôtel de ville, où l'élève a reçu un prix mérité; déjà fêté, ça alors.",
    "Le thé, la clé, le pré, le blé, la fée; né à Sète, bébé est allé là-bas.",
    "né sé té",
    "Grüße aus München, schöne Wünsche für Ihr Büro. Überall Äpfel und Öl.",
    "für dich, schön grün über Köln",
    "Perché può così; più città, libertà, però lunedì andrò, sarà già lì, farò ciò che dirò.",
    "È già più là, però è così.",
    "São Paulo não é ação; coração, mãe, irmãos, avô, pé, só, lá, três.",
    "El niño comió piñas; mañana, señor, ¿qué tal, José María? Sí, tú y él, más allá.",
    "tú té sé mí él qué",
    "Blåbær på øya; første år, språk og gjør så.",
    "Þetta er íslenska; Guðmundur og Jóhann sögðu já við það.",
    "Copyright © 2003 · Café ® — 100 °C – “Hello” it’s 5 × 4 µm §12 ¶ ½",
    "Hello world",
    "naïve façade résumé — “quotes” …",
]
RUSSIAN = [
    "Вчера молодёжь города вышла на субботник; там были студенты, матери и дети.",
    "и в с у к о я",
    "Да, но я и он",
]


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_all_134_letters_go_both_ways(code: LegacyCode) -> None:
    letters = [letter for letter in LETTERS if letter in code.letters.values()]
    assert len(letters) == (134 if code is not TCVN3 else 74)
    for letter in letters:
        assert code.decode(written(letter, code)) == letter
    assert code.decode(written("".join(letters), code)) == "".join(letters)


def test_the_toned_capitals_of_tcvn3_are_small_letters_in_a_font_of_capitals() -> None:
    capitals = [letter for letter in LETTERS if letter.isupper() and letter not in TCVN3.letters.values()]
    assert len(capitals) == 60
    page = f'<p><font face=".VnTime">{written(TEXT, TCVN3)}</font></p>'
    for letter in capitals:
        assert mend(page + in_markup(letter, TCVN3)).html.endswith(f'<font face=".VnTimeH">{letter}</font>')


@pytest.mark.parametrize(("code", "name"), [(TCVN_5712_1, "TCVN"), (VISCII, "VISCII")])
def test_the_tables_are_those_of_glibc(code: LegacyCode, name: str) -> None:
    if (
        not which("iconv")
        or name.encode() not in subprocess.run(["iconv", "-l"], capture_output=True, check=True).stdout
    ):
        pytest.skip("iconv with the Vietnamese codes is not installed")
    for byte in range(1, 0x100):
        told = subprocess.run(
            ["iconv", "-f", name, "-t", "UTF-8"], input=bytes([byte]), capture_output=True, check=True
        )
        assert code.letters.get(chr(byte), chr(byte)) == told.stdout.decode()


def test_vni_words_are_read_as_they_stood_in_pages() -> None:
    assert VNI.decode("Ñoaøn Thanh nieân Coäng saûn, ÑAÏI HOÄI höôùng daãn, ñöôïc, VÓ ÑAÏI, kyû nieäm, Aù") == (
        "Đoàn Thanh niên Cộng sản, ĐẠI HỘI hướng dẫn, được, VĨ ĐẠI, kỷ niệm, Á"
    )


def test_each_letter_of_vps_has_one_byte() -> None:
    assert len(VPS.letters) == len(set(VPS.letters.values())) == 134
    assert set(VPS.letters.values()) == set(LETTERS)
    assert bytes(map(ord, written("Đoàn Việt ĐẠI HỘI", VPS))) == b"\xf1o\xe0n Vi\x8ct \xf1\x02I H\x12I"


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("label", [None, "windows-1252", "utf-8", "iso-8859-1", "x-user-defined", "viscii-none"])
def test_a_page_in_a_legacy_code_is_told_by_its_bytes(name: str, label: str | None) -> None:
    letters = letters_of(f"<p>{in_markup(TEXT, CODES[name])}</p>".encode("latin-1"), label)
    assert letters.text == f"<p>{TEXT}</p>"
    assert letters.notes == (f"the page is in {'TCVN3' if 'TCVN' in name else name}; its letters were converted",)


@pytest.mark.parametrize("name", FONTS)
def test_a_single_word_is_enough_where_its_font_is_named(name: str) -> None:
    page = f'<p><font face="{FONTS[name]}">{in_markup("Được", CODES[name])}</font></p>'
    assert "Được" in letters_of(page.encode("latin-1")).text
    assert "Được" in mend(page).html


@pytest.mark.parametrize("label", [None, "windows-1252", "utf-8"])
@pytest.mark.parametrize("text", FOREIGN)
def test_a_page_in_another_language_is_never_converted(text: str, label: str | None) -> None:
    for each in (text, " ".join([text] * 5), f"<title>{text}</title><p>{text}</p>", *text.split()):
        letters = letters_of(each.encode("cp1252"), label)
        assert letters.notes == ()
        if label == "windows-1252":
            assert letters.text == each


@pytest.mark.parametrize("text", RUSSIAN)
def test_a_russian_page_is_never_converted(text: str) -> None:
    for each in (text, *text.split()):
        assert letters_of(each.encode("cp1251"), "windows-1251").text == each


LANGUAGES = {
    "cp1252": "French German Spanish Portuguese Italian Dutch Danish Swedish Finnish Icelandic Catalan Galician Basque",
    "cp1250": "Polish Czech Slovak Hungarian Romanian Croatian Slovenian",
    "cp1254": "Turkish",
    "cp1251": "Russian Bulgarian Serbian Ukrainian Macedonian",
}
WORDS = {
    (charset, language): sorted(
        word for word in justext.get_stoplist(language) if word == word.encode(charset, "ignore").decode(charset)
    )
    for charset, languages in LANGUAGES.items()
    for language in languages.split()
    if language in justext.get_stoplists()
}


@pytest.mark.parametrize("seed", range(times(3, 60)))
def test_common_words_of_other_languages_are_never_converted(seed: int) -> None:
    for (charset, _language), words in WORDS.items():
        marked = [word for word in words if not word.isascii()] or words
        for count in (3, 6, 12, 60):
            chosen = [
                (marked if i % 3 == 0 else words)[(seed * 7919 + i * i * 31 + i * 17) % len(marked)]
                for i in range(count)
            ]
            text = " ".join(chosen)
            assert letters_of(text.encode(charset), charset).text == text


PARTS = {
    "in font": '<p><font face="{font}">{text}</font></p>',
    "in style": "<p><span style='font-family:\"{font}\",serif'>{text}</span></p>",
    "in the paragraph": '<p style="font-size:12pt; font-family: {font}">{text}</p>',
    "by a class": "<style>p.Old, .x {{ color: red; font-family: '{font}' }}</style><p class=\"Old a\">{text}</p>",
    "by the body": '<style>body {{ font-family: "{font}" }}</style><body><p>{text}</p></body>',
    "around paragraphs": '<font size="2" face="{font}, Arial"><p>{text}</p></font>',
    "escaped": "<textarea>&lt;p&gt;&lt;font face=&quot;{font}&quot;&gt;{text}&lt;/font&gt;&lt;/p&gt;</textarea>",
    "escaped twice": "<td>&amp;lt;p&amp;gt;&amp;lt;font face=&amp;quot;{font}&amp;quot;&amp;gt;{text}&amp;lt;/font&amp;gt;</td>",
}


def numbered(text: str, by: str = "&#{};") -> str:
    return "".join(letter if letter.isascii() else by.format(ord(letter)) for letter in text)


@pytest.mark.parametrize("way", PARTS)
@pytest.mark.parametrize("name", FONTS)
def test_a_part_in_a_legacy_font_is_converted(name: str, way: str) -> None:
    around = "<h1>Tin của huyện Đoàn, ngày mới ở đảo xa</h1>{}<p>Ảnh: Cửu Long</p>"
    page = around.format(PARTS[way])
    wanted = page.format(font=FONTS[name], text=TEXT)
    for old in (
        written(TEXT, CODES[name]),
        numbered(written(TEXT, CODES[name])),
        numbered(written(TEXT, CODES[name]), "&amp;#{}"),
    ):
        mended = mend(page.format(font=FONTS[name], text=old))
        assert mended.html == wanted
        assert mended.notes == (f"letters of the page were in the code {name}; they are converted",)
    assert mend(wanted).html == wanted


def test_a_part_in_another_font_within_stays() -> None:
    old = (
        f'<font face="VNI-Times">{written(TEXT, VNI)} <font face="Arial">Hoà</font> <font face="Symbol">·</font></font>'
    )
    assert (
        mend(old).html
        == f'<font face="VNI-Times">{TEXT} <font face="Arial">Hoà</font> <font face="Symbol">·</font></font>'
    )


def test_capitals_of_a_font_are_capitals_without_marks_too() -> None:
    old = f'<b><font face=".VnTimeH">tin mới &amp; thanh niên</font></b><p><font face=".VnTime">{written(TEXT, TCVN3)}</font>'
    assert "TIN MỚI &amp; THANH NIÊN" in mend(old.replace("mới", "míi").replace("niên", "niªn")).html


def test_the_title_of_a_page_goes_with_its_body() -> None:
    old = f'<title>{written("Đoàn xã ra quân", VNI)}</title><font face="VNI-Times">{written(TEXT, VNI)}</font>'
    assert mend(old).html.startswith("<title>Đoàn xã ra quân</title>")


@pytest.mark.parametrize("font", FONTS.values())
def test_unicode_in_a_page_that_names_a_legacy_font_stays(font: str) -> None:
    style = f"<style> <!-- p.MsoNormal {{mso-style-parent:''; font-family:{font}}} --> </style>"
    page = f"{style}<p class=MsoNormal>{UNICODE}</p><p class=MsoNormal>Hoà Bình</p><p class=MsoNormal>VIÊN</p>"
    assert mend(page).html == page
    assert mend(f'<font face="{font}">{FOREIGN[0]}</font>').html == f'<font face="{font}">{FOREIGN[0]}</font>'


@pytest.mark.parametrize("font", FONTS.values())
def test_no_body_of_the_sample_site_is_changed_by_a_font_in_its_style(font: str) -> None:
    for article in load_sources(sample_site_folder()).articles:
        page = f"<style>p, td, div, span {{font-family: {font}}}</style>{nested_document(article)}"
        assert mend(page).html == page


@pytest.mark.parametrize(
    ("name", "code", "capitals"),
    [
        (".VnTime", "TCVN3", False),
        (".VnArialH", "TCVN3", True),
        (".VNTIMEH", "TCVN3", True),
        ("VNI-Helve-Condense", "VNI", False),
        ("VPS Times", "VPS", False),
        ("VI Arial", "VISCII", False),
        ("bold 12pt .VnTime", "TCVN3", False),
    ],
)
def test_fonts_are_known_by_name(name: str, code: str, capitals: bool) -> None:
    font = font_named(name)
    assert font.code is not None
    assert (font.code.name, font.capitals) == (code, capitals)


@pytest.mark.parametrize(
    "source", ["http://tinh.vn/a", "VPS giá rẻ", "sinh viên (VNI-Times)", ".VnExpress", "mini-max"]
)
def test_words_that_look_like_fonts_are_none(source: str) -> None:
    assert not names_legacy_font(f"<p>{source}</p>")


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", '<font face="VNI-Times">', "</font>", "&lt;b", "&gt;", "<", ">", "&", "Ñoaøn", "{}", ";"]
        )
    )
)
def test_the_pieces_of_a_source_are_the_source(parts: list[str]) -> None:
    source = "".join(parts)
    assert "".join(piece.source for piece in pieces(source)) == source
    assert mend(mend(source).html).html == mend(source).html


@pytest.mark.parametrize(
    "source",
    [
        '<font face="VNI-Times">' * 20_000,
        "<i></b>" * 40_000,
        "&lt;b" * 100_000,
        "<p" * 200_000,
        "a{" * 200_000,
        "&amp;" * 100_000,
    ],
)
def test_no_source_makes_the_search_for_parts_slow(source: str) -> None:
    started = time.process_time()
    mend('<font face="VNI-Times">Ñoaøn</font>' + source)
    assert time.process_time() - started < 4


def test_syllables_are_told_by_their_spelling() -> None:
    right = "Đoàn thanh niên nghiêng quốc khuỷu thuở gìn giữ giếng hoà hòa quý ngoằn ngoèo uỷ yêu Ở xoong"
    wrong = "città élève München ngiêng kà càt Đòàn oµn qúôc ghà thưở́"
    assert [word for word in right.split() if not well_formed(word)] == []
    assert [word for word in unicodedata.normalize("NFC", wrong).split() if well_formed(word)] == []
