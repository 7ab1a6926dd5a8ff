"""WARC files: the record of everything fetched, and the only room that knows warcio."""
