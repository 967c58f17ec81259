"""事故快报 from a phone."""

from datetime import datetime

from qinqing.accidents import reads as accidents
from qinqing.accidents.actions import report
from qinqing.accidents.words import Casualties
from qinqing.enterprises import reads as enterprises
from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.outreach.rules.bodies import Reader


def take_in_accident(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Write the report down and tell everybody it concerns, whatever is missing in it.

    Source: 附2安-(6)a, 附1-(3)b.
    """
    read = Reader(data, record)
    firm = record.enterprise_id
    found = enterprises.by_ids([firm]).get(firm) if firm is not None else None
    if firm is not None and (found is None or found.town_id != by.town_id):
        read.flag("enterprise_unknown", "认不出是哪家企业，请按地点核实。")
        firm = None
    where = read.line("where", 160)
    if firm is None and not where:
        read.flag("place_missing", "没有写企业，也没有写地点，请立即联系报告人。")
        where = "地点不明，请联系报告人"
    kinds = [one.code for one in accidents.kinds(by.book)]
    report(
        accident_id=record.id,
        what=read.choice("what", kinds, kinds[-1] if kinds else ""),
        enterprise_id=firm,
        where=where,
        happened_at=min(read.moment("happened_ms"), at),
        casualties=read.choice("casualties", dict(Casualties.choices()), Casualties.UNKNOWN.value),
        text=read.text("text", 2000),
        called=read.yes("called"),
        attachments=read.photos(),
        made_at=record.made_at,
        by=by,
        at=at,
    )
    return read.flags
