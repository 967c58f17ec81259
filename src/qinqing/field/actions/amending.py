"""更正说明: what was finalized is never changed; its author says what was wrong in a record of its own."""

from datetime import datetime

from qinqing.evidence.words import Body, Flag, NotYet
from qinqing.evidence.words import Record as Frozen
from qinqing.field.models import Record
from qinqing.field.rules.losses import uuid_of
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean

LONGEST = 4000


def take_in(data: Body, *, record: Frozen, by: Actor, at: datetime) -> list[Flag]:
    """Hang a correction on the record it corrects; it stays a record of its own, at this moment, by this person.

    Raises:
        NotYet: the corrected record has not arrived.
        Refused: nothing is said, or the record is another person's.
    """
    of = uuid_of(data["of"]["id"])
    if of is None:
        raise ValueError(data["of"])
    reason, text = clean(str(data.get("reason", ""))), clean(str(data.get("text", "")))
    if not (reason or text):
        raise Refused("amendment_empty", "更正说明没有写内容。")
    target = Record.objects.filter(pk=of, town_id=by.town_id).only("account_id", "kind").first()
    if target is None and not record.is_last_try:
        raise NotYet("被更正的那一条还没有到。")
    if target is not None and target.account_id != by.account_id:
        raise Refused("not_your_record", "只能更正本人的记录。")
    Record.objects.filter(pk=record.id, received_at__lte=at).update(amends=of)
    found = (
        [Flag("amended", f"本人对{target.received_at:%m月%d日}的记录作了更正，请核对。")] if target is not None else []
    )
    if len(reason) + len(text) > LONGEST:
        found.append(Flag("amendment_long", "更正说明很长，请看原文。"))
    return found or [Flag("amends_unknown", "被更正的那一条一直没有到，更正说明单独保存。")]
