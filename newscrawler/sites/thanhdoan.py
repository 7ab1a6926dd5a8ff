"""The youth union of Ho Chi Minh City, articles of 2003 to today (facts: sites §1)."""

from newscrawler.reading.layout import Layout
from newscrawler.sites.site import Listing, Requisites, Site

_ROOT = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan"

SITE = Site(
    name="thanhdoan",
    title="Thành Đoàn Thành phố Hồ Chí Minh",
    hosts=("thanhdoan.hochiminhcity.gov.vn", "www.thanhdoan.hochiminhcity.gov.vn"),
    start=(f"{_ROOT}/webtd", f"{_ROOT}/webtd/Category?page=1"),
    article=r"^/thanhdoan/webtd/news/(?P<id>\d+)/?(?:[?]|$)",
    article_url=f"{_ROOT}/webtd/News/{{id}}",
    listings=(
        Listing(
            pattern=r"^/thanhdoan/webtd/category/(?P<series>\d+)(?:/(?P<page>\d{1,9}))?/?(?:[?]|$)",
            url=f"{_ROOT}/webtd/Category/{{series}}/{{page}}",
        ),
        Listing(
            pattern=r"^/thanhdoan/webtd/category/?(?:[?](?:(?:.*&)?page=(?P<page>\d{1,9})(?:&|$))?|$)",
            url=f"{_ROOT}/webtd/Category?page={{page}}",
        ),
    ),
    ids_walk=True,
    # Republished items show pictures from the newspaper's own server (facts: sites §1.3).
    requisites=Requisites(hosts=("cdn.tuoitre.vn",)),
    layout=Layout(
        site_names=(
            "Thành Đoàn TPHCM",
            "Thành Đoàn TP.HCM",
            "Thành Đoàn TP. HCM",
            "Thành Đoàn Thành phố Hồ Chí Minh",
            "Thành Đoàn",
        ),
        language="vi",
        wrapped=True,
        blocks_show="summary",
        end_lines=("Agile Việt Nam",),
        image_folder=f"{_ROOT}/webtd_/data/news/{{year}}/{{month}}/{{id}}/{{name}}",
    ),
)
