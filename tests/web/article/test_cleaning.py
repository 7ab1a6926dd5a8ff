"""Nothing of a stored body can act, or ask anybody for anything, whatever the database holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from newscrawler.web.addresses import Addresses
from newscrawler.web.articles.cleaning import Prose, addresses_in, too_costly
from newscrawler.web.asked import Asked
from newscrawler.web.speech import Speech
from tests.conftest import times
from tests.web.article.conftest import answer, make
from tests.web.conftest import asking

KNOWN = "http://a.vn/anh.png"
HOSTILE = (
    "<script>alert(1)</script>",
    '<img src="http://evil.vn/x.png" srcset="http://evil.vn/y.png 2x" onerror="alert(1)">',
    '<img src="//evil.vn/x">',
    '<img src="/picture/7">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)" onclick="alert(1)">x</a>',
    '<a href="/-/logout">x</a><a href="data:text/html,x">x</a>',
    '<svg onload="alert(1)"><image href="http://evil.vn/"/></svg>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<style>@import 'http://evil.vn/x.css'; body{background:url(http://evil.vn/)}</style>",
    '<p style="background:url(http://evil.vn/)" class="notice" id="content">x</p>',
    '<form action="http://evil.vn/"><input name="q"><button>x</button></form>',
    '<base href="http://evil.vn/">',
    '<meta http-equiv="refresh" content="0;url=http://evil.vn/">',
    '<link rel="stylesheet" href="http://evil.vn/x.css">',
    '<iframe src="http://evil.vn/"></iframe><object data="http://evil.vn/"></object><embed src="http://evil.vn/">',
    '<video src="http://evil.vn/" poster="http://evil.vn/"></video>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "</div></article></main><h1>Giả</h1>",
    "<!--><img src=x onerror=alert(1)>-->",
    f'<img src="{KNOWN}" onload="alert(1)" alt="&quot;><script>alert(1)</script>">',
)
TAGS = {"p", "br", "strong", "b", "em", "i", "a", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "figure"}
TAGS |= {"figcaption", "img", "table", "caption", "tbody", "tr", "th", "td", "div", "span", "code"}
ATTRIBUTES = {"href", "rel", "class", "src", "alt", "loading", "cite", "start", "colspan", "rowspan"}
ATTRIBUTES |= {"tabindex", "role", "aria-label"}


def shown(html: str) -> str:
    prose = Prose(html=html, text="Chữ", pictures={KNOWN: 7}, articles={"http://a.vn/1": 1})
    return str(prose.shown(Addresses(Asked(folder=Path())), Speech("vi")))


def assert_harmless(html: str) -> None:
    tree = lxml_html.fragment_fromstring(f"<x>{html}</x>")
    for element in list(tree.iter())[1:]:
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get("src", "/picture/7") == "/picture/7"
        href = element.get("href", "")
        assert href in ("", "/article/1") or href.startswith(("http://", "https://", "mailto:"))
        assert element.get("class", "held") in ("held", "scroll", "missing")


@pytest.mark.parametrize("body", HOSTILE)
def test_a_hostile_body_becomes_harmless(body: str) -> None:
    assert_harmless(shown(f"<p>Trước</p>{body}<p>Sau</p>"))


def test_hostile_bodies_stay_harmless_on_the_page(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(b"<p>x")], body_html="".join(HOSTILE))
    text = asking(made.data)("/article/1").text
    page = lxml_html.fromstring(text)
    assert [element.get("src") for element in page.xpath("//*[@src]")] == []
    assert page.xpath("//link[@rel='stylesheet']/@href")[0].startswith("/assets/")
    assert not page.xpath("//*[@srcset or @onerror or @onload or @onclick or @style]")
    assert not page.xpath("//script | //svg | //style | //iframe | //base | //meta[@http-equiv] | //object | //embed")
    assert page.xpath("//form/@action") == ["/search"]


@given(
    st.lists(
        st.sampled_from(
            [
                *HOSTILE,
                "<p>",
                "</p>",
                "<table>",
                "</table>",
                "<a href='",
                "'>",
                '"',
                "<",
                ">",
                "<!--",
                "-->",
                "<h4>",
                "</h2>",
            ]
        )
        | st.text(max_size=5),
        max_size=30,
    )
)
@settings(max_examples=times(80, 5000), deadline=None)
def test_no_mixture_of_tags_and_text_gets_through(parts: list[str]) -> None:
    assert_harmless(shown("".join(parts)))


def test_known_pictures_and_articles_become_ours_and_other_links_lead_outside() -> None:
    told = shown(f'<p><a href="http://a.vn/1">một</a> <a href="https://b.vn/">hai</a></p><img src="{KNOWN}" alt="ảnh">')
    assert '<a class="held" href="/article/1" rel="noopener noreferrer nofollow">một</a>' in told
    assert '<a href="https://b.vn/" rel="noopener noreferrer nofollow">hai</a>' in told
    assert '<img src="/picture/7" alt="ảnh" loading="lazy">' in told


def test_headings_leave_out_no_level_and_tables_can_be_moved_sideways() -> None:
    told = shown("<h4>Một</h4><h4>Hai</h4><h2>Ba</h2><table><tr><td>x</td></tr></table>")
    assert "<h2>Một</h2><h3>Hai</h3><h2>Ba</h2>" in told
    assert '<div class="scroll" tabindex="0" role="region"' in told


@pytest.mark.parametrize("body", ["<div>" * 5_000, "<p " + "a=1 " * 10_000 + ">", "<br>" * 100_000])
def test_a_body_that_would_cost_seconds_to_clean_is_shown_as_text(body: str) -> None:
    assert too_costly(body)
    assert shown(body) == "<p>Chữ</p>"
    assert addresses_in(body) == ([], [])


def test_ends_of_what_was_never_begun_do_not_hide_how_deep_a_body_is() -> None:
    assert too_costly("</x>" * 400 + "<div>" * 400)
    assert too_costly("<blockquote></x>" * 400)
    assert not too_costly("<p>a</p></div>" * 5000)


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a href='", "<![CDATA[", "<?", "</", "<!", "&", "<textarea>"])
def test_tags_that_do_not_end_cost_time_that_grows_with_them_alone(piece: str) -> None:
    assert_harmless(shown(piece * 50_000))
