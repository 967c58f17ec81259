"""代提诉求 from a phone: a demand of the enterprise, told when the officer was told, first asked the officer."""

from datetime import datetime

from qinqing.cases.actions.submit import submit
from qinqing.cases.files import Received
from qinqing.enterprises import reads as enterprises
from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.outreach.actions.contacts import OLDEST_TELLING
from qinqing.outreach.rules.bodies import Reader
from qinqing.plan import reads as plans
from qinqing.workdays import reads as workdays
from qinqing.workdays.rules import add_hours

_PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def take_in_demand(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Submit the demand; the record's id makes five arrivals one demand.

    Raises:
        Refused: no such firm, or one without 属地: kept for a person.

    Source: 附1-(3)a, 二(一)-7, 二(二)1-诉求-提交.
    """
    read = Reader(data, record)
    if record.enterprise_id is None:
        raise Refused("enterprise_missing", "没有写明是哪家企业的诉求。")
    enterprises.of_town(by.town_id, record.enterprise_id)
    title = read.line("title", 80)
    words = read.text("text", 9_900) or title
    if not words:
        words = "（企业当面反映，未写内容，请联系网格员）"
        read.flag("text_blank", "没有写诉求内容。")
    who = read.line("contact_name", 40)
    told = min(read.moment("told_ms"), at)
    if at - told > OLDEST_TELLING:
        read.flag("told_long_ago", f"企业{told:%Y-%m-%d}就说过，超过30天，期限从收到时起算。")
    _flag_late(read, told, by, at)
    submit(
        by=by,
        at=at,
        enterprise_id=record.enterprise_id,
        title=title,
        text=f"{words}\n（联系人：{who}）" if who else words,
        topic=_topic(read, by),
        told_at=told if at - told <= OLDEST_TELLING else None,
        files=_pictures(read, record),
        press_key=str(record.id),
    )
    return read.flags


def _topic(read: Reader, by: Actor) -> str:
    known = [one.code for one in plans.current(by.book).topics_for("demand")]
    return read.choice("topic", known, "")


def _flag_late(read: Reader, told: datetime, by: Actor, at: datetime) -> None:
    """Flag a demand that reached the hub neither the same day nor within the house's working hours. Source: 附1-(3)a."""
    plan = plans.current(by.book)
    hours = plan.limits.hub_accept_hours.value
    if told.date() == at.astimezone(SHANGHAI).date():
        return
    try:
        by_then = add_hours(told, hours, workdays.calendar(plan.hours))
    except Refused:
        return
    if at > by_then:
        read.flag("relayed_late", f"企业{told:%m-%d %H:%M}说的，{at.astimezone(SHANGHAI):%m-%d %H:%M}才到中转站。")


def _pictures(read: Reader, record: Record) -> list[Received]:
    """Return the photos as attachments of the case; their bytes may still be on their way, under the same digest."""
    sent = {one.id: one for one in record.attachments}
    found = []
    for number, key in enumerate(read.photos()[:9], start=1):
        one = sent[key]
        if one.type in _PICTURES:
            found.append(Received(one.sha256, f"照片{number}.{_PICTURES[one.type]}", one.size, one.type))
    return found
