"""What every page of the reading room has in common."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from newscrawler.errors import UsageError
from newscrawler.web.serving import listening
from newscrawler.web.speech import words
from tests.web.conftest import Get


def test_every_text_of_the_room_is_there_in_both_languages() -> None:
    for key, texts in words().items():
        assert set(texts) == {"vi", "en"}, key
        assert isinstance(texts["vi"], str), key


@pytest.mark.parametrize(
    "path", ["/", "/no-such-page", "/news/articles", "/news.json?sql=select+1", "/-/static/app.css"]
)
def test_every_answer_forbids_the_browser_to_ask_other_hosts_or_to_guess_types(get: Get, path: str) -> None:
    headers = get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_visitors_type_no_sql_and_take_no_database_unless_asked_for(get: Get) -> None:
    assert get("/news.json?sql=select+1").status_code == 403
    assert get("/news.db").status_code == 403
    assert get("/news/articles.csv?_stream=1").status_code == 400


def test_the_language_is_chosen_by_address_then_by_cookie_then_by_browser(get: Get) -> None:
    assert '<html lang="vi">' in get("/").text
    assert '<html lang="en">' in get("/", headers={"accept-language": "en-GB, vi;q=0.5"}).text
    assert '<html lang="vi">' in get("/", headers={"accept-language": "en", "cookie": "lang=vi"}).text
    chosen = get("/?lang=en", headers={"cookie": "lang=vi"})
    assert '<html lang="en">' in chosen.text
    assert "lang=en" in chosen.headers["set-cookie"]


def test_a_wrong_address_gets_a_page_that_leads_on(get: Get) -> None:
    answer = get("/no-such-page")
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


def test_its_connections_are_such_as_asyncio_sends_at_once_on() -> None:
    with closing(listening("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP


def test_a_port_that_is_taken_is_told_in_one_sentence() -> None:
    with closing(listening("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(UsageError, match=f"cannot listen on 127.0.0.1:{port}"):
            listening("127.0.0.1", port)
