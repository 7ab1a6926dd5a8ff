"""What a page tells a crawl beside its article: feeds, sitemaps, where it sends readers, what it needs or refuses."""
