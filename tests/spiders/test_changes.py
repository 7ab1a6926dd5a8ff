"""An entry that a list shows otherwise than before makes its article worth a look."""

from __future__ import annotations

from newscrawler.items import Link
from newscrawler.spiders.changes import changed
from newscrawler.store.walks import Shown

PAGE = "http://a.vn/list/1"


def entry(url: str | None, title: str, *, summary: str | None = None, image: str | None = None) -> Link:
    return Link(block="main", position=1, url=url, title=title, summary=summary, image_url=image)


def before(url: str, title: str, *, page: str = PAGE, at: str = "2026-11-01", image: str | None = None) -> Shown:
    return Shown(url, page, title, None, image, at)


def changed_to(now: list[Link], then: list[Shown]) -> set[str]:
    return changed(now, then, lambda page_url: page_url.startswith("http://a.vn/list/"))


def test_what_is_shown_as_before_has_not_changed_wherever_in_the_list_it_stands_now() -> None:
    assert changed_to([entry("/1", "Ra quân")], [before("/1", "Ra quân", page="http://a.vn/list/7")]) == set()


def test_another_title_summary_or_picture_is_a_change() -> None:
    then = [before("/1", "Ra quân")]
    for now in (
        entry("/1", "Ra quân hè"),
        entry("/1", "Ra quân", summary="Sáng"),
        entry("/1", "Ra quân", image="/a.jpg"),
    ):
        assert changed_to([now], then) == {"/1"}


def test_what_the_list_has_never_shown_is_new_and_not_changed() -> None:
    assert changed_to([entry("/2", "Ra quân"), entry(None, "Không")], [before("/1", "Ra quân")]) == set()


def test_other_lists_may_tell_an_entry_otherwise() -> None:
    assert changed_to([entry("/1", "Ra quân")], [before("/1", "Bản khác", page="http://a.vn/home")]) == set()


def test_only_the_last_sight_counts_so_that_a_change_back_is_one() -> None:
    then = [before("/1", "A", at="2026-11-01"), before("/1", "B", at="2026-11-02")]
    assert changed_to([entry("/1", "A")], then) == {"/1"}
    assert changed_to([entry("/1", "B")], then) == set()


def test_an_entry_that_stands_twice_on_a_page_is_as_before_in_either_form() -> None:
    then = [before("/1", "A"), before("/1", "B")]
    assert changed_to([entry("/1", "A"), entry("/1", "B")], then) == set()
