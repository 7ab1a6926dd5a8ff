# ruff: noqa: E501  words and markup are data
"""Sentences put together by chance, in Vietnamese and English; no two pages share a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Tongue = Literal["vi", "en"]

_WHO: dict[Tongue, str] = {
    "vi": "Đoàn phường|Hội Liên hiệp thanh niên|Ban chấp hành Đoàn trường|Câu lạc bộ tình nguyện|Chi đoàn cơ quan|Nhà văn hoá"
    "|Đội hình áo xanh|Ban tổ chức|Lãnh đạo địa phương|Nhóm sinh viên năm cuối|Uỷ ban nhân dân xã|Trung tâm công tác xã hội"
    "|Các bạn đoàn viên|Bà con trong ấp|Những người thợ trẻ|Thầy cô giáo|Hội đồng Đội|Liên đoàn lao động",
    "en": "The city council|A group of students|The harbour office|Her former coach|The ministry|Local farmers|The committee"
    "|Two volunteers|The museum's director|Rail workers|The small bakery|Researchers at the institute|A spokesman|The union"
    "|Parents of the pupils|The regional court|An elderly captain|The theatre company",
}
_DID: dict[Tongue, str] = {
    "vi": "đã trao|vừa khánh thành|đang chuẩn bị|sẽ tổ chức|phối hợp sửa chữa|quyên góp được|trồng mới|bàn giao|vận động xây|dọn sạch"
    "|hướng dẫn cách làm|kiểm tra|ghi nhận|đề xuất|hoàn thành|tiếp nhận|giới thiệu|thảo luận về",
    "en": "opened|has repaired|will discuss|refused to close|counted|is preparing|wrote about|handed over|sold|measured|moved"
    "|has asked for|will rebuild|found|planted|praised|inspected|is drafting",
}
_WHAT: dict[Tongue, str] = {
    "vi": "cây cầu bê tông|thư viện lưu động|tủ sách miễn phí|sân chơi thiếu nhi|hàng dừa ven kênh|suất học bổng|căn nhà tình bạn"
    "|tuyến đường hoa|lớp học bơi|phiên chợ không đồng|bồn nước sạch|vườn rau của trường|chuyến xe đêm|hội trại truyền thống"
    "|công trình thắp sáng|cuộc thi ảnh|giải bóng chuyền|bản đồ số",
    "en": "the old lighthouse|a footbridge|three school kitchens|the archive of letters|a night bus|the flooded orchard|new rules"
    "|the village clock|a public swimming pool|forty bicycles|the broken water main|a plan for cheaper tickets|the choir's hall"
    "|a map of wells|the ferry timetable|an open workshop|the last paper mill|winter shelters",
}
_HOW: dict[Tongue, str] = {
    "vi": "trong tuần lễ đầu của chiến dịch|với sự giúp sức của hơn một trăm người|dù trời mưa suốt buổi sáng|ngay sau giờ tan học"
    "|bằng nguồn vốn xã hội hoá|theo kế hoạch từ đầu năm|tại ba ấp vùng sâu|cho các em có hoàn cảnh khó khăn|trước mùa nước nổi"
    "|với tổng kinh phí gần hai trăm triệu đồng|nhân ngày hội non sông|sau nhiều lần khảo sát|để bà con đi lại thuận tiện"
    "|trong niềm vui của mọi người|mà không dùng ngân sách|suốt hai ngày cuối tuần",
    "en": "before the first frost|with money from a small fund|despite heavy rain|after a vote of nine to two|near the eastern gate"
    "|for the third year in a row|without waiting for permission|over the long weekend|in front of a few dozen neighbours"
    "|according to papers seen by this newspaper|at a cost of two million|as the summer season began|with help from retired builders"
    "|along the northern shore|while the talks went on|only days after the storm",
}
_WHY: dict[Tongue, str] = {
    "vi": "Theo kế hoạch|Được biết|Trước đó|Dịp này|Ngoài ra|Đến nay|Cũng trong buổi sáng|Nhờ vậy|Từ đầu tháng|Sau lễ phát động",
    "en": "By then|Earlier in the week|According to the report|Since the spring|Meanwhile|In the end|For many|On Monday|Until now|Later",
}


@dataclass
class Words:
    """A source of sentences."""

    chance: Random
    tongue: Tongue

    def pick(self, table: dict[Tongue, str]) -> str:
        return self.chance.choice(table[self.tongue].split("|"))

    def clause(self) -> str:
        number = self.chance.randint(3, 980)
        counted = f" ({number})" if self.chance.random() < 0.2 else ""
        return f"{self.pick(_WHO)} {self.pick(_DID)} {self.pick(_WHAT)}{counted} {self.pick(_HOW)}"

    def sentence(self) -> str:
        text = self.clause()
        if self.chance.random() < 0.35:
            text = f"{self.pick(_WHY)}, {text[0].lower() if self.tongue == 'en' else text[0]}{text[1:]}"
        if self.chance.random() < 0.3:
            joint = " và " if self.tongue == "vi" else ", and "
            rest = self.clause()
            text += joint + rest[0].lower() + rest[1:]
        return text + "."

    def paragraph(self, least: int = 1, most: int = 4) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(least, most)))

    def paragraphs(self, count: int) -> list[str]:
        return [self.paragraph() for _ in range(count)]

    def title(self) -> str:
        return f"{self.pick(_WHO)} {self.pick(_DID)} {self.pick(_WHAT)}"

    def heading(self) -> str:
        text = f"{self.pick(_WHAT)} {self.pick(_HOW)}"
        return text[0].upper() + text[1:]

    def caption(self) -> str:
        return f"{self.pick(_WHAT)[:1].upper()}{self.pick(_WHAT)[1:]} {self.pick(_HOW)}."

    def name(self) -> str:
        first = "Nguyễn|Trần|Lê|Phạm|Võ|Đặng" if self.tongue == "vi" else "Ada|Ruth|Tom|Noel|Edith|Karl"
        last = "Thu An|Minh Đức|Hoài Nam|Thanh Trúc" if self.tongue == "vi" else "Marsh|Oakley|Penn|Thorne"
        return f"{self.chance.choice(first.split('|'))} {self.chance.choice(last.split('|'))}"

    def of(self, vietnamese: str, english: str) -> str:
        """One of several words, parted by bars, in this tongue."""
        return self.chance.choice((vietnamese if self.tongue == "vi" else english).split("|"))
