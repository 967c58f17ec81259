"""Visits of the demonstration town as phones would bring them, with what is owed, announced and still missing. All invented."""

import io
import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PIL import Image, ImageDraw

from qinqing.checklists import reads as checklists
from qinqing.demo.cast import BOOK, Cast
from qinqing.enterprises import reads as enterprises
from qinqing.evidence import actions as evidence
from qinqing.evidence import reads as pictures
from qinqing.evidence.words import Record, Sent
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.patrol import actions
from qinqing.patrol.actions.answers import answer_plan
from qinqing.patrol.actions.duties import lay_out
from qinqing.patrol.actions.inspections import register_inspection
from qinqing.patrol.actions.plans import plan_visit
from qinqing.patrol.actions.visits import note_city
from qinqing.people import reads as people
from qinqing.plan import reads as plans
from qinqing.workdays import reads as workdays

if TYPE_CHECKING:
    from qinqing.checklists.rules.items import Item

BEGAN_DAYS_AGO = 60
_PLAIN = {"number": "2", "text": "已查看，无异常", "date": ""}
_SIGNED = {"how": "signature", "name": "示厂长", "reason": ""}
_ABSENT = {"how": "absent", "name": "", "reason": "厂长外出，门卫陪同"}
_REFUSED = {"how": "refused", "name": "示主任", "reason": "要等老板回来再签"}

_ROUNDS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("owner01", 41, {"nature": "routine", "bad": 2, "acknowledgement": _SIGNED, "city": True}),
    ("owner02", 33, {"nature": "spot", "bad": 1, "acknowledgement": _SIGNED}),
    ("owner03", 30, {"nature": "routine", "acknowledgement": _ABSENT, "city": True}),
    ("owner05", 27, {"nature": "special", "bad": 3, "acknowledgement": _REFUSED}),
    ("owner07", 24, {"nature": "routine", "acknowledgement": _SIGNED, "city": True}),
    ("owner08", 19, {"nature": "routine", "bad": 1, "acknowledgement": _SIGNED}),
    ("owner11", 16, {"nature": "key_period", "acknowledgement": _SIGNED, "city": True}),
    ("owner13", 12, {"nature": "service", "lists": 0, "acknowledgement": _ABSENT, "summary": "了解用工和订单情况，节前计划正常生产。"}),
    ("owner17", 9, {"nature": "invited", "acknowledgement": _SIGNED, "summary": "企业请来看新装喷涂线的通道。"}),
    ("owner21", 7, {"nature": "routine", "blank": 2, "acknowledgement": _SIGNED}),
    ("owner29", 5, {"nature": "routine", "bad": 1, "offset_hours": 3, "acknowledgement": _SIGNED}),
    ("owner36", 2, {"nature": "routine", "acknowledgement": _SIGNED}),
)  # fmt: skip
"""Whose firm, how many days ago, and how it went."""


def walk(*, at: datetime) -> int:
    """Lay out what is owed, make a dozen visits, announce two more; return how many visits were made."""
    for days in (BEGAN_DAYS_AGO, 0):
        moment = at - timedelta(days=days)
        machine = Actor.system("排应查", town_id=people.town(BOOK).pk, book=BOOK)
        lay_out(by=machine, at=moment)
    dice = random.Random(2026)  # noqa: S311  a repeatable town, not a secret
    for owner, days_ago, how in _ROUNDS:
        _visit(Cast(_morning(at, days_ago), at), owner, dice, **how)
    _announce(Cast(at, at))
    return len(_ROUNDS)


def _morning(at: datetime, days_ago: int) -> datetime:
    """Return half past nine on the working day at or before so many days ago."""
    day, calendar = at - timedelta(days=days_ago), workdays.calendar()
    while not calendar.is_workday(day.date()):
        day -= timedelta(days=1)
    return min(day.astimezone(SHANGHAI).replace(hour=9, minute=30, second=0, microsecond=0), at)


def _officer(cast: Cast, firm: int) -> Actor:
    account = grids.lead_of(firm, cast.until.date()) or 0
    return people.actor_of(people.posts_of(account, cast.until.date())[0], via="job")


def _visit(
    cast: Cast, owner: str, dice: random.Random, *, nature: str, acknowledgement: dict[str, str], bad: int = 0, blank: int = 0,
    lists: int = 9, summary: str = "", city: bool = False, offset_hours: int = 0,
) -> None:  # fmt: skip
    firm = cast.who(owner).enterprise_id or 0
    by, uid = _officer(cast, firm), uuid4()
    offset = offset_hours * 3_600_000
    runs = _runs(cast, firm, by, dice, bad=bad, blank=blank)[:lists]
    begun = int(cast.at.timestamp() * 1000) + offset
    signature = str(_signature(by, cast.at)) if acknowledgement["how"] == "signature" else None
    data = {
        "nature": nature,
        "started_ms": begun,
        "finished_ms": begun + dice.randint(35, 80) * 60_000,
        "exception": "按重点时段安排" if nature == "key_period" else "",
        "checklists": runs,
        "acknowledgement": {**acknowledgement, "attachment": signature},
        "summary": summary,
    }
    arrived = min(cast.at + timedelta(hours=3), cast.until)
    record = Record(
        id=uid,
        kind="visit",
        enterprise_id=firm,
        made_at=cast.at,
        received_at=arrived,
        place=None,
        attachments=_sent(runs, signature),
        device="",
        by_account=by.account_id,
        wall_at=cast.at + timedelta(hours=offset_hours),
        offset_ms=offset,
    )
    actions.take_in(data, record=record, by=by, at=arrived)
    if city:
        note_city(uid=uid, on=arrived.date(), number=f"演示{arrived:%m%d}01", by=by, at=arrived)


