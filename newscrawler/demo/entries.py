"""The items of lists and blocks: which of an article's fields a template shows, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newscrawler.demo.addresses import news_path, news_url, thumbnail_url
from newscrawler.demo.sources import Article
from newscrawler.demo.text import esc


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item of a block as a page shows it."""

    url: str
    """Canonical address of the article."""
    title: str | None
    summary: str | None
    image_url: str | None


_SHOWN = {
    "tables": ("summary",),
    "columns": ("summary",),
    "cards": ("title", "summary"),
    "aspnet": ("image_url", "title", "summary"),
}


def block_entries(articles: Iterable[Article], template: str) -> tuple[Entry, ...]:
    """The entries of a block, with only those fields that the template shows; the others are None."""
    shown = _SHOWN[template]
    return tuple(
        Entry(
            url=news_url(article.id),
            title=article.title if "title" in shown else None,
            summary=article.summary if "summary" in shown else None,
            image_url=thumbnail_url(article) if "image_url" in shown else None,
        )
        for article in articles
    )


def block_markup(entries: Iterable[Entry], template: str) -> str:
    """Entries -> markup: bare linked paragraphs, a list of linked summaries, cards, or rows with a picture."""
    if template == "tables":
        return "\n".join(f'<P ALIGN="justify"><A HREF="{_href(e)}">{esc(e.summary or "")}</A></P>' for e in entries)
    if template == "columns":
        items = "\n".join(f'<li><a href="{_href(e)}">{esc(e.summary or "")}</a></li>' for e in entries)
        return f'<ul class="ds-tin">\n{items}\n</ul>'
    if template == "cards":
        return "\n".join(
            f'<div class="card mb-2"><div class="card-body"><h4 class="card-title"><a href="{_href(e)}">'
            f'{esc(e.title or "")}</a></h4><p class="card-text">{esc(e.summary or "")}</p></div></div>'
            for e in entries
        )
    rows = []
    for e in entries:
        picture = f'<img src="{esc(e.image_url)}" width="90" alt="" />' if e.image_url else "&nbsp;"
        rows.append(
            f'<tr><td class="anh">{picture}</td><td><a class="lnk" href="{e.url}">{esc(e.title or "")}</a>'
            f"<br /><span>{esc(e.summary or '')}</span></td></tr>"
        )
    return '<table class="grid" cellspacing="0">' + "\n".join(rows) + "</table>"


def list_markup(articles: Iterable[Article], template: str, literal_markup: Iterable[int] = ()) -> str:
    """Articles -> the main list of a listing page; some summaries show markup as text, as old items do."""
    literal = set(literal_markup)
    pieces = []
    for article in articles:
        href = news_path(article.id)
        title = esc(article.title)
        text = f'<p align="justify">{article.summary}</p>' if article.id in literal else article.summary
        summary = esc(text)
        thumbnail = thumbnail_url(article)
        picture = f'<img src="{esc(thumbnail)}" width="120" alt="">' if thumbnail else ""
        if template == "tables":
            pieces.append(
                f'<TR><TD VALIGN="top">{picture}</TD><TD><A HREF="{href}"><B>{title}</B></A><BR>{summary}</TD></TR>'
            )
        elif template == "columns":
            pieces.append(
                f'<div class="tin"><h2><a href="{href}">{title}</a></h2>\n{picture}'
                f'<p class="tom-tat">{summary}</p></div>'
            )
        elif template == "cards":
            pieces.append(
                f'<div class="card"><a href="{href}">{picture}</a><div class="card-body">'
                f'<h5><a href="{href}">{title}</a></h5><p>{summary}</p></div></div>'
            )
        else:
            pieces.append(
                f'<tr><td><a href="{href}">{title}</a></td></tr><tr><td>{picture} {summary} '
                f'<a href="{href}">Chi tiết &gt;&gt;</a></td></tr>'
            )
    content = "\n".join(pieces)
    if template == "tables":
        return f'<TABLE CLASS="danhsach" WIDTH="100%">{content}</TABLE>'
    if template == "aspnet":
        return f'<table id="ctl00_main_gvTin" class="danh-sach">{content}</table>'
    return f'<div class="danh-sach">{content}</div>'


def _href(entry: Entry) -> str:
    return news_path(int(entry.url.rsplit("/", 1)[1]))
