"""待归属: firms without a community, given one many at a time."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import queues
from qinqing.enterprises.actions import files
from qinqing.enterprises.queues import Waiting
from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.enterprises.tabs import tabs
from qinqing.web.gate import Request, screen

PAGE = 200


@dataclass(frozen=True)
class Group:
    """Firms whose addresses point to the same community, or to none."""

    community_id: int | None
    community: str
    firms: list[Waiting]


@screen(Right.MANAGE_ENTERPRISES)
def unassigned(request: Request) -> HttpResponse:
    """Show who waits, together with whom the address suggests; posted: assign the ticked ones."""
    by, now = request.actor, clock.now()
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            moved = files.assign_community(
                enterprise_ids=_numbers(request.POST.getlist("firm")),
                community_id=(_numbers([request.POST.get("community", "")]) or [0])[0],
                by=by,
                at=now,
            )
            return respond.done(request, reverse("enterprise_unassigned"), f"已归属{len(moved)}家企业。")
        except (NotAllowed, NotFound):
            raise
        except Refused as refusal:
            wrong = refusal
    rows = queues.unassigned(by, after=asked.number(request, "after"), size=PAGE + 1)
    last = rows[PAGE - 1].id if len(rows) > PAGE else None
    context = {
        "groups": _groups(rows[:PAGE]),
        "places": queues.places(by.town_id),
        "wrong": wrong.sentence if wrong else "",
        "ticked": set(_numbers(request.POST.getlist("firm"))) if wrong else set(),
        "next": f"{reverse('enterprise_unassigned')}?after={last}" if last else "",
        "tabs": tabs(by, "unassigned", queues.counts(by, now)),
    }
    return respond.screen(request, "enterprises/unassigned.html", context, status=wrong.status if wrong else 200)


def _numbers(raw: list[str]) -> list[int]:
    return [int(one) for one in raw if one.isascii() and one.isdecimal() and len(one) < 19]


def _groups(rows: list[Waiting]) -> list[Group]:
    """Return the rows by suggestion, the largest group first, those without one last."""
    ordered = sorted(rows, key=lambda row: (row.suggested_id is None, row.suggested_id or 0))
    groups = [
        Group(key[0], key[1], list(firms)) for key, firms in groupby(ordered, lambda r: (r.suggested_id, r.suggested))
    ]
    return sorted(groups, key=lambda group: (group.community_id is None, -len(group.firms)))
