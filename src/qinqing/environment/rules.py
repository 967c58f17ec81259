"""Decisions about papers, monitoring and reports: pure, days in Asia/Shanghai, both ends included."""

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qinqing.environment.words import REPORTING, Frequency, PermitClass
from qinqing.kernel.errors import Refused
from qinqing.workdays.words import Tone

SOON_DAYS = 60
"""A paper that ends within so many days is listed (house rule: renewing one takes about two months)."""
REPORT_SOON_DAYS = 15
"""A report due within so many days is listed (house rule)."""
YEARLY_BY = "01-31"
QUARTERLY_DAYS = 15
MONTHLY_DAYS = 15
"""When a report is due where the permit copy was not read yet: by 31 January, 15 days after quarter or month (domain §5.5)."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A lamp: colour and words."""

    tone: Tone
    words: str

    @property
    def is_bad(self) -> bool:
        """Say whether something has to be done."""
        return self.tone in (Tone.SOON, Tone.LATE)


def expiry(ends_on: date | None, today: date) -> Sign:
    """Say how a paper stands; one without a last day stands for good."""
    if ends_on is None:
        return Sign(Tone.CALM, "长期")
    left = (ends_on - today).days
    if left < 0:
        return Sign(Tone.LATE, f"过期{-left}天")
    if left == 0:
        return Sign(Tone.SOON, "今天到期")
    return Sign(Tone.SOON, f"{left}天后到期") if left <= SOON_DAYS else Sign(Tone.OK, "有效")


def in_force(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """Say whether a paper holds on a day."""
    return (starts_on is None or starts_on <= today) and (ends_on is None or today <= ends_on)


def monitoring(*, is_emitting: bool, done: int, wanted: int, reminds_from: date, today: date, year: int) -> Sign | None:
    """Say how a firm's self-monitoring of a year stands; None for a firm that needs none.

    Args:
        is_emitting: the firm is 涉气.
        done: records of that year. wanted: as many are owed.
        reminds_from: from this day of that year the missing ones are listed.

    Source: 附2环-(6)a.
    """
    if not is_emitting:
        return None
    if done >= wanted:
        return Sign(Tone.OK, f"{year}年已监测{done}次" if done else f"{year}年不需监测")
    missing = f"{year}年还差{wanted - done}次"
    if today > date(year, 12, 31):
        return Sign(Tone.LATE, missing)
    return Sign(Tone.SOON if today >= reminds_from else Tone.CALM, missing)


@dataclass(frozen=True, slots=True)
class Report:
    """One 执行报告 that is owed: "2026" for the year, "2026Q3", "2026M11".

    `ends_on` is the last day it is about, `due_on` the last day to send it.
    """

    code: str
    label: str
    ends_on: date
    due_on: date


def reports(permit_class: str, frequencies: Collection[str], year: int, *, yearly_by: str = YEARLY_BY) -> list[Report]:
    """Return the reports owed for a year, by day due. 登记管理 and firms without a permit owe none.

    Args:
        permit_class: a code of `PermitClass`.
        frequencies: codes of `Frequency` as the permit copy says; the yearly report is owed whatever it says.
        year: the year reported on.
        yearly_by: "01-31": last day in the next year for the yearly report.

    Source: 附2环-(6)b.
    """
    if permit_class not in REPORTING:
        return []
    month, day = (int(part) for part in yearly_by.split("-"))
    last = min(day, calendar.monthrange(year + 1, month)[1])
    found = [Report(f"{year}", f"{year}年年报", date(year, 12, 31), date(year + 1, month, last))]
    if Frequency.QUARTER in frequencies:
        for quarter in range(1, 5):
            end = _month_end(year, quarter * 3)
            name = f"{year}年第{quarter}季度季报"
            found.append(Report(f"{year}Q{quarter}", name, end, end + timedelta(days=QUARTERLY_DAYS)))
    if Frequency.MONTH in frequencies:
        for number in range(1, 13):
            end = _month_end(year, number)
            name = f"{year}年{number}月月报"
            found.append(Report(f"{year}M{number:02}", name, end, end + timedelta(days=MONTHLY_DAYS)))
    return sorted(found, key=lambda report: (report.due_on, report.code))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def report_sign(report: Report, sent_on: date | None, today: date) -> Sign:
    """Say how one report stands. Source: 附2环-(6)b."""
    if sent_on is not None:
        late = sent_on > report.due_on
        return Sign(Tone.CALM if late else Tone.OK, f"{sent_on:%m-%d} 已上传" + ("（晚于期限）" if late else ""))
    left = (report.due_on - today).days
    if left < 0:
        return Sign(Tone.LATE, f"超期{-left}天")
    if left <= REPORT_SOON_DAYS:
        return Sign(Tone.SOON, "今天到期" if left == 0 else f"{left}天后到期")
    return Sign(Tone.CALM, f"{report.due_on:%m-%d} 前")


CARD = ("工艺流程", "产污环节", "治理设施", "污染因子", "执行标准", "排污许可类别")
"""What an officer should know of a firm before he goes. Source: 附2环-(4)a."""


def completeness(process: str, permit_class: str, stages: Iterable[Mapping[str, str]]) -> tuple[int, tuple[str, ...]]:
    """Return how complete the card is in per cent, and what is missing. Source: 附2环-(4)a."""
    lines = list(stages)
    has = {
        "工艺流程": bool(process),
        "产污环节": bool(lines),
        "治理设施": bool(lines) and all(line["facility"] for line in lines),
        "污染因子": bool(lines) and all(line["pollutants"] for line in lines),
        "执行标准": bool(lines) and all(line["standard"] for line in lines),
        "排污许可类别": permit_class != PermitClass.UNKNOWN,
    }
    missing = tuple(label for label in CARD if not has[label])
    return round(100 * (len(CARD) - len(missing)) / len(CARD)), missing


def require_order(starts_on: date | None, ends_on: date | None) -> None:
    """Let pass two days in their order.

    Raises:
        Refused: the paper would end before it begins.
    """
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("ends_before_start", "到期日不能早于开始日。", field="ends_on")


def read_yearly_by(raw: str) -> str:
    """Return a day of the year as 01-31; "" is the house's.

    Raises:
        Refused: no such day.
    """
    if not raw:
        return YEARLY_BY
    try:
        month, day = (int(part) for part in raw.replace("月", "-").replace("日", "").split("-"))
        return f"{date(2001, month, day):%m-%d}"
    except ValueError:
        raise Refused("bad_day", "应为月-日，例如 01-31。", field="yearly_by") from None
