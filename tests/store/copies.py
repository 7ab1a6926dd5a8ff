"""Texts that are copies of one another, and texts that only look so: made from the sample site's articles and from
forms, all with a fixed seed.

A copy is what other sites make of a text: another byline, the last paragraph cut, a quote put in, a lede set before
it, names of places written out. A form is what one office writes each week: the same words, with other dates, places,
people and numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from newscrawler.demo import SampleSite

SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLES = "Văn Thị Minh Ngọc Thanh Hữu Quốc Gia Bảo Kim Đức Xuân Thu Hoài".split()
GIVENS = "An Bình Châu Dũng Giang Hạnh Khôi Lan Mai Nam Oanh Phúc Quyên Sơn Thảo Uyên Vinh Yến".split()
WARDS = "Bến Nghé,Tân Định,Đa Kao,Cầu Kho,Thảo Điền,An Phú,Linh Trung,Hiệp Bình,Tăng Nhơn,Phước Long,Bình Thọ".split(
    ","
)
HALLS = "hội trường A,nhà văn hoá,hội trường lầu 2,sân trường tiểu học,phòng họp số 4,trung tâm văn hoá".split(",")
QUOTES = (
    "“Điều tôi nhớ nhất là các bạn đến sớm hơn giờ hẹn, và không ai về trước khi sân được quét sạch”, {who} chia sẻ.",
    "Theo {who}, cái khó không phải là kinh phí mà là giữ được nhịp làm đều mỗi tuần khi mọi người đều bận học.",
    "Bà con ở đây, như lời {who}, lúc đầu còn ngại, sau quen dần rồi cứ đến thứ bảy là mang nước ra mời cả đội.",
)
WEEKLY = (
    "Thường trực Đoàn phường {ward} kính mời các chi đoàn tham dự buổi sinh hoạt chuyên đề tuần này, tổ chức lúc {hour} giờ "
    "ngày {day}/{month} tại {hall}.",
    "Nội dung buổi sinh hoạt gồm điểm tin trong tuần, phổ biến kế hoạch công tác của tháng {month}, góp ý cho công trình "
    "thanh niên của phường và trao đổi về việc rèn luyện của đoàn viên. Báo cáo viên là {who}.",
    "Mỗi chi đoàn cử ít nhất {number} đoàn viên tham dự, có mặt trước giờ khai mạc mười lăm phút để ổn định chỗ ngồi. Chi "
    "đoàn vắng mặt phải có văn bản gửi về văn phòng Đoàn phường trước ngày {before}/{month}.",
    "Đề nghị các đồng chí bí thư chi đoàn quan tâm triển khai để buổi sinh hoạt đạt kết quả tốt. Mọi thắc mắc xin liên hệ "
    "văn phòng Đoàn phường trong giờ hành chính, gặp {contact} để được hướng dẫn.",
)
CONGRESS = (
    "Ngày {day}/{month}, Đoàn phường {ward} tổ chức Đại hội đại biểu nhiệm kỳ mới với sự tham dự của {number} đại biểu đại "
    "diện cho đoàn viên thanh niên trên địa bàn.",
    "Đại hội đã nghe báo cáo tổng kết công tác Đoàn và phong trào thanh thiếu nhi nhiệm kỳ qua, thảo luận phương hướng của "
    "nhiệm kỳ tới và thông qua các chỉ tiêu lớn. Trong nhiệm kỳ, các chi đoàn đã thực hiện {works} công trình thanh niên, "
    "kết nạp {members} đoàn viên mới và giới thiệu {chosen} đoàn viên ưu tú cho Đảng.",
    "Phát biểu tại Đại hội, {who} ghi nhận những kết quả mà tuổi trẻ phường đạt được, đồng thời đề nghị Ban chấp hành mới "
    "quan tâm hơn đến thanh niên công nhân ở các khu nhà trọ.",
    "Đại hội đã bầu Ban chấp hành gồm {seats} đồng chí. {contact} được tín nhiệm giữ chức Bí thư Đoàn phường.",
)
PRAISE = (
    "Ban Thường vụ Thành Đoàn vừa có quyết định tuyên dương {who}, đoàn viên chi đoàn khu phố {seats}, phường {ward}, vì đã "
    "dũng cảm cứu người gặp nạn trong lúc nguy cấp.",
    "Theo hồ sơ khen thưởng, khi phát hiện sự việc, đoàn viên {who} đã không ngại hiểm nguy, kịp thời đưa người bị nạn vào "
    "nơi an toàn, gọi cấp cứu và ở lại cho đến khi gia đình của họ có mặt.",
    "Hành động ấy thể hiện tinh thần xung kích của tuổi trẻ thành phố, là tấm gương để đoàn viên thanh niên học tập. Thành "
    "Đoàn đề nghị các cơ sở Đoàn tuyên truyền rộng rãi gương người tốt việc tốt này trên các trang thông tin của mình.",
)
FORMS = (WEEKLY, CONGRESS, PRAISE)
Edit = Callable[[list[str], Random], list[str]]


def person(random: Random) -> str:
    return " ".join(random.choice(names) for names in (SURNAMES, MIDDLES, GIVENS))


def originals() -> list[list[str]]:
    """The paragraphs of each article of the sample site."""
    return [list(truth.paragraphs) for truth in SampleSite.load().truth()]


def filled(form: tuple[str, ...], random: Random) -> list[str]:
    """One week's, one ward's, one person's copy of a form."""
    day = random.randint(4, 28)
    numbers = {name: random.randint(5, 99) for name in ("number", "works", "members", "chosen", "seats")}
    when = {
        "day": day,
        "month": random.randint(1, 12),
        "before": day - random.randint(1, 3),
        "hour": random.choice((8, 14, 19)),
    }
    where = {"ward": random.choice(WARDS), "hall": random.choice(HALLS)}
    who = {"who": person(random), "contact": person(random)}
    return [paragraph.format(**numbers, **when, **where, **who) for paragraph in form]


