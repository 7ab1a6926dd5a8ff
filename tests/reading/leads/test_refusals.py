"""Pages that say 200 and hold no more than a refusal are told from articles, and no article is taken for one."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.demo import SampleSite
from newscrawler.errors import RefusalPageError
from newscrawler.items import Article, Blocks, Page
from newscrawler.pages.reading import Reading, read
from newscrawler.sites import site_of
from newscrawler.urls import bare_host

SITE = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
ARTICLE = f"{SITE}/News/31171"
SAMPLES = Path(os.environ.get("NEWSCRAWLER_SAMPLES") or Path(__file__).parents[4] / "shared" / "samples")
MENU = "".join(
    f'<li><a href="/ThanhDoan/webtd/Category/{n}">Chuyên mục thứ {n} của Thành Đoàn</a></li>' for n in range(30)
)
HOT = f'<h3>TIN NÓNG</h3><p><a href="{SITE}/News/5">Không tìm thấy nạn nhân thứ ba trong vụ chìm đò.</a></p>'
REFUSALS = {
    "soft-404": (
        "<title>404</title><h1>404</h1>",
        "<title>404 Not Found</title><p>The requested URL was not found on this server.</p>",
        "<title>Thành Đoàn TP.HCM</title><p>Không tìm thấy trang bạn yêu cầu.</p>",
        "<title>Thành Đoàn TP.HCM</title><div>Trang này không tồn tại hoặc đã bị xóa.</div>",
        "<title>Lỗi 404 - Thành Đoàn TP.HCM</title><p>Quay lại trang chủ</p>",
        "<title>Thành Đoàn</title><p>Bài viết không tồn tại.</p>",
        "<title>Thành Đoàn</title><p>Nội dung bạn đang tìm hiện không có sẵn.</p>",
        "<title>Thành Đoàn</title><p>KHÔNG TÌM THẤY BÀI VIẾT</p>",
        "<title>Không tìm thấy</title><p>Xin lỗi quý vị.</p>",
        "<title>Page not found</title>",
        "<title>x</title><p>Sorry, the page you are looking for could not be found.</p>",
    ),
    "block": (
        "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
        "<title>Access Denied</title><p>You don't have permission to access this resource. Reference #18.2f</p>",
        "<title>403 Forbidden</title><center><h1>403 Forbidden</h1></center><hr><center>nginx</center>",
        "<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator.",
        "<title>Thông báo</title><p>Truy cập của bạn đã bị từ chối.</p><p>IP: 10.0.0.1</p>",
        "<title>Sucuri WebSite Firewall - Access Denied</title><p>Access Denied</p>",
    ),
    "captcha": (
        "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/h/b/x.js></script>",
        "<title>Xác minh</title><p>Vui lòng xác minh bạn không phải là robot.</p><div class='g-recaptcha'></div>",
        "<title>x</title><p>Checking your browser before accessing the site.</p>",
        "<title>x</title><form><p>Nhập mã xác nhận để tiếp tục</p><input name=captcha></form>",
        "<title>x</title><div class='h-captcha' data-sitekey=1></div>",
    ),
    "login": (
        "<title>Đăng nhập</title><form><input name=u><input type=password name=p></form>",
        "<title>Thành Đoàn</title><form><p>Vui lòng đăng nhập để xem nội dung này.</p><input type='password'></form>",
        "<title>Sign in</title><form method=post><h1>Sign in</h1><input name=p type=password></form>",
    ),
}  # fmt: skip
CASES = [(kind, page) for kind, pages in REFUSALS.items() for page in pages]
TEXT = "Các bạn trẻ đã ra quân dọn kênh, trồng cây xanh và tặng quà cho trẻ em có hoàn cảnh khó khăn. " * 6
NEWS = {
    "on captchas": f"<h1>Trang web bắt nhập captcha, Just a moment</h1><p>Nhập mã xác nhận captcha.</p><p>{TEXT}</p>",
    "on a lost child": f"<h1>Không tìm thấy em bé</h1><p>Không tìm thấy</p><p>{TEXT}</p>",
    "on error 404": f"<h1>Lỗi 404 là gì?</h1><p>Trang bạn tìm không tồn tại.</p><p>{TEXT}</p>",
    "on a blocked road": f"<h1>Bạn đã bị chặn</h1><p>Access denied</p><p>{TEXT}</p>",
    "beside a login form": f"<form><p>Đăng nhập</p><input type=password></form><h1>Ra quân hè</h1><p>{TEXT}</p>",
    "with a comment form": f"<h1>Ra quân hè</h1><p>{TEXT}</p><div class=g-recaptcha></div><p>Nhập mã xác nhận</p>",
}
SHORT = (
    "<p>Sáng 26/7, không tìm thấy trang phục phù hợp, các bạn trẻ đã tự may áo dài cho hội thi của quận.</p>",
    "<p>Chiều nay, Đoàn xã ra quân dọn kênh.</p>",
    "<p>Nhà văn hóa thông báo: 404 suất quà đã được trao cho các em nhỏ tại xã đảo.</p>",
)


def page(html: str, url: str = ARTICLE) -> Page:
    site = site_of(url)
    kind = site.kind(url) if site else "other"
    name = site.name if site else bare_host(url)
    return Page(
        url=url,
        html=f"<html><body>{html}</body></html>",
        fetched_at=datetime(2026, 1, 2, tzinfo=UTC),
        site=name,
        kind=kind,
    )


def kind_of(reading: Reading) -> str | None:
    return reading.kind if isinstance(reading, RefusalPageError) else None


@pytest.mark.parametrize("frame", ["{}", "<ul>{menu}</ul>{}{hot}<footer>Bản quyền thuộc Thành Đoàn TP.HCM</footer>"])
@pytest.mark.parametrize(("kind", "html"), CASES)
@pytest.mark.parametrize("url", [ARTICLE, f"{SITE}/Category/446/17", "http://tinh-doan.example/tin/tin-31171.html"])
def test_a_refusal_is_told_by_its_kind(kind: str, html: str, url: str, frame: str) -> None:
    hot = HOT if url == ARTICLE else ""
    assert kind_of(read(page(frame.format(html, menu=MENU, hot=hot), url))) == kind


@pytest.mark.parametrize("form", NEWS)
@pytest.mark.parametrize("wrapped", [True, False])
def test_news_about_refusals_stay_news(form: str, wrapped: bool) -> None:
    body = f"<textarea><html><head></head><body>{NEWS[form]}</body></html></textarea>" if wrapped else NEWS[form]
    assert isinstance(read(page(f"<title>Ra quân</title>{body}")), Article)


@pytest.mark.parametrize("body", SHORT)
def test_a_short_notice_stays_news(body: str) -> None:
    html = f"<title>Thông báo</title>{HOT}<textarea><html><head></head><body>{body}</body></html></textarea>"
    assert isinstance(read(page(html)), Article)


def test_no_page_of_the_sample_site_is_a_refusal() -> None:
    site = SampleSite.load()
    urls = [truth.url for truth in site.truth()] + [f"{SITE}/Category?page=1", f"{SITE}/Category/446/1", f"{SITE}/"]
    for url in urls:
        path = url.removeprefix("http://thanhdoan.hochiminhcity.gov.vn")
        html = site.respond("thanhdoan.hochiminhcity.gov.vn", path).body.decode("utf-8", "replace")
        assert kind_of(read(page(html, url))) is None, url


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real pages are not here; set NEWSCRAWLER_SAMPLES to their folder")
@pytest.mark.parametrize(
    "url", [ARTICLE, f"{SITE}/Category/446/17", "http://bao.example/tin/tin-31171.html", "http://bao.example/"]
)
def test_no_real_page_is_a_refusal(url: str) -> None:
    paths = sorted(SAMPLES.rglob("*.html"))
    assert len(paths) >= 16
    for path in paths:
        assert kind_of(read(page(path.read_text("utf-8", "replace"), url))) is None, path


def test_a_list_with_entries_is_a_list_whatever_it_says() -> None:
    html = f'<p>Không tìm thấy trang</p><ul><li><a href="{ARTICLE}">Ra quân hè ở quận 4</a></li></ul>'
    assert isinstance(read(page(html, f"{SITE}/Category/446/17")), Blocks)
