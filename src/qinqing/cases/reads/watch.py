"""What leaders and supervision keep an eye on without having been asked: late matters, and the key ones of a leader's line."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from qinqing.cases import policy
from qinqing.cases.models import Task
from qinqing.cases.reads.lines import LINE_COLUMNS, Line, lines
from qinqing.cases.words import BEFORE_ANSWER
from qinqing.kernel.actor import Actor
from qinqing.people.words import Role

MOST = 40


def watched(by: Actor, at: datetime) -> list[Line]:
    """Return unanswered matters to keep an eye on, nearest deadline first; a line carries a press only where there is one.

    Leader: late and key ones in his line and villages (without a named charge: the town's). Supervision: the
    town's late ones. Everybody else: nothing, it is on his list of things to do.

    Source: 三要(二)-2, 三要(三)-1.
    """
    late = Q(due_at__lt=at)
    if by.post == Role.LEADER:
        chosen = late | Q(is_key=True)
        if by.charge_ids:
            at_his_offices = Task.objects.filter(case_id=OuterRef("pk"), office_id__in=by.charge_ids)
            chosen &= Q(community_id__in=by.charge_ids) | Q(Exists(at_his_offices))
    elif by.post == Role.SUPERVISOR:
        chosen = late
    else:
        return []
    unanswered = policy.visible_to(by).filter(state__in=[state.value for state in BEFORE_ANSWER])
    rows = unanswered.filter(chosen).order_by("due_at", "id").select_related(*LINE_COLUMNS)[:MOST]
    return lines(rows, at, by=by)
