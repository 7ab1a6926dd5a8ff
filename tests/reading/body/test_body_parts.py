"""What a body keeps beside its paragraphs: tables, lists, quotations, pictures, players, files, posts; whom captions credit."""

from __future__ import annotations

import pytest

from newscrawler.reading.body.figures import MAX_CAPTIONS, credit_of, take_captions
from newscrawler.reading.body.fragment import read_body
from newscrawler.reading.body.parts import Body, Embed, Image, Post
from newscrawler.reading.body.safe_html import render
from newscrawler.reading.body.tables import MAX_SPAN


def body(html: str) -> Body:
    return take_captions(read_body(html))


def shown(html: str) -> str:
    return render(body(html), lambda address: f"http://a.vn/{address}" if "//" not in address else address)


HTML = {
    "header cells and spans": (
        "<table><caption>Bảng</caption><thead><tr><td>Đội</td><th colspan='2'>Điểm</th></tr></thead><tr><td><b>A</b></td><td rowspan=3>1</td></tr></table>",
        '<table><caption>Bảng</caption><tbody><tr><th>Đội</th><th colspan="2">Điểm</th></tr><tr><td><strong>A</strong></td><td rowspan="3">1</td></tr></tbody></table>',
    ),
    "a word cut over spans in a cell": (
        "<table><tr><td><b>Q</b>uận</td><td>1</td></tr><tr><td><p>Hai</p><p>dòng</p></td><td>2</td></tr></table>",
        "<table><tbody><tr><td><strong>Q</strong>uận</td><td>1</td></tr><tr><td>Hai dòng</td><td>2</td></tr></tbody></table>",
    ),
    "text astray in a table": (
        "<table>Nguồn<tr>lẻ<td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "<table><caption>Nguồn</caption><tbody><tr><td>lẻ</td><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
    ),
    "lists in lists": (
        "<ol><li>một<ul><li>trong</li></ul></li><li>hai</li></ol>",
        "<ol><li>một<ul><li>trong</li></ul></li><li>hai</li></ol>",
    ),
    "a list straight in a list": ("<ul><ul><li>x</li></ul></ul>", "<ul><li>x</li></ul>"),
    "two paragraphs in an item": ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "<ul><li>a<br>b</li><li>c</li></ul>"),
    "numbers that go on behind a picture": (
        "<ol start=4><li>bốn</li><li>năm<img src=x.jpg></li><li>sáu</li></ol>",
        '<ol start="4"><li>bốn</li><li>năm</li></ol>\n<figure><img src="http://a.vn/x.jpg" alt=""></figure>\n<ol start="6"><li>sáu</li></ol>',
    ),
    "a quotation with its source": (
        "<blockquote cite='http://b.vn/1'><p>Lời</p><ul><li>ý</li></ul><footer>Bà Ba</footer></blockquote><blockquote>Khác</blockquote>",
        '<blockquote cite="http://b.vn/1"><p>Lời</p>\n<ul><li>ý</li></ul>\n<p>Bà Ba</p></blockquote>\n<blockquote><p>Khác</p></blockquote>',
    ),
    "an embedded post": (
        "<blockquote class='twitter-tweet'><p>Chúc mừng</p>&mdash; Đoàn <a href='http://x.com/1'>5/3</a></blockquote><script>x</script>",
        '<blockquote><p>Chúc mừng</p>\n<p>— Đoàn <a href="http://x.com/1" rel="noopener">5/3</a></p></blockquote>',
    ),
    "a post of a plug-in": (
        "<iframe src='https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fp%2F1&width=500'></iframe>",
        '<p><a href="https://www.facebook.com/p/1" rel="noopener">https://www.facebook.com/p/1</a></p>',
    ),
    "a figure of two pictures": (
        "<figure><img src=1.jpg><img src=2.jpg><figcaption>Hai <b>ảnh</b></figcaption></figure>",
        '<figure><img src="http://a.vn/1.jpg" alt=""><img src="http://a.vn/2.jpg" alt=""><figcaption>Hai ảnh</figcaption></figure>',
    ),
    "a caption above its picture": (
        "<figure><figcaption>Trên</figcaption><img src=1.jpg></figure><p>Lời</p>",
        '<figure><img src="http://a.vn/1.jpg" alt=""><figcaption>Trên</figcaption></figure>\n<p>Lời</p>',
    ),
    "a player with a caption": (
        "<figure><iframe src='https://www.youtube.com/embed/a'></iframe><figcaption>Phim</figcaption></figure>",
        '<figure><a href="https://www.youtube.com/embed/a" rel="noopener">https://www.youtube.com/embed/a</a><figcaption>Phim</figcaption></figure>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HTML)
def test_a_part_is_kept_in_the_html(name: str) -> None:
    html, expected = HTML[name]
    assert shown(html) == expected


EMBEDS = [
    ("<iframe data-src='//www.youtube.com/embed/abc'></iframe>", "video", "//www.youtube.com/embed/abc"),
    ("<iframe src='about:blank' data-lazy-src='https://player.vimeo.com/video/1'></iframe>", "video", "https://player.vimeo.com/video/1"),
    ("<iframe src='https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Ffb.com%2Fv%2F1'></iframe>", "video", "https://fb.com/v/1"),
    ("<iframe src='https://docs.google.com/gview?embedded=true&url=http%3A%2F%2Fb.vn%2Fkh.doc'></iframe>", "document", "http://b.vn/kh.doc"),
    ("<iframe src='https://view.officeapps.live.com/op/embed.aspx?src=http%3A%2F%2Fb.vn%2Fa.xlsx'></iframe>", "document", "http://b.vn/a.xlsx"),
    ("<iframe src='/pdfjs/web/viewer.html?file=/tep/kh.pdf'></iframe>", "document", "/tep/kh.pdf"),
    ("<iframe src='https://drive.google.com/file/d/1/preview'></iframe>", "document", "https://drive.google.com/file/d/1/preview"),
    ("<embed src='/tep/a.pdf'>", "document", "/tep/a.pdf"),
    ("<object data='/tep/a.pdf'><embed src='/tep/a.pdf'></object>", "document", "/tep/a.pdf"),
    ("<object><param name='movie' value='/phim/a.swf'></object>", "video", "/phim/a.swf"),
    ("<video><source data-src='/phim/a.mp4'></video>", "video", "/phim/a.mp4"),
    ("<audio src='/tieng/a.mp3'></audio>", "audio", "/tieng/a.mp3"),
    ("<div data-vid='hls.b.vn/2026/a.mp4'><video src='https://hls.b.vn/2026/a.mp4'></video></div>", "video", "https://hls.b.vn/2026/a.mp4"),
    ("<lite-youtube videoid='abcdefghijk'></lite-youtube>", "video", "https://www.youtube.com/watch?v=abcdefghijk"),
    ("<div class='fb-video' data-href='https://fb.com/v/1'></div>", "video", "https://fb.com/v/1"),
    ("<p><a href='/tep/bai-hat.mp3'>Nghe</a></p>", "audio", "/tep/bai-hat.mp3"),
    ("<p><a href='https://docs.google.com/viewer?url=http%3A%2F%2Fb.vn%2Fa.pdf'>Xem</a></p>", "document", "http://b.vn/a.pdf"),
    ("<table><tr><td>1</td><td><a href='/tep/a.zip'>Tải</a></td></tr><tr><td>2</td><td>-</td></tr></table>", "document", "/tep/a.zip"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "kind", "source"), EMBEDS)
def test_a_player_or_a_file_is_found_wherever_it_keeps_its_address(html: str, kind: str, source: str) -> None:
    assert [(part.kind, part.src) for part in body(html).parts if isinstance(part, Embed)] == [(kind, source)]


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src='https://www.facebook.com/plugins/like.php?href=x'></iframe>",
        "<iframe src='https://googleads.g.doubleclick.net/pagead/ads?client=1'></iframe>",
        "<iframe src='about:blank'></iframe>",
        "<iframe></iframe><video>Trình duyệt cũ</video>",
    ],
)
def test_a_button_an_advertisement_and_an_empty_frame_are_nothing(html: str) -> None:
    assert body(html).parts == []


