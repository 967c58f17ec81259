"""What is questionable about a visit. Each question is a flag for the office, none is a reason to refuse."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from qinqing.checklists.rules.asking import asked
from qinqing.checklists.rules.items import Content, Item
from qinqing.checklists.words import AnswerKind, Mark, Photo
from qinqing.evidence.words import Flag
from qinqing.patrol.rules.reading import GivenAnswer, GivenRun

CLOCK_MARGIN = timedelta(minutes=10)
"""Beyond it a phone's clock is called wrong; its records are corrected all the same."""
NAMED = 3
"""How many items a flag names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How a run came out. `other`: answered in words, numbers, days."""

    ok: int = 0
    bad: int = 0
    na: int = 0
    other: int = 0
    blank: int = 0

    @property
    def answered(self) -> int:
        """Return how many items have an answer."""
        return self.ok + self.bad + self.na + self.other


def counts(content: Content, answers: Collection[GivenAnswer]) -> Counts:
    """Return how many items were answered how; repeats of an item each count, items asked and never answered are blank."""
    given = [one for one in answers if one.value or one.photos]
    known = content.by_key
    marks = [one.value for one in given if one.item not in known or known[one.item].answer == AnswerKind.YN]
    ok, bad, na = (marks.count(mark.value) for mark in (Mark.OK, Mark.BAD, Mark.NA))
    values = _values(given)
    blank = sum(1 for key in asked(content, values) if key not in values)
    return Counts(ok, bad, na, len(given) - ok - bad - na, blank)


def about_answers(
    run: GivenRun, title: str, content: Content, *, sent: Collection[object], has_place: bool
) -> list[Flag]:
    """Return what is questionable about the answers to one checklist; `sent` are the ids of the photos on the manifest."""
    given = {one.item: one for one in run.answers}
    values = _values(run.answers)
    due = [content.by_key[key] for key in asked(content, values)]
    strange = [one.text or one.item for one in run.answers if one.item not in content.by_key]
    lost = [one.text or one.item for one in run.answers if any(photo not in sent for photo in one.photos)]
    unplaced = [i.text for i in due if i.place and not has_place and _is_bad(given.get(i.key))]
    found = [
        ("item_blank", "必答的项目没有答", [i.text for i in due if i.required and i.key not in values]),
        ("item_unknown", "有清单里没有的项目", strange),
        ("photo_missing", "应附照片的项目没有照片", [i.text for i in due if _lacks_photo(i, given.get(i.key))]),
        ("attachment_unknown", "提到的照片不在上传清单里", lost),
        ("place_missing", "要求定位的项目没有位置", unplaced),
    ]
    return [Flag(code, f"《{title}》{words}：{_named(texts)}。") for code, words, texts in found if texts]


def _values(answers: Collection[GivenAnswer]) -> dict[str, str]:
    """Return what was answered, by item: an item with a picture and no word is answered as well."""
    return {one.item: one.value for one in answers if one.value or one.photos}


def _is_bad(answer: GivenAnswer | None) -> bool:
    return answer is not None and answer.value == Mark.BAD


def _lacks_photo(item: Item, answer: GivenAnswer | None) -> bool:
    if answer is not None and answer.photos:
        return False
    if item.photo == Photo.REQUIRED:
        return answer is not None and answer.value not in ("", Mark.NA)
    return item.photo == Photo.ON_FAIL and _is_bad(answer)


def _named(texts: list[str]) -> str:
    shown = "；".join(text[:30] for text in texts[:NAMED])
    return shown if len(texts) <= NAMED else f"{shown}等{len(texts)}项"


def about_clock(offset_ms: int | None) -> list[Flag]:
    """Return what is questionable about the phone's clock (its time minus ours)."""
    if offset_ms is None:
        return [Flag("clock_unknown", "手机没有和服务器对过时间，时间按手机的记。")]
    off = timedelta(milliseconds=abs(offset_ms))
    if off <= CLOCK_MARGIN:
        return []
    which = "快" if offset_ms > 0 else "慢"
    return [Flag("clock_skew", f"手机时间比服务器{which}{_length(off)}，已按服务器时间校正。")]


def about_times(started: datetime, finished: datetime, received: datetime) -> list[Flag]:
    """Return what is questionable about when the visit was, after correction."""
    if started > received + CLOCK_MARGIN or finished > received + CLOCK_MARGIN:
        return [Flag("time_ahead", "记录的时间在收到之后，请核对。")]
    if finished < started or finished - started > timedelta(hours=24):
        return [Flag("time_odd", "开始和结束时间对不上，请核对。")]
    return []


def about_quiet(quiet: str, exception: str) -> list[Flag]:
    """Return the flag of an ordinary visit within quiet days (`quiet` names them, "" none) that gives no reason.

    Source: 三要(四)-3.
    """
    return [Flag("quiet_day", f"在{quiet}走访，没有写明理由。")] if quiet and not exception else []


def _length(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 2880 else f"{minutes // 1440}天"
