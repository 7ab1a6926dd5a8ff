"""The two tables of date forms that were measured, and how each is printed on any day (facts: reliability §3c, news
§4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LATER = datetime(2021, 1, 15, 10, 0, tzinfo=VIETNAM)
"""When the pages are fetched, where the form does not count back from it."""
WEEKDAYS = ["hai", "ba", "tư", "năm", "sáu", "bảy"]
MONTHS = ["Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"]
ENGLISH = "January February March April May June July August September October November December".split()
DAYS = [date(year, 1, 1) + timedelta(days=n) for year, length in ((2018, 365), (2020, 366)) for n in range(length)]
"""Every day of a year, and of a leap year."""


@dataclass(frozen=True)
class Form:
    """One way to print a moment: d, m as short as can be, dd, mm of two digits, y the year, w the weekday."""

    text: str
    clock: str = ""
    """The time that is to be read, seconds included; empty where the form has none."""
    back: int | None = None
    """The page is fetched so many days after the day that is meant, at 10:00 in Vietnam."""

    def printed(self, day: date) -> str:
        """The form on a day."""
        number = day.weekday()
        at = datetime.combine(day, time(8, 15), VIETNAM)
        return self.text.format(
            d=day.day,
            dd=f"{day.day:02}",
            m=day.month,
            mm=f"{day.month:02}",
            y=day.year,
            yy=f"{day.year % 100:02}",
            w="Chủ nhật" if number == 6 else f"Thứ {WEEKDAYS[number]}",
            W="Chủ Nhật" if number == 6 else f"Thứ {WEEKDAYS[number].capitalize()}",
            w2="Chủ nhật" if number == 6 else f"Thứ {number + 2}",
            t2="CN" if number == 6 else f"T{number + 2}",
            mon=f"{day:%a}",
            jan=ENGLISH[day.month - 1][:3],
            january=ENGLISH[day.month - 1],
            Một=MONTHS[day.month - 1],
            một=MONTHS[day.month - 1].lower(),
            epoch=int(at.timestamp()),
        )

    def value(self, day: date) -> str:
        """What is to be read."""
        return f"{day.isoformat()}T{self.clock}+07:00" if self.clock else day.isoformat()

    @property
    def precision(self) -> str:
        return "minute" if self.clock else "day"

    def fetched_at(self, day: date) -> datetime:
        """When the page was fetched that shows it."""
        return LATER if self.back is None else datetime.combine(day + timedelta(days=self.back), time(10), VIETNAM)


RELIABILITY = (
    Form("{d}/{m}/{y}"),
    Form("{d}/{mm}/{y}"),
    Form("{dd}/{mm}/{y}"),
    Form("{dd}/{mm}/{y} 00:00", "00:00:00"),
    Form("{dd}/{m}/{y}"),
    Form("{dd}-{mm}-{y}"),
    Form("{dd}.{mm}.{y}"),
    Form("{d}.{m}.{yy}"),
    Form("{dd}/{mm}/{y} 14:30", "14:30:00"),
    Form("14:30 {dd}/{mm}/{y}", "14:30:00"),
    Form("14:30 | {dd}/{mm}/{y}", "14:30:00"),
    Form("{dd}/{mm}/{y} - 14:30", "14:30:00"),
    Form("{W}, {dd}/{mm}/{y}, 14:30 (GMT+7)", "14:30:00"),
    Form("{w}, {dd}/{mm}/{y}"),
    Form("{W}, {d}/{m}/{y} | 14:30 GMT+7", "14:30:00"),
    Form("{w}, ngày {dd}/{mm}/{y} 14:30", "14:30:00"),
    Form("{w2}, ngày {d} tháng {m} năm {y}"),
    Form("ngày {d} tháng {m} năm {y}"),
    Form("Ngày {dd} tháng {mm} năm {y}"),
    Form("{d} tháng {m}, {y}"),
    Form("Tháng {m} {d}, {y}"),
    Form("{dd}/{mm}/{y} 02:30 CH", "14:30:00"),
    Form("{dd}/{mm}/{y} 02:30:15 PM", "14:30:15"),
    Form("CN, {dd}/{mm}/{y}"),
    Form("Chủ nhật, {dd}/{mm}/{y} 08:00", "08:00:00"),
    Form("{y}-{mm}-{dd}T14:30:00+07:00", "14:30:00"),
    Form("{y}-{mm}-{dd} 14:30:00", "14:30:00"),
    Form("({dd}/{mm}/{y})"),
    Form("ngày {d}/{m}", back=14),
    Form("3 giờ trước", "07:00:00", back=0),
    Form("2 ngày trước", back=2),
    Form("hôm qua", back=1),
    Form("Hôm nay, 14:30", "14:30:00", back=0),
    Form("{dd} Tháng {Một} {y}"),
    Form("{d} Tháng {một}, {y}"),
    Form("Cập nhật: {dd}/{mm}/{y} 14:30", "14:30:00"),
    Form("Đăng lúc 14h30, {dd}/{mm}/{y}", "14:30:00"),
    Form("14h30 ngày {dd}/{m}/{y}", "14:30:00"),
    Form("02:30 chiều {dd}/{mm}/{y}", "14:30:00"),
    Form("14 giờ 30 phút ngày {dd}/{m}/{y}", "14:30:00"),
)
"""The 40 forms of reliability §3c: the 33 that dateparser reads, in the order of that list, then the 7 it does not."""

NEWS = (
    # what the best library fails on
    Form("8 giờ 15 phút ngày {d}/{m}/{y}", "08:15:00"),
    Form("8h15 ngày {d}/{m}/{y}", "08:15:00"),
    Form("{t2}, {dd}/{mm}/{y}"),
    Form("Cập nhật: {dd}/{mm}/{y} 08:15", "08:15:00"),
    Form("Đăng lúc: {dd}/{mm}/{y} 08:15", "08:15:00"),
    Form("Đăng ngày {dd}/{mm}/{y}"),
    Form("{dd} Th{m} {y}"),
    Form("{mon}, {dd} {jan} {y} 08:15:00 +0700", "08:15:00"),
    Form("/Date({epoch}000)/", "08:15:00"),
    # whole-page probes, and NukeViet
    Form("{W}, {dd}/{mm}/{y} | 08:15 GMT+7", "08:15:00"),
    Form("08:15 SA - {dd}/{mm}/{y}", "08:15:00"),
    Form("{dd}/{mm}/{y} 08:15:00", "08:15:00"),
    Form("{y}-{mm}-{dd}+0708:15:00", "08:15:00"),
    Form("{y}-{mm}-{dd}ICT08:15:00", "08:15:00"),
    Form("{w} - {dd}/{mm}/{y} 08:15", "08:15:00"),
    Form("08:15 {dd}/{mm}/{y}", "08:15:00"),
    Form("({dd}/{mm}/{y})"),
    # sister sites and real pages (sites §2 and §3)
    Form("{dd}\n{mm}\n{y}"),
    Form("Ngày cập nhật {dd}/{mm}/{y}"),
    Form("{dd} tháng {mm} năm {y}"),
    Form("{dd}/{mm}/{y} 08:15 GMT+7", "08:15:00"),
    Form("{w}, {dd}/{mm}/{y} - 08:07", "08:07:00"),
    Form("{w}, {d}/{m}/{y}, 00:05 (GMT+7)", "00:05:00"),
    Form("{dd}-{mm}-{y} - 00:01 AM", "00:01:00"),
    Form("00:35 AM {dd}/{mm}/{y}", "00:35:00"),
    Form("{dd}-{mm}-{y} - 14:30 PM", "14:30:00"),
    Form("23:02 , {dd}/{mm}/{y}", "23:02:00"),
    Form("- {dd}/{mm}/{y} 08:47", "08:47:00"),
    Form("{y}-{mm}-{dd}T08:06:00+07:00", "08:06:00"),
    Form("{y}-{mm}-{dd}T00:01:00", "00:01:00"),
    Form("{y}-{mm}-{dd}T08:52:11.000 +07:00", "08:52:11"),
    Form("{y}-{mm}-{dd}T08:15:00&#x2B;07:00", "08:15:00"),
    Form("{y}-{mm}-{dd}T01:15:00Z", "08:15:00"),
    Form("{y}-{mm}-{dd}T08:15:00+0700", "08:15:00"),
    Form("{y}-{mm}-{dd}"),
    # other systems of the same kind
    Form("{mon}, {dd} {jan} {y} 01:15:00 GMT", "08:15:00"),
    Form("{january} {d}, {y}"),
    Form("{d} {january} {y} at 8:15 AM", "08:15:00"),
    Form("{d} thg {m}, {y}"),
    Form("Th{mm} {dd}, {y}"),
    Form("{w}, ngày {dd} tháng {mm} năm {y} 8h", "08:00:00"),
    Form("8 giờ sáng {dd}/{mm}/{y}", "08:00:00"),
    Form("11 giờ khuya {dd}/{mm}/{y}", "23:00:00"),
)
"""The 43 of news §4. The facts give their number and the traits of most; where they name no string, it is one of the
forms that sites §2 and §3 saw, or that the systems of such sites print."""