def test_a_map_is_a_link_and_no_video() -> None:
    (part,) = body("<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>").parts
    assert isinstance(part, Post)


@pytest.mark.parametrize(
    ("html", "sources"),
    [
        ("<img src='data:image/gif;base64,R0' data-lazy='a.jpg'>", ["a.jpg"]),
        ("<img srcset='nho.jpg 300w, to.jpg 1200w'>", ["to.jpg"]),
        ("<p><img src='data:x'><noscript><img src='a.jpg'></noscript></p>", ["a.jpg"]),
        ("<p><img data-src='a.jpg'><noscript><img src='a.jpg?w=1'></noscript></p>", ["a.jpg"]),
        ("<noscript><img src='http://dem.vn/x' width='1' height='1'></noscript>", []),
    ],
)
def test_a_picture_is_found_where_a_lazy_loader_keeps_it(html: str, sources: list[str]) -> None:
    assert [part.src for part in body(html).parts if isinstance(part, Image)] == sources


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Các bạn trẻ dọn kênh - Ảnh: DUYÊN PHAN", "DUYÊN PHAN"),
        ("Dọn kênh. Ảnh: Nam Trần - Thu Hà", "Nam Trần - Thu Hà"),
        ("Dọn kênh (Ảnh: Nam Trần, Thu Hà).", "Nam Trần, Thu Hà"),
        ("Dọn kênh - Ảnh: Lê Anh (TTXVN)", "Lê Anh (TTXVN)"),
        ("Ảnh minh hoạ: Internet", "Internet"),
        ("Dọn kênh - Nguồn ảnh: Thanhuytphcm.vn", "Thanhuytphcm.vn"),
        ("ẢNH: NVCC", "NVCC"),
        ("Dọn kênh - Ảnh: Nam - Clip: Hà", "Nam - Clip: Hà"),
        ("Đồ họa: Tấn Đạt", "Tấn Đạt"),
        ("Dọn kênh (Ảnh minh hoạ)", None),
        ("Dọn kênh lúc 8:30", None),
        ("", None),
    ],
)
def test_whom_a_caption_credits(caption: str, credit: str | None) -> None:
    assert credit_of(caption) == credit


