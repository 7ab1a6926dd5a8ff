"""HTML in, Article out: pure functions that know neither network nor disk."""
