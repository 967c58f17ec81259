"""Giving enterprises an officer, and releasing them."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.grids import lists, policy, reads
from qinqing.grids.actions import many
from qinqing.grids.actions import ties as actions
from qinqing.grids.facts.ties import ManyTied
from qinqing.grids.words import Rank
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.grids import page
from qinqing.web.grids.forms import ReleaseForm, TieForm, targets


@require_POST
@screen(Right.READ_ROSTER)
def tie(request: Request, community_id: int) -> HttpResponse:
    """Give the ticked enterprises the chosen officer as their lead from today on."""
    by, now = request.actor, clock.now()
    both = lists.two_lists(community_id, by=by, on=now.date())
    form = TieForm(request.POST, offered=targets(both.officers, on=now.date()))

    def act() -> ManyTied:
        officer_id, grid_id = form.cleaned_data["officer"]
        return many.tie_many(enterprise_ids=form.chosen, officer_id=officer_id, grid_id=grid_id, by=by, at=now)

    fact = respond.tried(form, act)
    if fact:
        told = f"{len(fact.enterprises)}家企业的主责网格员已定为{fact.officer}。"
        return respond.done(request, reverse("grids_page", args=[community_id]), told)
    return page.shown(request, community_id, form=form, status=respond.status_of(form))


@screen(Right.READ_ROSTER)
def release(request: Request, liaison_id: int) -> HttpResponse:
    """Leave an enterprise without the officer of this tie."""
    by, now = request.actor, clock.now()
    found = reads.tie(liaison_id, by=by)
    policy.require_edit(by, reads.community(found.community_id, by=by), now.date())
    rank = Rank.label_of(found.line.rank)
    form = ReleaseForm(request.POST or None, initial={"effective_on": max(now.date(), found.line.since)})

    def act() -> bool:
        actions.release(liaison_id=liaison_id, **form.cleaned_data, by=by, at=now)
        return True

    if request.method == "POST" and respond.tried(form, act):
        url = reverse("grids_page", args=[found.community_id])
        told = f"已登记：{found.line.officer}不再担任{found.enterprise}的{rank}网格员。"
        return respond.done(request, url, told)
    return respond.screen(request, "grids/release.html", {"form": form, "found": found, "rank": rank})