def test_a_class_that_says_caption_makes_one() -> None:
    parts = body(
        "<p>Lời</p><img src=a.jpg><div class='PhotoCMS_Caption'><p>Chú thích. Có chấm.</p></div><p>Lời nữa</p>"
    ).parts
    assert [part.caption for part in parts if isinstance(part, Image)] == ["Chú thích. Có chấm."]


def test_spans_and_captions_are_bounded() -> None:
    html = (
        "<table><tr><td colspan=9007199254740991>a</td><td rowspan=-5>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    )
    assert f'colspan="{MAX_SPAN}"' not in shown(html)  # no number: not even the bound is believed
    assert f'colspan="{MAX_SPAN}"' in shown(html.replace("9007199254740991", "5000"))
    many = body("<img src=a.jpg>" + "<p>Ảnh: Nam</p>" * 5_000)
    assert isinstance(many.parts[0], Image)
    assert len(many.parts[0].caption) <= MAX_CAPTIONS + 1
    assert len(many.texts) > 4_000


@pytest.mark.parametrize(
    "begun",
    [
        "<ul><li>x",
        "<blockquote>x",
        "<figure><figcaption>x</figcaption>",
        "<table><tr><td>x<td>-<tr><td>-<td>-</table>",
        "<div data-vid='a/b.mp4'>x",
        "<p class='caption'>x",
    ],
)
def test_what_has_no_end_is_read_and_nothing_of_it_is_lost(begun: str) -> None:
    written = render(body(begun * 3_000), lambda address: address)
    assert written.count("x") == 3_000