def _sent(runs: list[dict[str, Any]], signature: str | None) -> tuple[Sent, ...]:
    """Return the manifest: every picture the answers name, and the signature."""
    ids = [photo for run in runs for answer in run["answers"] for photo in answer["photos"]]
    ids += [signature] if signature else []
    return tuple(
        Sent(one.id, one.sha256, one.size, one.type, "signature" if str(one.id) == signature else "photo", one.made_at)
        for one in pictures.photos(ids)
    )


def _runs(cast: Cast, firm: int, by: Actor, dice: random.Random, *, bad: int, blank: int) -> list[dict[str, Any]]:
    current = checklists.current(by.town_id)
    codes = checklists.needed_by(enterprises.get_for(by, firm), plans.current(BOOK))
    runs = []
    for code in codes:
        version = current[code]
        items = version.content.items
        marks = [item.key for item in items if item.answer.value == "yn" and item.photo.value != "on_fail"]
        wrong = dice.sample(marks, min(bad, len(marks)))
        left = set(dice.sample(marks, min(blank, len(marks)))) if blank else set()
        answers = [_answer(item, wrong, by, cast.at) for item in items if item.key not in left]
        runs.append({"code": code, "sha256": version.sha256, "answers": answers})
        bad, blank = bad // 2, 0
    return runs


def _answer(item: "Item", wrong: list[str], by: Actor, at: datetime) -> dict[str, Any]:
    is_bad = item.key in wrong
    value = "bad" if is_bad else "ok"
    if item.choices:
        value = item.choices[-1].code
    elif item.answer.value != "yn":
        value = _PLAIN[item.answer.value] or at.date().isoformat()
    photos = [str(_photo(by, at))] if is_bad and item.key == wrong[0] else []
    note = "已当面告知，请按要求整改" if is_bad else ""
    return {"item": item.key, "repeat": 0, "value": value, "note": note, "text": item.text, "photos": photos}


def _signature(by: Actor, at: datetime) -> UUID:
    """Draw a line that stands for a signature."""
    return _picture(
        "演示签名.png",
        "PNG",
        (240, 90),
        "#ffffff",
        [(20, 60), (60, 25), (85, 65), (120, 30), (160, 62), (215, 40)],
        by,
        at,
    )


def _photo(by: Actor, at: datetime) -> UUID:
    """Draw a corner of a hall, nobody's real one."""
    return _picture(
        "演示照片.jpg", "JPEG", (320, 240), "#b7a58a", [(0, 220), (110, 140), (210, 140), (320, 230)], by, at
    )


def _picture(
    name: str, kind: str, size: tuple[int, int], ground: str, line: list[tuple[int, int]], by: Actor, at: datetime
) -> UUID:
    picture = Image.new("RGB", size, ground)
    ImageDraw.Draw(picture).line(line, fill="#33454b", width=4)
    out = io.BytesIO()
    picture.save(out, kind)
    return evidence.receive_upload(name, io.BytesIO(out.getvalue()), by=by, at=at)


def _announce(cast: Cast) -> None:
    """Announce visits that two offices could make together, one answered; note an 行政检查 by somebody else."""
    calendar, plan = workdays.calendar(), plans.current(BOOK)
    day = calendar.next_workday(cast.at.date())
    while plan.quiet_on(day) is not None:
        day = calendar.next_workday(day)
    later = calendar.next_workday(day)
    while plan.quiet_on(later) is not None:
        later = calendar.next_workday(later)
    firm = cast.who("owner02").enterprise_id or 0
    basis = "方案附件·网格员职责清单"
    plan_visit(
        enterprise_id=firm, nature="special", on=later, hours="上午", purpose="查看喷涂和仓储的安全通道", basis="安全生产专项安排",
        codes=["F7"], by=cast.who("zhifa1"), at=cast.at,
    )  # fmt: skip
    own = cast.who("owner01").enterprise_id or 0
    announced = plan_visit(
        enterprise_id=own, nature="routine", on=day, hours="14:00左右", purpose="季度走访，看看上次的问题改好没有", basis=basis,
        codes=["F7"], by=_officer(cast, own), at=cast.at,
    )  # fmt: skip
    answer_plan(planned_id=announced.pk, answer="confirm", by=cast.who("owner01"), at=cast.at)
    register_inspection(
        enterprise_id=own, authority="演示区应急管理局", item="工贸行业安全生产", number="演示检〔2026〕0012号",
        on=cast.at.date() - timedelta(days=38), result="见国家行政执法监督系统", by=cast.who("zhifa1"), at=cast.at,
    )  # fmt: skip
