"""Laws of the queue, whatever a crawl does and whenever it is killed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from newscrawler.frontier import Group
from newscrawler.items import Entry
from newscrawler.store import close_database, open_database
from newscrawler.store.report import completeness_of
from tests.conftest import times
from tests.frontier.conftest import SITE, begin, end

NUMBERS = st.integers(0, 30)
HOSTS = ("a.vn", "b.vn", "c.vn")
PRIORITIES = {"file": 20, "article": 10, "listing": 0}


def entry(number: int) -> Entry:
    """Each number stands for one address."""
    kind = list(PRIORITIES)[number % 3]
    return Entry(url=f"http://{HOSTS[number // 3 % 3]}/{number}", kind=kind, priority=PRIORITIES[kind])  # type: ignore[arg-type]


class Crawls(RuleBasedStateMachine):
    """One site crawled again and again; beside the queue a plain account of what must be true."""

    @initialize(window=st.sampled_from([1, 2, 5, 100]))
    def open(self, window: int) -> None:
        self.folder = TemporaryDirectory()
        self.window = window
        self.db = open_database(Path(self.folder.name) / "news.db", write=True)
        self.frontier = begin(self.db, window=window)
        self.met: dict[str, Entry] = {}
        self.settled: set[str] = set()
        self.leased: set[str] = set()
        self.written: dict[str, str] = {}
        """What the table holds for sure."""
        self.closed: set[str] = set()

    def may(self, group: Group) -> bool:
        return group.host not in self.closed

    @rule(numbers=st.lists(NUMBERS, max_size=6))
    def find(self, numbers: list[int]) -> None:
        for found in map(entry, numbers):
            assert self.frontier.add(found) == (found.url not in self.met)
            self.met.setdefault(found.url, found)

    @rule()
    def lease(self) -> None:
        waiting = [each for url, each in self.met.items() if url not in self.settled | self.leased]
        may = [each for each in waiting if self.may(Group(each.kind, each.url.split("/")[2]))]
        assert self.frontier.has_waiting(self.may) == bool(may)
        leased = self.frontier.lease(self.may)
        assert (leased is None) == (not may)
        if leased is not None:
            assert leased.url in {each.url for each in may}
            assert leased.priority == max(each.priority for each in may)
            self.leased.add(leased.url)

    @precondition(lambda self: self.leased)
    @rule(pick=st.integers(0, 30), state=st.sampled_from(["done", "given-up"]), numbers=st.lists(NUMBERS, max_size=4))
    def store(self, pick: int, state: str, numbers: list[int]) -> None:
        """A page is stored with what it leads to, in one transaction."""
        url = sorted(self.leased)[pick % len(self.leased)]
        self.find(numbers)
        self.frontier.finish(url, state, "new")  # type: ignore[arg-type]
        self.leased.discard(url)
        self.settled.add(url)
        self.write()

    @precondition(lambda self: self.leased)
    @rule(pick=st.integers(0, 30))
    def release(self, pick: int) -> None:
        url = sorted(self.leased)[pick % len(self.leased)]
        self.frontier.release(url, "host-closed")
        self.leased.discard(url)

    @rule()
    def write(self) -> None:
        self.frontier.flush()
        self.written = dict.fromkeys(self.met, "open") | dict.fromkeys(self.settled, "settled")

    @rule(host=st.sampled_from(HOSTS))
    def close_or_open(self, host: str) -> None:
        self.closed ^= {host}

    @rule()
    def kill(self) -> None:
        """What nobody has written is forgotten, and found again by the pages that were not stored; all else is there."""
        self.frontier = begin(self.db, window=self.window)
        rows = self.db.conn.execute("SELECT url, state FROM frontier WHERE cycle = ?", (self.frontier.cycle,))
        table = dict(rows.fetchall())
        assert self.written.items() <= {url: kind_of(state) for url, state in table.items()}.items()
        assert "leased" not in table.values()
        self.met = {url: each for url, each in self.met.items() if url in table}
        self.settled = {url for url, state in table.items() if state not in ("queued", "leased")}
        self.leased, self.closed = set(), set()

    @precondition(lambda self: len(self.met) == len(self.settled))
    @rule()
    def finish(self) -> None:
        """The next crawl may ask for everything again."""
        end(self.frontier)
        self.frontier = begin(self.db, window=self.window)
        self.met, self.settled, self.written = {}, set(), {}

    @invariant()
    def counts_agree(self) -> None:
        assert self.frontier.leased == len(self.leased)
        assert self.frontier.waiting == len(self.met) - len(self.settled) - len(self.leased)

    @invariant()
    def every_address_is_in_one_class(self) -> None:
        report = completeness_of(self.db, SITE, self.frontier.cycle)
        (rows,) = self.db.conn.execute(
            "SELECT count(*) FROM frontier WHERE cycle = ?", (self.frontier.cycle,)
        ).fetchone()
        assert report.listed == rows == sum(value for name, value in report.counters.items() if name != "cycle_listed")

    def teardown(self) -> None:
        close_database(self.db)
        self.folder.cleanup()


def kind_of(state: str) -> str:
    return "open" if state in ("queued", "leased") else "settled"


TestCrawls = Crawls.TestCase
TestCrawls.settings = settings(max_examples=times(40, 400), stateful_step_count=times(30, 50), deadline=None)


def test_every_address_is_fetched_once_however_often_the_crawl_is_killed(tmp_path):
    """A tree of pages: each leads to two more. A page's children are queued with its mark, so no kill loses one."""
    db = open_database(tmp_path / "news.db", write=True)
    fetched: Counter[int] = Counter()
    stored: set[int] = set()
    for life in range(200):
        frontier = begin(db, window=3)
        frontier.add(Entry(url="http://a.vn/1", kind="article"))
        for _step in range(life % 7 + 1):
            leased = frontier.lease()
            if leased is None:
                break
            number = int(leased.url.rpartition("/")[2])
            fetched[number] += 1
            for child in (2 * number, 2 * number + 1):
                if child < 256:
                    frontier.add(Entry(url=f"http://a.vn/{child}", kind="article"))
            if _step < life % 7:  # killed before the last one is stored
                frontier.finish(leased.url, "done", "new")
                frontier.flush()
                stored.add(number)
    assert stored == set(range(1, 256))
    assert sum(fetched.values()) - len(stored) <= 200  # one lease for each life
    close_database(db)
