# ruff: noqa: E501  words and markup are data
"""One article as it was meant, and the furniture that pages put around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.made_pages.words import Words

Block = tuple[str, str]
"""(`p`, `h2`, `li` or `quote`, its text)."""


@dataclass(frozen=True)
class MadePage:
    """A page and the truth about it."""

    name: str
    url: str
    html: str
    lede: str | None
    paragraphs: tuple[str, ...]
    """The body in order, the lede first."""


@dataclass
class Story:
    """What a layout has to show."""

    words: Words
    title: str = ""
    lede: str | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def gold(self) -> tuple[str, ...]:
        texts = [text for _tag, text in self.blocks]
        return (*([self.lede] if self.lede else []), *texts)

    def body(
        self,
        p: str = "<p>{}</p>",
        h2: str = "<h2>{}</h2>",
        quote: str = "<blockquote><p>{}</p></blockquote>",
        noise: Sequence[str] = (),
        lists: bool = True,
    ) -> str:
        """The blocks as markup, with pieces of noise between paragraphs in the middle."""
        forms = {"p": p, "h2": h2, "quote": quote, "li": "<li>{}</li>"}
        pieces: list[str] = []
        for place, (tag, text) in enumerate(self.blocks):
            markup = forms[tag].format(text) if tag != "li" or lists else p.format(text)
            if tag == "li" and lists:
                first = place == 0 or self.blocks[place - 1][0] != "li"
                last = place + 1 == len(self.blocks) or self.blocks[place + 1][0] != "li"
                markup = ("<ul>" if first else "") + markup + ("</ul>" if last else "")
            pieces.append(markup)
        spots = [i for i in range(1, len(pieces)) if self.blocks[i][0] == "p" and self.blocks[i - 1][0] == "p"]
        chosen = sorted(self.words.chance.sample(spots, min(len(spots), len(noise))), reverse=True)
        for spot, piece in zip(chosen, noise, strict=False):
            pieces.insert(spot, piece)
        return "\n".join(pieces)


def story(words: Words, *, lede: bool = True, paragraphs: tuple[int, int] = (3, 12), rich: bool = True) -> Story:
    """A new article: paragraphs, and where `rich` now and then subheads, a list or a quotation."""
    chance = words.chance
    made = Story(words, words.title(), words.paragraph(1, 2) if lede else None)
    for text in words.paragraphs(chance.randint(*paragraphs)):
        made.blocks.append(("p", text))
        if rich and chance.random() < 0.12:
            made.blocks += [("h2", words.heading()), ("p", words.paragraph())]
        if rich and chance.random() < 0.06:
            made.blocks += [("li", words.sentence()) for _ in range(3)] + [("p", words.paragraph())]
        if rich and chance.random() < 0.06:
            made.blocks += [("quote", words.sentence()), ("p", words.paragraph())]
    return made


def slug(words: Words) -> str:
    letters = (
        "ban|doan|cau|kenh|tre|hoi|mua|que" if words.tongue == "vi" else "bridge|old|vote|farm|night|map|ferry|hall"
    )
    return "-".join(words.chance.choice(letters.split("|")) for _ in range(6))


def number(words: Words) -> int:
    return words.chance.randint(100_000, 9_999_999)


def menu(words: Words, name: str = "menu") -> str:
    names = words.of(
        "Trang chủ,Thời sự,Giáo dục,Đời sống,Phong trào,Văn bản,Liên hệ",
        "Home,World,Politics,Business,Sport,Culture,Obituaries",
    ).split(",")
    items = "".join(f'<li><a href="/{i}/">{one}</a></li>' for i, one in enumerate(names))
    return f'<div class="{name}"><ul>{items}</ul></div>'


def footer(words: Words) -> str:
    lines = words.of(
        "Cơ quan chủ quản: Tỉnh đoàn|Giấy phép số 12/GP-TTĐT do Sở Thông tin cấp ngày 3/4/2019. Ghi rõ nguồn khi phát hành lại",
        "© The Daily Example. All rights reserved. Registered in England, number 0123456|By using this site you agree to our"
        " terms of service and to the way we handle your data",
    )
    return f'<footer class="site-footer"><p>{lines}</p><a href="/privacy">{words.of("Liên hệ", "Privacy")}</a></footer>'


def links(words: Words, count: int, item: str = '<li><a href="{url}">{title}</a></li>') -> str:
    """Headlines of other articles."""
    return "".join(
        item.format(url=f"/tin/{slug(words)}-{number(words)}.html", title=words.title()) for _ in range(count)
    )


def teasers(words: Words, count: int, name: str = "item") -> str:
    """Other articles with a picture and a summary each."""
    made = []
    for _ in range(count):
        url = f"/tin/{slug(words)}-{number(words)}.html"
        made.append(
            f'<div class="{name}"><a href="{url}"><img src="/i/{number(words)}.jpg"></a>'
            f'<h3><a href="{url}">{words.title()}</a></h3><p>{words.paragraph(1, 2)}</p></div>'
        )
    return "".join(made)


def comments(words: Words, count: int, name: str = "comment") -> str:
    return "".join(
        f'<div class="{name}"><b>{words.name()}</b> <span>2 {words.of("giờ trước", "hours ago")}</span>'
        f"<p>{words.paragraph(1, 3)}</p></div>"
        for _ in range(count)
    )


def figure(words: Words) -> str:
    return (
        f'<figure><img src="/i/{number(words)}.jpg" alt="{words.heading()}">'
        f"<figcaption>{words.caption()} {words.of('Ảnh', 'Photo')}: {words.name()}</figcaption></figure>"
    )


def page(words: Words, head: str, body: str, *, title: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{words.tongue}"><head><meta charset="utf-8"><title>{title} - {words.of("Tuổi trẻ", "Daily")}'
        f"</title>{head}</head><body>{body}</body></html>"
    )


def meta(made: Story, *, dated: bool = True) -> str:
    """What most systems state of an article."""
    stamp = '<meta property="article:published_time" content="2024-03-05T08:15:00+07:00">' if dated else ""
    said = made.lede or made.blocks[0][1]
    return f'<meta property="og:title" content="{made.title}"><meta property="og:type" content="article"><meta name="description" content="{said[:150]}">{stamp}'
