# ruff: noqa: E501  markup is data, and stands as pages have it
"""Pages that hold no single article, and articles that hardly look like one: galleries, videos, live reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.made_pages.story import figure, footer, links, menu, meta, number, page, slug, story, teasers
from benchmarks.made_pages.words import Words


@dataclass(frozen=True)
class OtherPage:
    """A page and whether it is an article."""

    name: str
    url: str
    html: str
    is_article: bool


def _page(w: Words, name: str, url: str, body: str, *, is_article: bool = False, head: str = "") -> OtherPage:
    return OtherPage(name, url, page(w, head, menu(w) + body + footer(w), title=w.heading()), is_article)


def _host(w: Words) -> str:
    return "https://bao.example.vn" if w.tongue == "vi" else "https://paper.example.com"


def home(w: Words) -> OtherPage:
    boxes = "".join(f"<section><h2>{w.heading()}</h2>{teasers(w, 4)}</section>" for _ in range(5))
    return _page(w, "home page", f"{_host(w)}/", boxes, head='<meta property="og:type" content="website">')


def section(w: Words) -> OtherPage:
    url = f"{_host(w)}/{w.of('giao-duc.htm|thoi-su|phong-trao/tin-quan-huyen', 'world|business/markets|news/local/')}"
    return _page(w, "section", url, f"<h1>{w.of('Giáo dục', 'World')}</h1><div class='list'>{teasers(w, 12)}</div>")


def section_with_words(w: Words) -> OtherPage:
    """A section that says what it is about, with long summaries in one element."""
    rows = "".join(
        f'<h3><a href="/{slug(w)}-{number(w)}.html">{w.title()}</a></h3><p>{w.paragraph(2, 3)}</p>' for _ in range(10)
    )
    about = f"<div class='about'><p>{w.paragraph(2, 3)}</p></div>"
    return _page(
        w,
        "section with words",
        f"{_host(w)}/chuyen-muc-nc{number(w)}.html?page=3",
        f"<h1>Tin</h1>{about}<div>{rows}</div>",
    )


def tag(w: Words) -> OtherPage:
    url = f"{_host(w)}/{w.of('tu-khoa/tinh-nguyen-tag258779.tpo|tag/mua-he-xanh|chu-de/ngay-hoi-123.htm', 'tags/bridges|topic/farm-vote|topics/old-mill')}"
    return _page(w, "tag", url, f"<h1>#{w.heading()}</h1><p>{w.paragraph(2, 3)}</p>{teasers(w, 8, 'story')}")


def search(w: Words) -> OtherPage:
    hits = "".join(
        f'<div class="hit"><a href="/{slug(w)}-{number(w)}.html">{w.title()}</a><div>…{w.paragraph(1, 2)}…</div></div>'
        for _ in range(10)
    )
    return _page(
        w,
        "search",
        f"{_host(w)}/{w.of('tim-kiem?q=doan', 'search?q=bridge&page=2')}",
        f"<h1>120 {w.of('kết quả', 'results')}</h1>{hits}",
    )


def author(w: Words) -> OtherPage:
    url = f"{_host(w)}/{w.of('tac-gia/thu-an-10234.html', 'author/ada-marsh|profile/ada-marsh')}"
    return _page(
        w, "author", url, f"<h1>{w.name()}</h1><div class='bio'><p>{w.paragraph(1, 2)}</p></div>{teasers(w, 9)}"
    )


def month(w: Words) -> OtherPage:
    return _page(w, "archive of a month", f"{_host(w)}/2024/03/", f"<h1>3/2024</h1><ul>{links(w, 40)}</ul>")


def blog_front(w: Words) -> OtherPage:
    """The front of a blog: each entry with its first paragraphs."""
    posts = "".join(
        f'<article class="post"><h2><a href="/2024/03/{slug(w)}/">{w.title()}</a></h2><p>{w.paragraph(2, 4)}</p><p>{w.paragraph(2, 4)}</p>'
        f'<a href="/2024/03/{slug(w)}/">{w.of("Đọc tiếp", "Continue reading")}</a></article>'
        for _ in range(6)
    )
    return _page(w, "front of a blog", f"{_host(w)}/blog/page/2/", f"<main>{posts}</main>")


def contact(w: Words) -> OtherPage:
    body = f"<h1>{w.of('Liên hệ', 'Contact us')}</h1><p>{w.sentence()}</p><form><input name='ten'><textarea></textarea><button>OK</button></form>"
    return _page(w, "contact", f"{_host(w)}/{w.of('lien-he', 'contact')}", body)


def videos(w: Words) -> OtherPage:
    return _page(w, "list of videos", f"{_host(w)}/video.htm", f"<h1>Video</h1>{teasers(w, 10, 'clip')}")


def gallery(w: Words) -> OtherPage:
    s = story(w, paragraphs=(1, 2), rich=False)
    shots = "".join(
        f'<div class="slide"><img src="/g/{i}.jpg"><p class="caption">{w.paragraph(1, 2)}</p></div>' for i in range(9)
    )
    url = f"{_host(w)}/{w.of('anh', 'pictures')}/{slug(w)}-{number(w)}.html"
    return _page(
        w,
        "gallery",
        url,
        f"<h1>{s.title}</h1><p class='sapo'>{s.lede}</p><div class='gallery'>{s.body()}{shots}</div>",
        is_article=True,
        head=meta(s),
    )


def live(w: Words) -> OtherPage:
    s = story(w, paragraphs=(2, 2), rich=False)
    entries = "".join(
        f'<div class="entry"><time>{8 + i}:15</time><h3>{w.heading()}</h3><p>{w.paragraph(2, 3)}</p></div>'
        for i in range(9)
    )
    url = f"{_host(w)}/{w.of('truc-tiep', 'live')}/{slug(w)}-{number(w)}.html"
    return _page(
        w,
        "live report",
        url,
        f"<h1>{s.title}</h1>{s.body()}<div class='live'>{entries}</div><h3>{w.of('Đọc nhiều', 'Most read')}</h3><ul>{links(w, 6)}</ul>",
        is_article=True,
        head=meta(s),
    )


def video(w: Words) -> OtherPage:
    s = story(w, paragraphs=(1, 2), rich=False)
    url = f"{_host(w)}/video/{slug(w)}-{number(w)}.html"
    return _page(
        w,
        "video",
        url,
        f"<h1>{s.title}</h1><video src='/v.mp4'></video><div class='desc'><p>{s.lede}</p>{s.body()}</div><h3>Video</h3>{teasers(w, 8, 'clip')}",
        is_article=True,
        head=meta(s),
    )


def picture_news(w: Words) -> OtherPage:
    """A notice of one sentence beside a picture."""
    s = story(w, paragraphs=(1, 1), rich=False)
    url = f"{_host(w)}/{w.of('tin', 'news')}/{slug(w)}-{number(w)}.html"
    return _page(
        w,
        "one paragraph",
        url,
        f"<h1>{s.title}</h1><p class='sapo'>{s.lede}</p>{figure(w)}<div>{s.body()}</div>{teasers(w, 5)}",
        is_article=True,
        head=meta(s),
    )


OTHERS: tuple[Callable[[Words], OtherPage], ...] = (
    home, section, section_with_words, tag, search, author, month, blog_front, contact, videos, gallery, live, video, picture_news,
)  # fmt: skip
