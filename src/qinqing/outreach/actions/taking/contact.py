"""联系记录 from a phone."""

from datetime import datetime

from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.outreach.actions.contacts import note_contact, turn_into_demand
from qinqing.outreach.rules.bodies import Reader
from qinqing.outreach.words import Way


def take_in_contact(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Note the contact; where the officer ticked it, make a demand of it at once.

    Raises:
        Refused: no such firm: kept for a person.

    Source: 附1-(1)a, 附1-(3)a.
    """
    read = Reader(data, record)
    if record.enterprise_id is None:
        raise Refused("enterprise_missing", "没有写明联系的是哪家企业。")
    words = read.text("text", 4000)
    if not words:
        read.flag("text_blank", "没有写联系内容。")
    note = note_contact(
        note_id=record.id,
        enterprise_id=record.enterprise_id,
        text=words or "（未写内容）",
        way=read.choice("way", dict(Way.choices()), Way.OTHER.value),
        with_name=read.line("with_name", 60),
        made_at=read.moment("made_ms"),
        by=by,
        at=at,
    )
    if read.yes("wants_demand") and note.case_id is None:
        try:
            turn_into_demand(note_id=note.pk, by=by, at=at)
        except Refused as refusal:
            read.flag("demand_not_made", f"要转为诉求，没有转成：{refusal.sentence}")
    return read.flags
