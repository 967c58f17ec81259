"""例会 from a phone."""

from datetime import datetime

from qinqing.enterprises import reads as enterprises
from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.outreach.actions.meetings import record_meeting
from qinqing.outreach.rules.bodies import Reader
from qinqing.plan import reads as plans


def take_in_meeting(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Record the meeting with those firms of the town that the phone names.

    Raises:
        Refused: it names no firm of the town: kept for a person.

    Source: 附2安-(4)a, 附2安-(4)b.
    """
    read = Reader(data, record)
    named: dict[int, tuple[bool, str]] = {}
    for row in read.rows("attendance"):
        firm = read.number("enterprise", row)
        if firm is not None:
            named[firm] = (read.yes("attended", row), read.line("name", 60, row))
    here = {pk for pk, firm in enterprises.by_ids(named).items() if firm.town_id == by.town_id}
    if len(here) < len(named):
        read.flag("enterprise_unknown", "应到名单里有认不出的企业，已略去。")
    heading = read.line("topic", 120)
    if not heading:
        read.flag("text_blank", "没有写例会主题。")
    record_meeting(
        meeting_id=record.id,
        topic=heading or "例会",
        topics=read.codes("topics", [one.code for one in plans.current(by.book).meeting_topics]),
        held_at=min(read.moment("held_ms"), at),
        where=read.line("where", 120),
        text=read.text("text", 10_000),
        attendance={firm: given for firm, given in named.items() if firm in here},
        attachments=read.photos(),
        made_at=record.made_at,
        by=by,
        at=at,
    )
    return read.flags
