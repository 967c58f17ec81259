"""What was asked and not yet decided: shown where it waits, and beside the form that decides it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qinqing.cases.facts import closing, intake, work
from qinqing.cases.models import Rating
from qinqing.cases.rules.sight import Sight
from qinqing.cases.words import Asked, Complaint, Verb
from qinqing.ledger import reads as ledger

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from qinqing.ledger.models import Entry

_ANSWERS: dict[Verb, tuple[str, ...]] = {
    Verb.SUPPLY: (intake.Asked.kind,),
    Verb.CONVENE: (intake.ConsultationAsked.kind,),
    Verb.RECORD_OPINION: (intake.Convened.kind,),
    Verb.ACCEPT_RETURN: (work.Returned.kind,),
    Verb.OVERRULE_RETURN: (work.Returned.kind,),
    Verb.GRANT_EXTENSION: (work.ExtensionAsked.kind,),
    Verb.REFUSE_EXTENSION: (work.ExtensionAsked.kind,),
    Verb.SUSPEND: (work.SuspensionAsked.kind,),
    Verb.REFUSE_SUSPENSION: (work.SuspensionAsked.kind,),
    Verb.RECHECK: (work.Rectified.kind,),
    Verb.ANSWER_URGE: (closing.Urged.kind, closing.Supervised.kind),
    Verb.ANSWER_INSTRUCTION: (closing.Instructed.kind,),
    Verb.DISMISS_RATING: (closing.Rated.kind,),
    Verb.REOPEN: (closing.Rated.kind,),
}
"""The presses that answer somebody: which entry they answer. Nobody decides without having it before his eyes."""

_REPLIES: dict[Verb, str] = {
    Verb.ANSWER_URGE: closing.UrgeAnswered.kind,
    Verb.ANSWER_INSTRUCTION: closing.InstructionAnswered.kind,
}
"""One reply answers everything of its sort that waited: what the reply is called."""


@dataclass(frozen=True)
class Wait:
    """Something asked for that nobody has decided yet: in a few words, and the entry that asks."""

    title: str
    entry: "Entry"


def answers(verb: Verb) -> bool:
    """Say whether a press decides what somebody else asked, so that it is never done at one touch."""
    return verb in _ANSWERS


def answered(case: "Case", verb: Verb) -> "list[Entry]":
    """Return the entries a press answers, oldest first: the last that asked, of urges and instructions all since the last reply."""
    kinds = _ANSWERS.get(verb, ())
    if not kinds:
        return []
    reply = _REPLIES.get(verb, "")
    beside = (reply, closing.OrderCancelled.kind)
    story = list(ledger.entries_of("case", case.pk).filter(kind__in=(*kinds, *beside)))
    if not reply:
        return [entry for entry in story if entry.kind in kinds][-1:]
    replied = max((place for place, entry in enumerate(story) if entry.kind == reply), default=-1)
    gone = {entry.facts["number"] for entry in story if entry.kind == closing.OrderCancelled.kind}
    open_ = [entry for entry in story[replied + 1 :] if entry.kind in kinds]
    return [entry for entry in open_ if not entry.facts.get("number") or entry.facts["number"] not in gone]


def complaint(case: "Case") -> Rating | None:
    """Return the dissatisfied rating that waits to be verified; for those who may verify it. Source: 三要(四)-5."""
    return Rating.objects.filter(case=case, complaint=Complaint.OPEN.value).last()


def waits(sight: Sight, story: "Sequence[Entry]") -> list[Wait]:
    """Return what waits for a decision on a case, from its story; what waits for a reply stands in a card of its own."""
    asked = (
        (sight.extension == Asked.ASKED, "延期申请，等中转站负责人审批", work.ExtensionAsked.kind),
        (sight.suspension == Asked.ASKED, "长期挂账申请，等分管或蹲点领导审批", work.SuspensionAsked.kind),
        (any(task.waits_for_ruling for task in sight.tasks), "退回，等中转站认可或驳回", work.Returned.kind),
        (sight.instruction_waits, "领导批示，等承办单位回复", closing.Instructed.kind),
        (sight.wants_consultation and sight.is_open, "提请会商，等中转站召集", intake.ConsultationAsked.kind),
    )
    last = {entry.kind: entry for entry in story}
    return [Wait(title, last[kind]) for is_open, title, kind in asked if is_open and kind in last]
