"""newscrawler archives the news of Vietnamese youth unions for good.

>>> from newscrawler import read
>>> body = "<html><body><p>Các bạn trẻ dọn kênh.</p><p>THU HÀ</p></body></html>"
>>> page = f"<title>Ra quân</title><textarea>{body}</textarea>"
>>> article = read(page, "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/31171")
>>> article.title, article.body_text, article.byline
('Ra quân', 'Các bạn trẻ dọn kênh.', 'THU HÀ')
"""

from __future__ import annotations

from datetime import datetime

from newscrawler.items import Article

__version__ = "0.1.0"
__all__ = ["Article", "__version__", "read"]


def read(html: str | bytes, url: str = "", *, fetched_at: datetime | None = None) -> Article:
    """Read one page without network or disk; sites are known by their address.

    :param html: source as text, or bytes whose encoding is found out.
    :param url: address of the page; known sites are read by their layout, all others by the generic reader. Without
        it the page's own statement counts (canonical link, og:url).
    :param fetched_at: when the page looked so (aware): sites have looked otherwise before, and “2 giờ trước” counts
        from there; now where it is not known.
    :returns: an `Article` whose attributes are named as the columns of table `articles`.
    :raises NoArticleError: if there is neither an article nor a list of articles.
    """
    from newscrawler.reading.article import read as read_unknown
    from newscrawler.reading.encoding import decode
    from newscrawler.reading.page.stated_address import stated_address
    from newscrawler.sites import site_of

    source = decode(html) if isinstance(html, bytes) else html
    address = url or stated_address(source) or ""
    site = site_of(address) if address else None
    if site:
        return site.read(source, address, fetched_at=fetched_at)
    return read_unknown(source, address, fetched_at=fetched_at)
