"""The enterprise's own matters as its owner reads them: like parcels on their way, and what he is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from qinqing.cases import policy
from qinqing.cases.facts.base import KINDS
from qinqing.cases.models import Case, Feedback
from qinqing.cases.reads.find import tasks_of
from qinqing.cases.reads.lines import lamp_of, public_title
from qinqing.cases.reads.sheet import Step, is_told, portal_journey
from qinqing.cases.rules.offers import Offer, offers
from qinqing.cases.words import ENDS, CaseState, Kind, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import reads as ledger
from qinqing.people.words import Role
from qinqing.workdays.rules import Lamp, is_late
from qinqing.workdays.words import Tone

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry

PAGE = 20
WAITS = (Verb.SUPPLY, Verb.RATE)
"""Presses the enterprise is asked for; the others are there when it wants them."""
_NOT_NEWS = ("case.submitted", "case.reported", "case.supplied", "case.urged", "case.rated")
_OWNERS_WORDS = {
    CaseState.SUBMITTED: "已收到",
    CaseState.ACCEPTED: "已接办",
    CaseState.CLARIFYING: "请您补充",
    CaseState.CONSULTING: "会商中",
    CaseState.IN_HAND: "办理中",
    CaseState.SUSPENDED: "长期推进",
    CaseState.ANSWERED: "已答复",
    CaseState.WRITTEN_OFF: "已办结",
}


@dataclass(frozen=True)
class Matter:
    """One matter as its owner reads it.

    Attributes:
        lamp: where it stands in his words; red only when the promise is broken.
        promise: by when he gets an answer, None once he has it or none is owed.
        reply: the last answer, if there is one.
        question: what the hub asks him, "" when it asks nothing.
        news: the last thing that happened which was not his own doing, if he may read it.
        asks: presses waiting for him; may: presses open to him besides.
    """

    id: int
    number: str
    title: str
    is_problem: bool
    lamp: Lamp
    journey: list[Step]
    submitted_at: datetime
    promise: datetime | None
    is_provisional: bool
    reply: Feedback | None
    question: str
    news: "Entry | None"
    asks: list[Offer]
    may: list[Offer]
    rate_until: datetime | None
    is_over: bool


def matters(by: Actor, at: datetime, *, is_over: bool = False, before: int = 0, limit: int = PAGE) -> list[Matter]:
    """Return the enterprise's matters, newest first, those with a smaller id than `before` when given.

    `is_over=False`: on their way, or answered and still to be rated; `is_over=True`: the others.

    Source: 二(二)1-诉求-跟进, 二(四)-3.
    """
    waiting = ~Q(state__in=[*(state.value for state in ENDS), CaseState.ANSWERED.value])
    to_rate = Q(state=CaseState.ANSWERED.value) | Q(
        state=CaseState.WRITTEN_OFF.value, rate_until__gte=at, rated_round=0, kind=Kind.DEMAND.value
    )
    rows = policy.visible_to(by).filter(~(waiting | to_rate) if is_over else waiting | to_rate).order_by("-id")
    if before:
        rows = rows.filter(pk__lt=before)
    return _dress(by, rows.select_related("lead_office")[:limit], at)


def matter(by: Actor, case: Case, at: datetime) -> Matter:
    """Return one matter of which the row is at hand."""
    return _dress(by, [case], at)[0]


def _dress(by: Actor, rows: Iterable[Case], at: datetime) -> list[Matter]:
    """Return the rows as matters; four queries however many there are."""
    cases = list(rows)
    ids = [case.pk for case in cases]
    tasks, replies, entries = tasks_of(ids), _replies(ids), _entries(ids)
    found = []
    for case in cases:
        open_to_him = offers(by, policy.sight_of(case, tasks.get(case.pk, [])), at)
        asks = [offer for offer in open_to_him if offer.verb in WAITS]
        told = entries.get(case.pk, [])
        found.append(_matter(case, at, asks, [o for o in open_to_him if o not in asks], replies.get(case.pk), told))
    return found


def _matter(
    case: Case, at: datetime, asks: list[Offer], may: list[Offer], reply: Feedback | None, told: "list[Entry]"
) -> Matter:
    state = CaseState(case.state)
    questions = [entry.facts.get("question", "") for entry in told if entry.kind == "case.asked"]
    seen = [entry for entry in told if _is_public(case, entry) and entry.kind not in _NOT_NEWS]
    return Matter(
        id=case.pk,
        number=case.number,
        title=public_title(case),
        is_problem=case.kind == Kind.PROBLEM,
        lamp=owners_lamp(case, at, is_to_rate=any(offer.verb is Verb.RATE for offer in asks)),
        journey=portal_journey(case),
        submitted_at=case.submitted_at.astimezone(SHANGHAI),
        promise=case.due_at.astimezone(SHANGHAI) if state not in ENDS and case.answered_at is None else None,
        is_provisional=case.due_provisional,
        reply=reply,
        question=questions[-1] if questions and state is CaseState.CLARIFYING else "",
        news=seen[-1] if seen and state not in ENDS else None,
        asks=asks,
        may=may,
        rate_until=case.rate_until,
        is_over=state in ENDS,
    )


@dataclass(frozen=True)
class Told:
    """One entry as the owner reads it: what was said to him rather than what was noted about it."""

    at: datetime
    verb: str
    sentence: str
    office_name: str
    actor_name: str
    files: tuple[str, ...]
    clause: str = ""


def story(entries: "Iterable[Entry]") -> list[Told]:
    """Return entries the owner may read in his words; a progress shared with him shows its own text."""
    told = []
    for entry in entries:
        words, verb = entry.sentence, entry.verb
        if entry.kind == "case.progressed":
            words = entry.facts.get("note") or words
        if (
            entry.kind == "case.urge_answered"
        ):  # the same press answers orders from inside, which are none of his business
            verb = "回复催办"
        who = (
            "系统" if entry.post == Role.SYSTEM else entry.actor_name
        )  # whoever set it going is no business of the owner's
        told.append(Told(entry.at, verb, words, entry.office_name, who, entry.files))
    return told


def replies_of(case_id: int) -> list[Feedback]:
    """Return what the enterprise was answered, newest first."""
    return list(Feedback.objects.filter(case_id=case_id).order_by("-id"))


def owners_lamp(case: Case, at: datetime, *, is_to_rate: bool = False) -> Lamp:
    """Return the lamp in the owner's words; nothing hides a broken promise."""
    state = CaseState(case.state)
    if state is CaseState.CLARIFYING:
        return Lamp(Tone.SOON, "请您补充")
    if is_to_rate:
        return Lamp(Tone.CALM, "请您评价")
    if state in ENDS or case.answered_at is not None:
        return Lamp(Tone.OK if state is CaseState.WRITTEN_OFF else Tone.CALM, _OWNERS_WORDS.get(state, state.label))
    if is_late(at, case.due_at):
        return Lamp(Tone.LATE, lamp_of(case, at).words)
    if state is CaseState.SUSPENDED:
        return Lamp(Tone.CALM, _OWNERS_WORDS[state])
    return Lamp(Tone.OK, "上级办理中" if case.upward else _OWNERS_WORDS[state])


def _is_public(case: Case, entry: "Entry") -> bool:
    if is_told(entry):
        return True
    if case.kind == Kind.PROBLEM:
        return entry.kind in ("case.published", "case.finished", "case.written_off")
    return entry.kind in KINDS and KINDS[entry.kind].public


def _replies(case_ids: list[int]) -> dict[int, Feedback]:
    return {row.case_id: row for row in Feedback.objects.filter(case_id__in=case_ids).order_by("id")}


def _entries(case_ids: list[int]) -> "dict[int, list[Entry]]":
    found: dict[int, list[Entry]] = {}
    for entry in ledger.entries_of_many("case", case_ids):
        found.setdefault(entry.subject_id, []).append(entry)
    return found
