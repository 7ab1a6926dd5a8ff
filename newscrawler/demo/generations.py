"""Article -> nested body document, in the four generations that the real site went through."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from newscrawler.demo.letters import decimal_beyond_latin1, decimal_without_semicolon, named_latin1, plain
from newscrawler.demo.sources import Article, Image
from newscrawler.demo.word_leftovers import word_leftovers

_PLACE = re.compile(r"(Việt Nam|Sài Gòn|Cần Giờ|Củ Chi|Bình Chánh|Nhà Bè|Hóc Môn|Thủ Đức|Bến Tre)")


def nested_document(article: Article) -> str:
    """The nested document as an editor of the article's generation would have saved it."""
    return {"A": FrontPage, "C": Xhtml, "D": WordPaste, "E": CkEditor}[article.generation](article).document()


class Generation:
    """One way of writing a body; subclasses give the forms of its parts."""

    def __init__(self, article: Article) -> None:
        self.article = article

    def document(self) -> str:
        raise NotImplementedError

    def letters(self, text: str) -> str:
        raise NotImplementedError

    def paragraph(self, text: str) -> str:
        raise NotImplementedError

    def byline(self, text: str) -> str:
        raise NotImplementedError

    def parts(self) -> Iterator[str]:
        """Headline, paragraphs with the images between them, table and byline, in reading order."""
        article = self.article
        if article.headline_in_body:
            yield self.headline(article.title)
        yield from self.images_after(0)
        in_list = False
        for index, text in enumerate(article.paragraphs):
            bullet = index in article.bullets
            if bullet and not in_list:
                yield "<ul>"
            if in_list and not bullet:
                yield "</ul>"
            in_list = bullet
            markup = self.linked(self.inline(text, index))
            yield f"<li>{markup}</li>" if bullet else self.paragraph(markup)
            if not bullet:
                yield from self.images_after(index + 1)
        if in_list:
            yield "</ul>"
        if article.table is not None:
            yield self.table(article.table)
        if article.byline is not None:
            yield self.byline(self.letters(article.byline))

    def inline(self, text: str, index: int) -> str:
        """A paragraph's text as inline markup; the index lets a generation treat some paragraphs in a special way."""
        return self.letters(text)

    def linked(self, markup: str) -> str:
        """Inline markup with links to the article's documents around their words."""
        for document in self.article.documents:
            words = self.letters(document.words)
            markup = markup.replace(words, f'<a href="{plain(document.src)}" target="_blank">{words}</a>')
        return markup

    def headline(self, title: str) -> str:
        """The headline once more, split over spans, once at a space and once in mid word."""
        first = title.index(" ") if " " in title else 1
        second = next(
            at for at in range(len(title) * 2 // 3, len(title)) if title[at - 1].isalpha() and title[at].isalpha()
        )
        pieces = [self.letters(piece) for piece in (title[:first], title[first:second], title[second:])]
        return (
            f'<p align="center"><b><span class="style2">{pieces[0]}</span><span style="color:blue">{pieces[1]}</span>'
            f'<span style="color:blue">{pieces[2]}</span></b></p>'
        )

    def images_after(self, position: int) -> Iterator[str]:
        for image in self.article.images:
            if image.after_paragraph == position:
                yield self.image(image)

    def image(self, image: Image) -> str:
        tag = f'<img alt="" src="{plain(image.src)}" width="600" />'
        caption = self.letters(image.caption or "")
        if image.style == "table":
            return (
                f'<table align="center" border="0"><tbody><tr><td>{tag}</td></tr>'
                f"<tr><td><em>{caption}</em></td></tr></tbody></table>"
            )
        picture = f'<p style="text-align:center">{tag}</p>'
        return f'{picture}\n<p style="text-align:center"><em>{caption}</em></p>' if caption else picture

    def table(self, rows: tuple[tuple[str, ...], ...]) -> str:
        lines = ["".join(f"<td>{self.letters(cell)}</td>" for cell in row) for row in rows]
        return (
            '<table border="1" cellpadding="4" cellspacing="0"><tbody>\n'
            + "\n".join(f"<tr>{line}</tr>" for line in lines)
            + "\n</tbody></table>"
        )


class FrontPage(Generation):
    """Generation A: FrontPage exports of 2003-04, a style comment and decimal entities beside Latin-1 letters."""

    def letters(self, text: str) -> str:
        return decimal_beyond_latin1(text)

    def paragraph(self, text: str) -> str:
        return (
            f'<p class="MsoNormal" align="justify"><span style="font-family: Arial"><font size="2">{text}'
            "</font></span></p>"
        )

    def byline(self, text: str) -> str:
        return f'<p class="MsoNormal" align="right"><b><font size="2" face="Arial">{text}</font></b></p>'

    def document(self) -> str:
        title = self.letters(self.article.nested_title or "Tài liệu")
        return (
            '<html> <head> <meta http-equiv="Content-Type" content="text/html; charset=windows-1252"> '
            f'<meta name="GENERATOR" content="Microsoft FrontPage 4.0"> <title>{title}</title> '
            '<style> <!-- p.MsoNormal {mso-style-parent:""; margin-bottom:.0001pt; font-size:13.0pt; '
            "font-family:VNI-Times} --> </style> </head> <body> " + "\n".join(self.parts()) + " </body> </html>"
        )


class Xhtml(Generation):
    """Generation C: a DOCTYPE of its own, lines broken in mid sentence, Office tags, tables inside paragraphs."""

    def letters(self, text: str) -> str:
        return plain(text)

    def inline(self, text: str, index: int) -> str:
        wrapped = textwrap.fill(self.letters(text), 62, break_long_words=False, break_on_hyphens=False)
        return _PLACE.sub(r'<st1:place w:st="on">\1</st1:place>', wrapped, count=1)

    def paragraph(self, text: str) -> str:
        return f'<p class="MsoNormal"><span lang="EN-US" class="style7">{text}<o:p></o:p></span></p>'

    def byline(self, text: str) -> str:
        return f'<p align="right" class="style7"><strong>{text}</strong><o:p></o:p></p>'

    def image(self, image: Image) -> str:
        markup = super().image(image)
        return f'<p align="center">{markup}</p>' if image.style == "table" else markup

    def document(self) -> str:
        return (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
            '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
            '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
            '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n'
            f"<title>{plain(self.article.nested_title or 'Quận 1')}</title>\n"
            '<style type="text/css">\n<!--\n.style2 {color: #0000FF}\n'
            ".style7 {font-family: Arial, Helvetica, sans-serif; font-size: 12px}\n-->\n</style>\n"
            "</head>\n<body>\n" + "\n".join(self.parts()) + "\n</body>\n</html>"
        )


class WordPaste(Generation):
    """Generation D: pasted from Word, no body element, div and br for paragraphs, one more meta on each save."""

    def letters(self, text: str) -> str:
        # Some editors of that time saved the letters as they are.
        return plain(text) if self.article.id % 3 == 0 else decimal_without_semicolon(text)

    def paragraph(self, text: str) -> str:
        # Half of the articles hold all their paragraphs in one div, with two breaks between them.
        if self.article.id % 2:
            return f"{text}<br />\n<br />"
        return f"<div style='text-align: justify; font-family:\"Times New Roman\"'>{text}<br />\n<br /></div>"

    def byline(self, text: str) -> str:
        return f"<div style='text-align: right;'><b>{text}</b></div>\n" + "<br />\n" * 5

    def document(self) -> str:
        saves = self.article.id % 5 + 1
        title = self.letters(self.article.nested_title or " ")
        return (
            "<html> <head> <meta http-equiv='Content-Type' content='text/html; charset=utf-8'> "
            "<title> </title> </head> "
            + f"<div><meta content='text/html; charset=utf-8' http-equiv='Content-Type'></meta><title>{title}</title>"
            * saves
            + word_leftovers()
            + "\n".join(self.parts())
            + "</div>" * saves
            + " </html>"
        )


class CkEditor(Generation):
    """Generation E: CKEditor spans, a meta that lacks its `>`, named entities beside literal letters."""

    def letters(self, text: str) -> str:
        # A third of the articles were saved with letters as they are.
        return plain(text) if self.article.id % 3 == 0 else named_latin1(text)

    def inline(self, text: str, index: int) -> str:
        markup = self.letters(text)
        # The editor turns a space typed beside another into a hard one; it means nothing.
        return markup.replace(", ", ",&nbsp;", 1) if index == 1 else markup

    def span(self, text: str) -> str:
        return f'<span style="font-size:14px"><span style="font-family:arial,helvetica,sans-serif">{text}</span></span>'

    def paragraph(self, text: str) -> str:
        return f'<p style="text-align:justify">{self.span(text)}</p>'

    def byline(self, text: str) -> str:
        return f'<p style="text-align:right"><strong>{self.span(text)}</strong></p>'

    def image(self, image: Image) -> str:
        markup = super().image(image)
        if not self.article.republished:
            return markup
        return re.sub(r"<img [^>]*>", rf'<a class="lightbox" href="{plain(image.src)}">\g<0></a>', markup)

    def document(self) -> str:
        parts = list(self.parts())
        if self.article.republished:
            # The newspaper's own container closes in the middle of the article, as an editor left it.
            parts.insert(0, '<div id="main-detail-body">')
            parts.insert(len(parts) // 2 + 1, "</div>")
        return (
            '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"</head><body>\n'
            + "\n".join(parts)
            + "\n</body></html>"
        )
