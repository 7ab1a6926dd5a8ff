"""From a captured message to a page, and from a page to its rows: the same for a crawl and for a re-reading."""

from newscrawler.pages.door import page_of, page_of_body
from newscrawler.pages.keeping import Outcome, clean, keep, read, split, store_page, store_reading

__all__ = ["Outcome", "clean", "keep", "page_of", "page_of_body", "read", "split", "store_page", "store_reading"]
