"""会商 and 形成办理意见: the session beside the case. The case's own part — state, tasks, entry — is done by `cases.actions`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qinqing.cases import concerned
from qinqing.cases.actions import dispatch
from qinqing.cases.actions import press as cases
from qinqing.cases.reads import find
from qinqing.cases.terms import terms_of
from qinqing.cases.words import LIVE_TASKS, Verb
from qinqing.consultations.models import Invitation, Item, Session, Sitting
from qinqing.kernel.actor import Actor
from qinqing.kernel.text import clean
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.cases.files import Received
    from qinqing.cases.models import Case


def press(
    verb: Verb, case_id: int, *, by: Actor, at: datetime, values: Mapping[str, Any], task_id: int | None = None
) -> "Case":
    """Do one press on a case: the door of pages, API and random walk. Consulting keeps a session, all else goes straight on.

    Raises:
        Refused and its kin: whatever the action says.
    """
    if verb is Verb.CONVENE:
        return convene(case_id, by=by, at=at, **values)
    if verb is Verb.RECORD_OPINION:
        return record_opinion(case_id, by=by, at=at, **values)
    return cases.press(verb, case_id, by=by, at=at, values=values, task_id=task_id)


def convene(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    participants: Sequence[int],
    held_at: datetime,
    place: str,
    agenda: str,
    left_out: str = "",
) -> "Case":
    """会商: call the offices together about a case, and keep the session; what is called to one place and time is one sitting.

    Raises:
        Refused and its kin: as `cases.actions.dispatch.convene`.
    Source: 二(三)-1, 二(三)-3, 三职(二)-2.
    """
    with transaction.atomic():
        missing = _left_out(find.get_for(by, case_id), participants)
        case = dispatch.convene(
            case_id,
            by=by,
            at=at,
            participants=participants,
            held_at=held_at,
            place=place,
            agenda=agenda,
            left_out=left_out,
        )
        sitting, _ = Sitting.objects.get_or_create(
            town_id=case.town_id,
            held_at=held_at,
            place=clean(place),
            defaults={"convened_by_name": by.name, "convened_at": at},
        )
        session = Session.objects.create(
            town_id=case.town_id,
            sitting=sitting,
            case=case,
            place_in_case=Session.objects.filter(case=case).count() + 1,
            agenda=clean(agenda),
            left_out=f"{missing}：{clean(left_out)}" if missing else "",
            convened_at=at,
        )
        called = dict.fromkeys(participants)
        session.offices.set(called)
        known = set(Invitation.objects.filter(sitting=sitting).values_list("office_id", flat=True))
        Invitation.objects.bulk_create(
            Invitation(sitting=sitting, office_id=office) for office in called if office not in known
        )
        return case


def _left_out(case: "Case", participants: Sequence[int]) -> str:
    """Name the offices the case concerns that are not called; asked before its tasks are taken back."""
    missing = concerned.left_out(case, terms_of(case.plan_version_id), participants)
    names = people.office_names(case.town_id)
    return "、".join(names[office][0] for office in missing if office in names)


def record_opinion(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    opinion: str,
    items: Sequence[Mapping[str, Any]],
    files: "Sequence[Received]" = (),
) -> "Case":
    """形成办理意见: the session's outcome; each item became a task of the case.

    Raises:
        Refused and its kin: as `cases.actions.dispatch.record_opinion`.
    Source: 二(二)1-诉求-会商, 二(二)2-问题-部门-会商.
    """
    with transaction.atomic():
        case = dispatch.record_opinion(case_id, by=by, at=at, opinion=opinion, items=items, files=files)
        session = Session.objects.filter(case=case, recorded_at__isnull=True).latest("id")
        session.opinion, session.recorded_at, session.recorded_by_name = clean(opinion), at, by.name
        session.save()
        given = {task.office_id: task.pk for task in find.tasks_of([case.pk])[case.pk] if task.state in LIVE_TASKS}
        Item.objects.bulk_create(
            Item(
                session=session,
                office_id=int(item["office"]),
                task_id=given[int(item["office"])],
                what=clean(str(item["what"])),
                working_days=int(item["days"]),
                is_lead=place == 0,
            )
            for place, item in enumerate(items)
        )
        return case
