"""From a captured message to a page, and from a page to its rows: the same for a crawl and for a re-reading."""
