"""The fields of an article: every statement of a page with its source, and which of them counts."""
