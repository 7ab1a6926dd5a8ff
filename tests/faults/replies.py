"""Pages and answers: well-behaved ones, of which faults are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.hostile_exchange import Act, chunk, endless, head, whole

__all__ = [
    "CHUNKED",
    "HTML",
    "Act",
    "Script",
    "Slowly",
    "Step",
    "chunk",
    "endless",
    "fine",
    "half",
    "head",
    "html_of",
    "listing",
    "missing",
    "moved",
    "page",
    "paragraphs",
    "refused",
    "sentences",
    "whole",
]

CHUNKED = "Transfer-Encoding: chunked"
HTML = "Content-Type: text/html"


@dataclass(frozen=True)
class Slowly:
    """A piece, sent again and again, so many seconds apart, until the client leaves."""

    piece: bytes
    every: float = 0.2


Step = bytes | Act | Callable[[], Iterator[bytes]] | Slowly
Script = tuple[Step, ...]


def paragraphs(number: int) -> list[str]:
    return [
        f"Bài {number}. Sáng 26/7, Đoàn xã ra quân dọn kênh rạch, trồng cây xanh và tặng quà cho trẻ em nghèo.",
        "Các bạn đoàn viên thanh niên đã cùng người dân khơi thông dòng chảy, thu gom rác thải trên tuyến kênh dài hai "
        "cây số và vận động bà con giữ gìn vệ sinh môi trường.",
        "Dịp này, Ban Chấp hành Đoàn xã trao năm mươi phần quà cho các em có hoàn cảnh khó khăn trên địa bàn.",
        f"Chương trình khép lại lúc mười một giờ cùng ngày, sau bài {number}.",
    ]


def sentences(number: int) -> str:
    """Text of an article, as it must stand in the database."""
    return "\n\n".join(paragraphs(number))


def html_of(texts: list[str], number: int, head: str = "", after: str = "", around: str = "") -> str:
    """A page of the site as its editor makes them: the article is a document of its own in a text area."""
    title = f"Ra quân ngày {number}"
    body = "".join(f"<p>{text}</p>" for text in texts)
    inner = f"<html><head><title>{title}</title></head><body>{body}{after}</body></html>"
    return f"<html><head>{head}<title>{title}</title></head><body><textarea>{inner}</textarea>{around}</body></html>"


def page(number: int, head: str = "", after: str = "", around: str = "") -> bytes:
    return html_of(paragraphs(number), number, head, after, around).encode()


def half(number: int) -> bytes:
    """The page cut in the middle of its article."""
    return page(number)[: len(page(number)) // 2]


def fine(number: int, *lines: str | bytes) -> bytes:
    """The whole article, as a good server gives it."""
    return whole(page(number), HTML, *lines)


def listing(numbers: list[int], more: str = "") -> bytes:
    """A list page that names articles."""
    entries = "".join(f'<li><a href="/ThanhDoan/webtd/News/{n}">Ra quân ngày {n} ở xã</a></li>' for n in numbers)
    title = "<title>Tin tức</title>"
    return whole(f"<html><head>{title}</head><body><ul>{entries}</ul>{more}</body></html>".encode(), HTML)


def missing() -> bytes:
    return whole(b"<html><title>404</title><p>not found</p></html>", HTML, first="HTTP/1.1 404 Not Found")


def refused(status: int, *lines: str) -> bytes:
    return whole(b"<html><p>later</p></html>", HTML, *lines, first=f"HTTP/1.1 {status} No")


def moved(location: str | bytes, status: int = 302) -> bytes:
    line = b"Location: " + (location if isinstance(location, bytes) else location.encode())
    return whole(b"", line, first=f"HTTP/1.1 {status} Moved")