def _same(text: list[str], random: Random) -> list[str]:
    return text


def _signed(text: list[str], random: Random) -> list[str]:
    return [*text, person(random).upper(), "(Theo trang tin Thành Đoàn)"]


def _cut(text: list[str], random: Random) -> list[str]:
    return text[:-1]


def _quoted(text: list[str], random: Random) -> list[str]:
    place = random.randint(1, len(text) - 1)
    return [*text[:place], random.choice(QUOTES).format(who=person(random)), *text[place:]]


def _other_quote(text: list[str], random: Random) -> list[str]:
    """A sentence gives way to what somebody else said."""
    place = random.randrange(len(text))
    sentences = text[place].split(". ")
    sentences[random.randrange(len(sentences))] = random.choice(QUOTES).format(who=person(random)).removesuffix(".")
    return [*text[:place], ". ".join(sentences), *text[place + 1 :]]


def _with_lede(text: list[str], random: Random) -> list[str]:
    return [f"TTO - {text[-1].split('. ')[0]}.", *text]


def _written_out(text: list[str], random: Random) -> list[str]:
    pairs = (
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        (" và ", " & "),
        ("“", '"'),
        ("”", '"'),
    )
    for old, new in pairs:
        text = [paragraph.replace(old, new) for paragraph in text]
    return [" ".join(text)]


EDITS: dict[str, Edit] = {
    "same": _same,
    "byline": _signed,
    "cut": _cut,
    "quote put in": _quoted,
    "other quote": _other_quote,
    "lede": _with_lede,
    "house style": _written_out,
    "cut, signed": lambda text, random: _signed(_cut(text, random), random),
    "other quote, signed": lambda text, random: _signed(_other_quote(text, random), random),
}


def copies(seed: int) -> Iterator[tuple[str, str, str]]:
    """(kind of edit, original, copy), of texts of the sample site and of one filled form each."""
    random = Random(seed)
    sources = originals() + [filled(form, random) for form in FORMS for _ in range(5)]
    for text in sources:
        for kind, edit in EDITS.items():
            yield kind, "\n\n".join(text), "\n\n".join(edit(text, random))


def look_alikes(seed: int, count: int) -> list[str]:
    """Texts that are no copies of one another: so many of each form."""
    random = Random(seed)
    return ["\n\n".join(filled(form, random)) for form in FORMS for _ in range(count)]
