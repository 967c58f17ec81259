"""减排通知情况 from a phone."""

from datetime import datetime

from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused, TooLate
from qinqing.outreach.actions.alerts import Reply, reply
from qinqing.outreach.rules.bodies import Reader
from qinqing.outreach.words import AlertState, Source

_STATES = [state.value for state in AlertState if state is not AlertState.WAITING]


def take_in_alert(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Note how far each enterprise is, at the moment the officer noted it.

    Raises:
        Refused: no such alert: kept for a person.

    Source: 附2环-(5).
    """
    read = Reader(data, record)
    alert = read.number("alert")
    if alert is None:
        raise Refused("alert_missing", "没有写明是哪一次减排通知。")
    replies = []
    for row in read.rows("replies"):
        firm, state = read.number("enterprise", row), read.choice("state", _STATES, "", row)
        if firm is not None and state:
            happened = min(read.moment("at_ms", row), at)
            replies.append(Reply(firm, state, happened, read.text("note", 400, row), tuple(read.photos(row))))
        else:
            read.flag("reply_odd", "有一条看不出是哪家企业或什么情况，没有登记。")
    if not replies:
        return read.flags
    try:
        known = reply(alert_id=alert, replies=replies, source=Source.FIELD.value, by=by, at=at)
    except TooLate as late:
        read.flag("alert_lifted", f"{late.sentence}情况没有登记进去，保存在这条记录里。")
    except NotFound as unknown:
        read.flag("enterprise_not_listed", unknown.sentence)
    else:
        if len(known) < len({one.enterprise_id for one in replies}):
            read.flag("enterprise_not_listed", "有的企业不在这次减排通知里，或已不归您联系，没有登记。")
    return read.flags
