"""Which offices a case concerns, before anybody is called together about it."""

from collections.abc import Collection

from qinqing.cases.models import Case, Task
from qinqing.cases.terms import Terms
from qinqing.cases.words import LIVE_TASKS, Kind, TaskState
from qinqing.people import reads as people

_HAD = [state.value for state in (*sorted(LIVE_TASKS), TaskState.RETURNED)]


def concerned(case: Case, terms: Terms) -> list[int]:
    """Return the offices to call: the one whose duty the topic is by the plan, and who has the case or gave it back this round.

    The hub is left out: it leads.

    Source: 二(三)-1, 二(三)-2, 二(二)1-诉求-会商.
    """
    matter = terms.matter(Kind(case.kind), case.topic) if case.topic else None
    found = [] if matter is None else [_office(case, matter.office)]
    rows = Task.objects.filter(case=case, round=case.round, state__in=_HAD).order_by("id")
    found += rows.values_list("office_id", flat=True)
    return [office for office in dict.fromkeys(found) if office and office != case.hub_id]


def left_out(case: Case, terms: Terms, called: Collection[int]) -> list[int]:
    """Return the offices a case concerns that are not called."""
    return [office for office in concerned(case, terms) if office not in called]


def _office(case: Case, code: str) -> int | None:
    if code == "community":
        return case.community_id
    return next((office.pk for office in people.offices(case.town_id) if office.code == code), None)
