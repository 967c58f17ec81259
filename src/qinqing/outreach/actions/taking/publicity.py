"""宣传回执 from a phone."""

from datetime import datetime

from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate
from qinqing.outreach.actions.publicity import Answer, take_receipts
from qinqing.outreach.rules.bodies import Reader
from qinqing.outreach.words import ReceiptWay

_WAYS = [way.value for way in ReceiptWay if way is not ReceiptWay.WAITING]


def take_in_publicity(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Note the receipts; what was answered before stays as it is and is flagged.

    Raises:
        Refused: no such batch: kept for a person.

    Source: 附2安-(1), 附2环-(2).
    """
    read = Reader(data, record)
    batch = read.number("batch")
    if batch is None:
        raise Refused("batch_missing", "没有写明是哪一次发放的回执。")
    answers = []
    for row in read.rows("receipts"):
        firm, way = read.number("enterprise", row), read.choice("way", _WAYS, "", row)
        if firm is not None and way:
            answers.append(Answer(firm, way, read.line("name", 60, row), tuple(read.photos(row))))
        else:
            read.flag("receipt_odd", "有一条回执看不出是哪家企业或怎样收到的，没有登记。")
    try:
        taken = take_receipts(batch_id=batch, answers=answers, happened_at=record.made_at, by=by, at=at)
    except TooLate:
        taken = []
    if len(taken) < len({one.enterprise_id for one in answers}):
        read.flag("receipt_there", "有的企业已有回执，或不在这次发放范围内，没有重复登记。")
    return read.flags
