"""Spiders: they collect pages and find the way; what a page says is read elsewhere."""
