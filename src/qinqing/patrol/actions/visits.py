"""What happens to a visit after it came in: looked at, accepted late, amended, noted in the city's system."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.patrol import policy
from qinqing.patrol.actions import given
from qinqing.patrol.actions.settling import settle_firm, signature, tell, today_of
from qinqing.patrol.facts import LateVisitDecided, VisitAmended, VisitInCity, VisitReviewed
from qinqing.patrol.models import Amendment, Visit
from qinqing.patrol.words import Lateness

CITY = "附2安-(2)b"
PATROL = "附2安-(2)a"
FREQUENCY = "附2安-(3)b"


def review(*, uid: UUID, note: str, by: Actor, at: datetime) -> Visit:
    """核看疑点: say what was found of the flags; they stay with the visit, it leaves the list.

    Raises:
        NotFound: not a visit he may see. NotAllowed: not his to review.
        TooLate: somebody did it already. Refused: no word on it, or a late record is still to be decided.
    """
    with transaction.atomic():
        visit = policy.take(uid, by)
        policy.require_review(by, visit, today_of(at))
        words = given.needed(note, field="note", label="核看意见")
        if not visit.to_review:
            raise TooLate("already_reviewed", f"{visit.reviewed_by or '别的同事'}已经核看过这次走访。")
        if visit.lateness == Lateness.WAITS:
            raise Refused("late_waits", "这条记录迟到，请先选择认可或不认可。", field="decision")
        _reviewed(visit, words, by, at)
        visit.save(update_fields=["to_review", "review_note", "reviewed_by", "reviewed_at"])
        fact = VisitReviewed(flags=tuple(flag["code"] for flag in visit.flags), note=words)
        tell(fact, visit, by=by, at=at, clause=PATROL)
    return visit


def decide_late(*, uid: UUID, accepted: bool, note: str, by: Actor, at: datetime) -> Visit:
    """认可迟到记录: let a record that came long after its quarter count for it, or not; its flags are reviewed with it.

    Raises:
        NotFound: not a visit he may see. NotAllowed: not his to decide.
        TooLate: it is decided, or was never late. Refused: no reason.

    Source: 附2安-(3)b (house rule: after five days the community decides).
    """
    with transaction.atomic():
        visit = policy.take(uid, by)
        stands_in = policy.require_review(by, visit, today_of(at))
        words = given.needed(note, field="note", label="理由")
        if visit.lateness != Lateness.WAITS:
            raise TooLate("not_waiting", "这条记录不需要认可，或已经由别人决定。")
        visit.lateness = (Lateness.ACCEPTED if accepted else Lateness.REJECTED).value
        _reviewed(visit, words, by, at)
        visit.save(update_fields=["lateness", "to_review", "review_note", "reviewed_by", "reviewed_at"])
        if visit.enterprise_id is not None:
            codes = list(visit.runs.values_list("code", flat=True))
            settle_firm(visit.enterprise_id, codes, around=visit.made_on, at=at)
        fact = LateVisitDecided(
            accepted=accepted,
            made_on=visit.made_on.isoformat(),
            received_on=today_of(visit.received_at).isoformat(),
            note=words,
            stands_in=stands_in,
            about=f"visit:{visit.uid}",
            account_ids=(visit.officer_id,) if visit.officer_id else (),
        )
        tell(fact, visit, by=by, at=at, clause=FREQUENCY)
    return visit


def _reviewed(visit: Visit, words: str, by: Actor, at: datetime) -> None:
    visit.to_review, visit.review_note = False, words
    visit.reviewed_by, visit.reviewed_at = signature(by), at


def note_city(*, uid: UUID, on: date, number: str = "", by: Actor, at: datetime) -> Visit:
    """已上报市系统: note that a visit was entered into the city's emergency system, when, under which number.

    A second time corrects the first.

    Raises:
        NotFound: not a visit he may see. NotAllowed: not his or his office's visit.
        Refused: the day is before the visit or still to come.

    Source: 附2安-(2)b.
    """
    with transaction.atomic():
        visit = policy.take(uid, by)
        policy.require_add(by, visit)
        if not given.not_ahead(on, today=today_of(at)) >= visit.made_on:
            raise Refused("before_the_visit", "上报日期不能早于走访日期。", field="on")
        visit.city_on = on
        visit.city_number = given.optional(number, field="number", label="市系统编号", limit=60)
        visit.city_by = signature(by)
        visit.save(update_fields=["city_on", "city_number", "city_by"])
        tell(VisitInCity(on=on.isoformat(), number=visit.city_number), visit, by=by, at=at, clause=CITY)
    return visit


def amend(*, uid: UUID, reason: str, text: str, by: Actor, at: datetime, amendment_id: UUID | None = None) -> Amendment:
    """更正: add to a visit what was wrong or missing; the record itself stays as it came.

    `amendment_id` is the phone's id of the amendment: the same again changes nothing.

    Raises:
        NotFound: not a visit he may see. NotAllowed: not his or his office's visit.
        Refused: no reason or no text.
    """
    try:
        with transaction.atomic():
            visit = policy.take(uid, by)
            policy.require_add(by, visit)
            why = given.needed(reason, field="reason", label="更正原因")
            words = clean(text)[:2000]
            if not words:
                raise Refused("text_missing", "请写明更正的内容。", field="text")
            made = Amendment.objects.create(
                uid=amendment_id or uuid4(), visit=visit, reason=why, text=words, by_name=signature(by), at=at
            )
            tell(VisitAmended(reason=why, text=words), visit, by=by, at=at, clause=PATROL)
    except IntegrityError:
        # The same amendment sent again: the database let one in.
        if amendment_id and (known := Amendment.objects.filter(uid=amendment_id).first()):
            return known
        raise
    return made
