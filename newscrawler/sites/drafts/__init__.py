"""A first draft of a site file, made from pages of the site."""

from newscrawler.sites.drafts.evidence import Seen, SeenPage, see
from newscrawler.sites.drafts.writing import Draft, draft

__all__ = ["Draft", "Seen", "SeenPage", "draft", "see"]
"""`see` reads pages, `draft` writes what they show; neither knows network or disk."""
