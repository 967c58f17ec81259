"""完成临时任务 from a phone."""

from datetime import datetime
from functools import partial

from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate
from qinqing.outreach.actions.errands import do_share
from qinqing.outreach.rules.bodies import Reader


def take_in_task(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Note that the officer has done his share, when he said so.

    Raises:
        Refused: no such task of his: kept for a person.

    Source: 附2安-(7), 附3房-(3).
    """
    read = Reader(data, record)
    errand = read.number("task")
    if errand is None:
        raise Refused("task_missing", "没有写明是哪一项任务。")
    words, photos = read.text("note", 4000), read.photos()
    give = partial(
        do_share,
        errand_id=errand,
        external_done=read.yes("external_done"),
        attachments=photos,
        done_at=min(record.made_at, at),
        by=by,
        at=at,
    )
    try:
        give(note=words)
    except TooLate as late:
        read.flag("task_over", late.sentence)
    except Refused as refusal:
        if refusal.code != "external_missing":
            raise
        give(note="（未写完成情况）")
        read.flag("external_missing", "没有勾选已在外部系统（APP）操作，也没有写原因。")
    return read.flags
