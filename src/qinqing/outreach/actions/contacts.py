"""联系记录: noting it, and turning it into a demand in one press."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qinqing.cases.actions.hand import tidy
from qinqing.cases.actions.submit import submit
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger.subjects import number_of
from qinqing.outreach import policy
from qinqing.outreach.actions.telling import signature, tell
from qinqing.outreach.facts import contacts as facts
from qinqing.outreach.models import ContactNote
from qinqing.outreach.words import Way
from qinqing.people import rights
from qinqing.people.rights import Right

OLDEST_TELLING = timedelta(days=30)
"""What was told longer ago begins its clock when it is registered: `cases` takes no older moment."""


def note_contact(
    *,
    note_id: UUID,
    enterprise_id: int,
    text: str,
    by: Actor,
    at: datetime,
    way: str = Way.PHONE.value,
    with_name: str = "",
    made_at: datetime | None = None,
) -> ContactNote:
    """Note what was said with an enterprise. The same id gives the same note again.

    Raises:
        NotAllowed: the post does not. NotFound: no such firm in the town.
        Refused: no text, unknown way, a moment to come.

    Source: 附1-(1)a, 附1-(2)a.
    """
    rights.require(by, Right.REACH_OUT)
    words = tidy(text, field="text", label="说了什么", limit=4000)
    person = tidy(with_name, field="with_name", label="和谁", limit=60, required=False)
    if way not in dict(Way.choices()):
        raise Refused("unknown_choice", "请选择联系方式。", field="way")
    if made_at is not None and made_at > at + timedelta(minutes=10):
        raise Refused("made_in_future", "联系时间不能晚于现在。", field="made_at")
    with transaction.atomic():
        firm = enterprises.of_town(by.town_id, enterprise_id)
        note, is_new = ContactNote.objects.get_or_create(
            pk=note_id,
            defaults={
                "town_id": by.town_id,
                "enterprise": firm,
                "way": way,
                "with_name": person,
                "text": words,
                "account_id": by.account_id,
                "office_id": by.office_id,
                "by_name": signature(by),
                "made_at": made_at or at,
                "received_at": at,
            },
        )
        if is_new:
            fact = facts.Noted(
                about=f"contact:{note.pk}",
                title=firm.name,
                note_id=str(note.pk),
                way=Way.label_of(way),
                with_name=person,
                text=words,
            )
            tell(fact, ("contact", number_of(note.pk)), by=by, at=at, clause="附1-(1)a")
    return note


def turn_into_demand(*, note_id: UUID, by: Actor, at: datetime, topic: str = "", title: str = "") -> ContactNote:
    """Make a demand of what was said: told when it was said, first asked whoever noted it. Once.

    Raises:
        NotFound: not a note he reads. NotAllowed: somebody else noted it. TooLate: it is one already.
        Refused: as `cases.actions.submit`.

    Source: 附1-(3)a, 二(一)-7.
    """
    with transaction.atomic():
        note = policy.contacts_visible_to(by).select_for_update(of=("self",)).filter(pk=note_id).first()
        if note is None:
            raise NotFound(policy.NOT_FOUND)
        if note.account_id != by.account_id:
            raise NotAllowed("由记录人本人转为诉求：谁先听到，谁是首问责任人。")
        if note.case_id is not None:
            raise TooLate("turned_already", "这条联系记录已经转为诉求。")
        who = f"\n（联系人：{note.with_name}）" if note.with_name else ""
        case = submit(
            by=by,
            at=at,
            enterprise_id=note.enterprise_id,
            text=note.text + who,
            title=title,
            topic=topic,
            told_at=min(note.made_at, at) if at - note.made_at <= OLDEST_TELLING else None,
            press_key=f"contact:{note.pk}",
        )
        note.case = case
        note.save(update_fields=["case"])
        fact = facts.Turned(
            about=f"case:{case.pk}",
            title=note.enterprise.name,
            note_id=str(note.pk),
            case_id=case.pk,
            number=case.number,
        )
        tell(fact, ("contact", number_of(note.pk)), by=by, at=at, clause="附1-(3)a")
    return note
