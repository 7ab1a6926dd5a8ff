"""The sample site: a small local imitation of the real one, for `newscrawler demo`, the tests and engineers."""

from newscrawler.demo.entries import Entry
from newscrawler.demo.server import SampleServer
from newscrawler.demo.site import Reply, SampleSite
from newscrawler.demo.sources import Event
from newscrawler.demo.truth import Truth, TruthDocument, TruthImage

__all__ = ["Entry", "Event", "Reply", "SampleServer", "SampleSite", "Truth", "TruthDocument", "TruthImage"]
