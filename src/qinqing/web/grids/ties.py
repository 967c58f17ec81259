"""Giving enterprises an officer, and releasing them."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.grids import lists, reads
from qinqing.grids.actions import many
from qinqing.grids.actions import ties as actions
from qinqing.grids.facts import ManyTied
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
    """Give the ticked enterprises the chosen officer, as lead or (one enterprise) as deputy, from today on."""
    by, now = request.actor, clock.now()
    both = lists.two_lists(community_id, by=by, on=now.date())
    form = TieForm(request.POST, offered=targets(both.officers, on=now.date()))

    def act() -> str:
        officer_id, grid_id = form.cleaned_data["officer"]
        firms = form.cleaned_data["enterprises"]
        if form.cleaned_data["rank"] == Rank.DEPUTY or len(firms) == 1:
            row = actions.tie(
                enterprise_id=next(iter(firms)),
                officer_id=officer_id,
                rank=form.cleaned_data["rank"] or str(Rank.LEAD),
                grid_id=grid_id,
                by=by,
                at=now,
            )
            return f"{row.enterprise.name}的{Rank.label_of(row.rank)}网格员已定为{row.officer.name}。"
        fact: ManyTied = many.tie_many(enterprise_ids=firms, officer_id=officer_id, grid_id=grid_id, by=by, at=now)
        return f"{len(fact.enterprises)}家企业的主责网格员已定为{fact.officer}。"

    told = respond.tried(form, act)
    if told:
        return respond.done(request, reverse("grids_page", args=[community_id]), told)
    return page.shown(request, community_id, form=form, status=respond.status_of(form))


@screen(Right.READ_ROSTER)
def release(request: Request, liaison_id: int) -> HttpResponse:
    """Leave an enterprise without the officer of this tie."""
    by, now = request.actor, clock.now()
    line, enterprise, community_id = reads.tie(liaison_id, by=by)
    form = ReleaseForm(request.POST or None, initial={"effective_on": now.date()})

    def act() -> bool:
        actions.release(liaison_id=liaison_id, **form.cleaned_data, by=by, at=now)
        return True

    if request.method == "POST" and respond.tried(form, act):
        url = reverse("grids_page", args=[community_id])
        return respond.done(
            request, url, f"已登记：{line.officer}不再担任{enterprise}的{Rank.label_of(line.rank)}网格员。"
        )
    context = {
        "form": form,
        "tie": line,
        "rank": Rank.label_of(line.rank),
        "enterprise": enterprise,
        "community_id": community_id,
    }
    return respond.screen(request, "grids/release.html", context)
