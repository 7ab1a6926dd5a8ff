"""Readers' comments that stand in a page or are stated by it."""
