"""Reading a State Council notice: the holiday-cn JSON, or rows of a table. Every mistake names its row."""

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean
from qinqing.workdays.rules.explain import weekday
from qinqing.workdays.rules.statutory import FIRST_YEAR, LAST_YEAR, statutory_days
from qinqing.workdays.words import Mark

BIGGEST_FILE = 1_000_000
LONGEST_TEXT = 100_000
MOST_DAYS = 120
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")
_WORDS = {
    Mark.REST: {"放假", "休", "休息", "假", "off", "rest", "true"},
    Mark.WORK: {"上班", "班", "调休", "调休上班", "补班", "on", "work", "false"},
}


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One line of a notice: a day off, or a weekend day worked."""

    on: date
    mark: Mark
    label: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A year's notice as read. `warnings` are 中文 sentences for a second look; they do not stand in the way."""

    year: int
    papers: tuple[str, ...]
    days: tuple[NoticeDay, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one day when a notice is taken in: 中文 words before and after, e.g. 周末 → 春节调休上班."""

    on: date
    before: str
    after: str

    @property
    def day(self) -> str:
        """Return the day in words: 2027年2月9日 周二."""
        return f"{self.on.year}年{self.on.month}月{self.on.day}日 {weekday(self.on)}"


def decode(raw: bytes) -> str:
    """Return the text of a file as saved by an editor or by a Chinese spreadsheet.

    Raises:
        Refused: too big for a notice, or no text.
    """
    if len(raw) > BIGGEST_FILE:
        raise Refused("notice_too_long", "文件超过1 MB，不像一份放假通知。", field="file")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("notice_not_text", "文件不是文本，请另存为 UTF-8 的 JSON 或 CSV。", field="file")


def read_notice(text: str, *, year: int | None = None, source: str = "") -> Notice:
    """Return the notice in a text: `{year, papers, days: [{name, date, isOffDay}]}`, or rows of date, name, 放假/上班.

    Args:
        text: JSON or comma/tab separated rows, with or without a line of headings.
        year: for rows: the notice's year; without it the year most rows are in.
        source: the notice's title or number, added to the papers named in the JSON.

    Raises:
        Refused: nothing to read, or a row that cannot be right; the sentence names row and reason.
    """
    if len(text) > LONGEST_TEXT:
        raise _refuse("notice_too_long", f"内容超过{LONGEST_TEXT}字，不像一份放假通知，请只粘贴通知的数据。")
    text = text.replace("\ufeff", "").strip()
    if not text:
        raise _refuse("notice_empty", "没有内容，请粘贴通知的数据或选择文件。")
    if text[0] in "{[":
        year, papers, days = _from_json(text)
    else:
        papers, days = [], list(_from_rows(text))
        year = year or _usual_year(days)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refuse("notice_bad_year", f"年份应在{FIRST_YEAR}年至{LAST_YEAR}年之间，文件里是{year}。")
    if not days:
        raise _refuse("notice_without_days", f"{year}年的文件里没有任何日期（国务院通知可能尚未公布），未导入。")
    if len(days) > MOST_DAYS:
        raise _refuse("notice_too_long", f"共有{len(days)}个日期，超过{MOST_DAYS}个，不像一年的放假通知。")
    _check(days, year)
    papers = [*papers, *([clean(source)[:200]] if clean(source) else [])]
    rows = tuple(sorted((day for _, day in days), key=lambda day: day.on))
    return Notice(year, tuple(dict.fromkeys(papers)), rows, tuple(_warnings(year, papers, rows)))


def missing_years(confirmed: Iterable[int], today: date) -> tuple[int, ...]:
    """Return the years whose notice should be in by now and is not: this year's always, next year's from 1 November."""
    wanted = [today.year] + ([today.year + 1] if today.month >= 11 else [])
    known = set(confirmed)
    return tuple(year for year in wanted if year not in known)


def _from_json(text: str) -> tuple[int, list[str], list[tuple[str, NoticeDay]]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        where = (
            f"第{fault.lineno}行第{fault.colno}列附近有误" if isinstance(fault, json.JSONDecodeError) else "无法读取"
        )
        raise _refuse("notice_not_json", f"JSON 格式不对：{where}。") from None
    if not isinstance(found, dict) or not isinstance(found.get("days"), list):
        raise _refuse("notice_not_json", "JSON 里应有 year 和 days 两项，days 为日期的列表。")
    year = found.get("year")
    if isinstance(year, bool) or not isinstance(year, int):
        raise _refuse("notice_bad_year", "JSON 里的 year 应是年份数字，如 2027。")
    papers = found.get("papers") or []
    if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
        raise _refuse("notice_not_json", "JSON 里的 papers 应是通知网址或文号的列表。")
    days = [_json_day(place, row) for place, row in enumerate(found["days"], 1)]
    return year, [clean(paper)[:200] for paper in papers if clean(paper)], days


def _json_day(place: int, row: Any) -> tuple[str, NoticeDay]:
    where = f"第{place}条"
    if not isinstance(row, dict):
        raise _bad_row(where, "应是含 name、date、isOffDay 的一项")
    name, on, off = row.get("name"), row.get("date"), row.get("isOffDay")
    if not isinstance(off, bool):
        raise _bad_row(where, "isOffDay 应为 true（放假）或 false（上班）")
    if not isinstance(on, str) or (day := _date(on)) is None:
        raise _bad_row(where, f"日期“{_short(on)}”不对，应如 2027-01-01")
    if not isinstance(name, str) or not clean(name):
        raise _bad_row(where, "缺少节日名称")
    return where, NoticeDay(day, Mark.REST if off else Mark.WORK, clean(name)[:20])


def _from_rows(text: str) -> Iterator[tuple[str, NoticeDay]]:
    text = text.replace("，", ",").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    reader = csv.reader(text.split("\n"), delimiter="\t" if "\t" in text else ",")
    try:
        lines = [(place, [clean(cell) for cell in line]) for place, line in enumerate(reader, 1)]
    except csv.Error:
        raise _refuse("notice_not_rows", "表格无法读取，请检查引号是否成对。") from None
    for place, cells in lines:
        if not any(cells):
            continue
        on = _date(cells[0])
        if on is None:
            if place == 1 and not re.search(r"\d", cells[0]):
                continue  # the line of headings
            raise _bad_row(f"第{place}行", f"日期“{_short(cells[0])}”不对，应如 2027-01-01")
        yield f"第{place}行", _row_day(place, on, cells[1:])


def _row_day(place: int, on: date, cells: list[str]) -> NoticeDay:
    """Read name and 放假/上班 in either order: people's tables differ."""
    for at, cell in enumerate(cells):
        for mark, words in _WORDS.items():
            if cell.lower() in words:
                label = next((other for i, other in enumerate(cells) if i != at and other), "")
                if not label:
                    raise _bad_row(f"第{place}行", "缺少节日名称")
                return NoticeDay(on, mark, label[:20])
    raise _bad_row(f"第{place}行", "没有写明“放假”还是“上班”")


def _check(days: list[tuple[str, NoticeDay]], year: int) -> None:
    """Refuse days that no notice of this year can hold."""
    seen: dict[date, str] = {}
    first, last = date(year - 1, 12, 1), date(year + 1, 1, 31)
    for where, day in days:
        title = f"{where}（{day.on} {day.label}）"
        if not first <= day.on <= last:
            raise _bad_row(title, f"不在{year}年（或相邻的上年12月、次年1月）内")
        if day.on in seen:
            raise _bad_row(title, f"与{seen[day.on]}是同一天")
        if day.mark == Mark.WORK and day.on.weekday() < 5:
            raise _bad_row(title, "本来就是工作日，只有周六、周日才会调为上班")
        if day.mark == Mark.WORK and day.on in statutory_days(day.on.year):
            raise _bad_row(title, f"是法定节日{statutory_days(day.on.year)[day.on]}，不能调为上班")
        seen[day.on] = where


def _warnings(year: int, papers: list[str], days: tuple[NoticeDay, ...]) -> Iterator[str]:
    listed = {day.on for day in days}
    absent: dict[str, list[date]] = {}
    for on, label in statutory_days(year).items():
        if on not in listed and on.weekday() < 5:
            absent.setdefault(label, []).append(on)
    for label, dates in absent.items():
        named = "、".join(f"{on.month}月{on.day}日" for on in dates)
        yield f"没有列出{label}（{named}）。法定节日仍按放假计算，但请核对内容是否完整。"
    if not papers:
        yield "没有写明通知的文号或网址，日后难以核对。"


def _usual_year(days: list[tuple[str, NoticeDay]]) -> int:
    if not days:
        raise _refuse("notice_empty", "没有读到任何日期，请粘贴通知的数据。")
    return Counter(day.on.year for _, day in days).most_common(1)[0][0]


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _short(value: object) -> str:
    return clean(str(value))[:20]


def _refuse(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, field="text")


def _bad_row(where: str, reason: str) -> Refused:
    return _refuse("notice_bad_row", f"{where}：{reason}。整份未导入。")
