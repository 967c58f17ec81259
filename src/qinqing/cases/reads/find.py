"""Finding one case for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from qinqing.cases import policy
from qinqing.cases.lifecycle import BY_VERB
from qinqing.cases.models import Attachment, Case, Task, Upward
from qinqing.cases.rules.offers import Offer, offers
from qinqing.cases.rules.sight import Sight
from qinqing.cases.words import Kind, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people.words import Role

_UPWARD_SALT = "cases.upward"
_RATE_SALT = "cases.rate"
_UPWARD_DAYS = 180
_RATE_DAYS = 20


def get_for(by: Actor, case_id: int) -> Case:
    """Return a case this person may see, offices and people fetched along.

    Raises:
        NotFound: no such case, or out of sight: the same answer for both.
    """
    rows = policy.visible_to(by).select_related("lead_office", "handler", "community", "park", "hub")
    case = rows.filter(pk=case_id).first()
    if case is None:
        raise NotFound("没有找到这件事项，或不在您的查看范围内。")
    return case


def id_of(by: Actor, number: str) -> int:
    """Return the id of the case with this number.

    Raises:
        NotFound: as `get_for`.
    """
    found = policy.visible_to(by).filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("没有找到这件事项，或不在您的查看范围内。")
    return found


def tasks_of(case_ids: Iterable[int]) -> dict[int, list[Task]]:
    """Return the tasks of cases, oldest first, offices and handlers fetched along. One query."""
    found: dict[int, list[Task]] = {}
    for task in Task.objects.filter(case_id__in=list(case_ids)).select_related("office", "handler").order_by("id"):
        found.setdefault(task.case_id, []).append(task)
    return found


def tasks_at(by: Actor, *, state: str | None = None, after: int = 0, size: int = 100) -> list[Task]:
    """Return tasks of the reader's own office, oldest first, after an id; of one state if given. A grid officer: his own."""
    rows = Task.objects.filter(office_id=by.office_id or 0, pk__gt=after).select_related("office", "handler")
    if by.post == Role.GRID_OFFICER:
        rows = rows.filter(handler_id=by.account_id)
    if state:
        rows = rows.filter(state=str(state))
    return list(rows.order_by("id")[:size])


def sight_of(case: Case) -> Sight:
    """Return what the rules see of a case."""
    return policy.sight_of(case, Task.objects.filter(case_id=case.pk).order_by("id"))


def offers_for(by: Actor, case: Case, at: datetime) -> list[Offer]:
    """Return the buttons this person may press on a case now, the most obvious first."""
    return offers(by, sight_of(case), at)


def require_offer(by: Actor, case: Case, verb: Verb, task_id: int | None, at: datetime) -> None:
    """Make sure a press is open to this person before he fills in its form.

    Raises:
        NotAllowed, TooLate, Refused: as `policy.require`.
    """
    sight = sight_of(case)
    task = next((seen for seen in sight.tasks if seen.id == task_id), None)
    policy.require(verb, by, case, sight, task if BY_VERB[verb].task else None, at, lambda: "见办理经过")


def attachment_for(by: Actor, attachment_id: int) -> Attachment:
    """Return a file of a case this person may see; an enterprise only the files meant for it.

    Raises:
        NotFound: no such file, or out of sight.
    """
    found = Attachment.objects.filter(pk=attachment_id, case__in=policy.visible_to(by).values("pk")).first()
    if found is None or (by.enterprise_id is not None and not found.for_enterprise):
        raise NotFound("没有找到这个附件，或不在您的查看范围内。")
    return found


def by_track_code(number: str, code: str) -> Case | None:
    """Return the case with this number and query code, for public tracking; None when either is wrong."""
    typed = code.strip().upper()
    if not typed:
        return None
    return Case.objects.filter(number=number.strip(), track_code=typed).select_related("lead_office").first()


def upward_token(upward: Upward) -> str:
    """Return the token of the link through which the superior answers."""
    return signing.dumps(upward.pk, salt=_UPWARD_SALT)


def upward_of_token(token: str) -> Upward | None:
    """Return the submission a superior's link stands for; None if the link is forged or older than half a year."""
    try:
        key = signing.loads(token, salt=_UPWARD_SALT, max_age=_UPWARD_DAYS * 86400)
    except signing.BadSignature:
        return None
    return Upward.objects.filter(pk=key).select_related("case", "task").first()


def rate_token(case: Case) -> str:
    """Return the token of a one-time link for rating this round of a case."""
    return signing.dumps([case.pk, case.round], salt=_RATE_SALT)


def case_of_rate_token(token: str) -> Case | None:
    """Return the case a rating link stands for; None if forged, out of date or of an earlier round."""
    try:
        key, round_ = signing.loads(token, salt=_RATE_SALT, max_age=_RATE_DAYS * 86400)
    except (signing.BadSignature, ValueError):
        return None
    return Case.objects.filter(pk=key, round=round_).first()


@dataclass(frozen=True)
class Parties:
    """Who has to do with a case, by id, for those who tell them."""

    number: str
    title: str
    enterprise_id: int
    hub_id: int
    community_id: int
    lead_office_id: int | None
    handler_id: int | None
    submitter_id: int | None
    first_asked_id: int | None
    is_public: bool


def parties_of(case_ids: Iterable[int]) -> dict[int, Parties]:
    """Return the parties of cases, for the notices (no person's scope applies: each is told only of his own)."""
    rows = Case.objects.filter(pk__in=set(case_ids))
    return {
        row.pk: Parties(
            number=row.number,
            title=row.title if row.kind == Kind.DEMAND else f"疑似{row.topic_name}问题",
            enterprise_id=row.enterprise_id,
            hub_id=row.hub_id,
            community_id=row.community_id,
            lead_office_id=row.lead_office_id,
            handler_id=row.handler_id,
            submitter_id=row.submitter_id,
            first_asked_id=row.first_asked_id,
            is_public=row.kind == Kind.DEMAND or bool(row.published),
        )
        for row in rows
    }
