"""What happens around a sitting: offices answer, the hub moves it, notes who came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinqing.cases.actions.hand import tidy
from qinqing.consultations import facts, policy
from qinqing.consultations.models import Invitation, Sitting
from qinqing.consultations.words import Answer, Presence
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.ledger.facts import Announced
from qinqing.people import rights
from qinqing.people.rights import Right


@dataclass(frozen=True)
class Came:
    """What is noted of one office: whether it came, who for it, why not."""

    presence: str
    who: str = ""
    note: str = ""


def answer(sitting_id: int, *, answer: str, by: Actor, at: datetime, who: str = "", reason: str = "") -> Invitation:
    """Answer an invitation for one's own office; it may be answered anew until the sitting begins.

    Args:
        answer: a code of `words.Answer`.
        who: who comes; needed where somebody else is sent.
        reason: why nobody can come; needed then.

    Raises:
        NotFound: out of sight. NotAllowed: not for this office.
        Refused: no name of who is sent, no reason, no such answer. TooLate: the sitting has begun.

    Source: 三职(二)-2, 三职(三)-1.
    """
    with transaction.atomic():
        sitting = policy.take(sitting_id, by)
        rows = {row.office_id: row for row in sitting.invitations.select_related("office")}
        policy.require_answer(by, set(rows))
        if at >= sitting.held_at:
            raise TooLate("sitting_begun", "会商已经开始，不用再答复；到会情况由中转站登记。")
        chosen = _known(answer)
        name = tidy(who, field="who", label="到会人", limit=60, required=chosen is Answer.DELEGATE)
        why = tidy(reason, field="reason", label="不能参加的原因", limit=200, required=chosen is Answer.CANNOT)
        row = rows[by.office_id or 0]
        row.answer, row.answered_at, row.answered_by_name = chosen.value, at, by.name
        row.who = "" if chosen is Answer.CANNOT else name
        row.reason = why if chosen is Answer.CANNOT else ""
        row.save()
        fact = facts.Answered(
            about=f"sitting:{sitting.pk}",
            title=heading(sitting),
            office=row.office.short,
            answer=chosen.label,
            who=row.who,
            reason=row.reason,
        )
        _tell(fact, sitting, by=by, at=at)
    return row


def move(sitting_id: int, *, held_at: datetime, place: str, reason: str, by: Actor, at: datetime) -> Sitting:
    """Put a sitting off or move it; every office is asked again.

    Raises:
        NotFound: out of sight. NotAllowed: not the hub's.
        Refused: a moment past, nothing changes, another sitting stands there. TooLate: who came is noted already.

    Source: 三职(二)-2.
    """
    with transaction.atomic():
        rights.require(by, Right.CONVENE)
        sitting = policy.take(sitting_id, by)
        if sitting.attended_at is not None:
            raise TooLate("sitting_over", "这场会商已经登记到会，不能再改期。")
        where = tidy(place, field="place", label="地点", limit=100)
        why = tidy(reason, field="reason", label="改期原因", limit=200)
        if held_at < at:
            raise Refused("held_in_past", "改到的时间不能早于现在。", field="held_at")
        if (held_at, where) == (sitting.held_at, sitting.place):
            raise Refused("nothing_changed", "时间和地点都没有变化。", field="held_at")
        if Sitting.objects.filter(town_id=sitting.town_id, held_at=held_at, place=where).exists():
            raise Refused("sitting_there", "这个时间和地点已经有一场会商，请错开。", field="held_at")
        before = moment(sitting.held_at)
        sitting.held_at, sitting.place, sitting.moves = held_at, where, sitting.moves + 1
        sitting.save()
        sitting.invitations.update(answer=Answer.WAITING.value, who="", reason="", answered_at=None)
        fact = facts.Moved(
            about=f"sitting:{sitting.pk}",
            title=heading(sitting),
            office_ids=_offices(sitting),
            before=before,
            now=moment(held_at),
            place=where,
            reason=why,
        )
        _tell(fact, sitting, by=by, at=at)
    return sitting


def attend(sitting_id: int, *, offices: Mapping[int, Came], by: Actor, at: datetime, left_over: str = "") -> Sitting:
    """Note who came, who sent somebody, who was absent and why; what was left over. May be put right afterwards.

    Raises:
        NotFound: out of sight. NotAllowed: not the hub's.
        Refused: before the sitting, an office without a word, a deputy without a name, an absence without a reason.

    Source: 三职(二)-2.
    """
    with transaction.atomic():
        rights.require(by, Right.CONVENE)
        sitting = policy.take(sitting_id, by)
        if at < sitting.held_at:
            raise Refused("not_held_yet", "会商还没有开，开过再登记到会。")
        rows = list(sitting.invitations.select_related("office"))
        for row in rows:
            _note(row, offices.get(row.office_id))
        Invitation.objects.bulk_update(rows, ["presence", "who", "note"])
        sitting.left_over = tidy(left_over, field="left_over", label="遗留问题", limit=1000, required=False)
        sitting.attended_at, sitting.attended_by_name = at, by.name
        sitting.save()
        fact = facts.Attended(
            about=f"sitting:{sitting.pk}",
            title=heading(sitting),
            office_ids=tuple(row.office_id for row in rows),
            came=_named(rows, Presence.CAME),
            deputies=_named(rows, Presence.DEPUTY),
            absent=_named(rows, Presence.ABSENT),
            left_over=sitting.left_over,
        )
        _tell(fact, sitting, by=by, at=at)
    return sitting


def heading(sitting: Sitting) -> str:
    """Return how a sitting is called: by its day, hour and place."""
    return f"会商 {moment(sitting.held_at)}"


def moment(at: datetime) -> str:
    """Return a moment as people say it."""
    here = at.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日{here:%H:%M}"


def _known(code: str) -> Answer:
    if code not in (Answer.ATTEND.value, Answer.DELEGATE.value, Answer.CANNOT.value):
        raise Refused("answer_unknown", "请选择参加、委派他人参加或不能参加。", field="answer")
    return Answer(code)


def _note(row: Invitation, came: Came | None) -> None:
    field = f"presence_{row.office_id}"
    known = {one.value for one in Presence} - {Presence.UNKNOWN.value}
    if came is None or came.presence not in known:
        raise Refused("presence_missing", f"请选择{row.office.short}是否到会。", field=field)
    is_absent, is_deputy = came.presence == Presence.ABSENT, came.presence == Presence.DEPUTY
    row.presence = came.presence
    name = tidy(came.who, field=field, label=f"{row.office.short}代会人的姓名", limit=60, required=is_deputy)
    row.who = "" if is_absent else name or row.who
    why = tidy(came.note, field=field, label=f"{row.office.short}缺席的原因", limit=200, required=is_absent)
    row.note = why if is_absent else ""


def _named(rows: list[Invitation], presence: Presence) -> tuple[str, ...]:
    found = [row for row in rows if row.presence == presence]
    return tuple(row.office.short + (f"（{row.note or row.who}）" if row.note or row.who else "") for row in found)


def _offices(sitting: Sitting) -> tuple[int, ...]:
    return tuple(sitting.invitations.values_list("office_id", flat=True))


def _tell(fact: Announced, sitting: Sitting, *, by: Actor, at: datetime) -> None:
    on = ("sitting", sitting.pk)
    ledger.record(fact, book=by.book, on=on, label=heading(sitting), by=by, at=at, clause="三职(二)-2")
