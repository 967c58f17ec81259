"""One enterprise: who answers for it, who has, since when and why it changed; giving it a lead or a deputy."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.rules import is_active
from qinqing.grids import lists, policy, reads
from qinqing.grids.actions import ties
from qinqing.grids.words import Rank
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.grids.forms import OneTieForm, targets

if TYPE_CHECKING:
    from qinqing.grids.models import Liaison


@screen(Right.READ_ENTERPRISES)
def history(request: Request, enterprise_id: int) -> HttpResponse:
    """Show every period of an enterprise the actor may see; give it the officer it lacks."""
    by, now = request.actor, clock.now()
    today = now.date()
    enterprise = enterprises.get_for(by, enterprise_id)
    lines = reads.history_of(enterprise_id)
    community = enterprise.community
    may_edit = community is not None and policy.may_edit(by, community, today)
    officers = lists.two_lists(community.pk, by=by, on=today).officers if community and may_edit else ()
    held = {line.rank for line in lines if line.until is None or line.until >= today}
    lacks = [str(rank) for rank in Rank if rank not in held]
    initial = {"rank": next(iter(lacks), ""), "on": today}
    form = OneTieForm(request.POST or None, offered=targets(officers, on=today), lacks=lacks, initial=initial)

    def act() -> "Liaison":
        officer_id, grid_id = form.cleaned_data["officer"]
        return ties.tie(
            enterprise_id=enterprise_id,
            officer_id=officer_id,
            grid_id=grid_id,
            rank=form.cleaned_data["rank"],
            on=form.cleaned_data["on"],
            by=by,
            at=now,
        )

    row = respond.tried(form, act) if request.method == "POST" else None
    if row:
        url = reverse("grids_history", args=[enterprise_id])
        return respond.done(request, url, f"{Rank.label_of(row.rank)}网格员已定为{row.officer.name}。")
    context = {
        "enterprise": enterprise,
        "community": community,
        "lines": lines,
        "coming": sorted(
            (line for line in lines if line.until is None or line.until >= today), key=lambda line: line.since
        ),
        "lead": next((line for line in lines if line.rank == Rank.LEAD and line.since <= today), None),
        "lacks": lacks,
        "may_edit": may_edit,
        "needs_officer": is_active(enterprise.status),
        "form": form,
        "today": today,
    }
    return respond.screen(request, "grids/history.html", context)
