"""Putting somebody on the roster."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.grids import policy, reads
from qinqing.grids.actions import officers as actions
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.grids.forms import NewOfficerForm


@screen(Right.READ_ROSTER)
def new(request: Request, community_id: int) -> HttpResponse:
    """Name an officer: a person of this community who has an account, or a new one."""
    by, now = request.actor, clock.now()
    community = reads.community(community_id, by=by)
    policy.require_edit(by, community, now.date())
    grids = reads.grids_of(community_id)
    form = NewOfficerForm(
        request.POST or None,
        people=_people(community_id, request),
        grids=grids,
        initial={"starts_on": now.date(), "grids": [grid.pk for grid in grids] if len(grids) == 1 else []},
    )
    if request.method == "POST":
        officer = respond.tried(
            form,
            lambda: actions.name_officer(
                community_id=community_id,
                account_id=form.cleaned_data["account"],
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"],
                title=form.cleaned_data["title"],
                is_full_time=form.cleaned_data["is_full_time"],
                grid_ids=form.cleaned_data["grids"],
                starts_on=form.cleaned_data["starts_on"],
                by=by,
                at=now,
            ),
        )
        if officer:
            url = reverse("grids_page", args=[community_id])
            return respond.done(request, url, f"已将{officer.post.account.name}列入网格员名册。")
    return respond.screen(request, "grids/officer_new.html", {"form": form, "community": community, "grids": grids})


@require_POST
@screen(Right.READ_ROSTER)
def take_on(request: Request, community_id: int) -> HttpResponse:
    """Put somebody on the roster who already holds the post: the remedy of one gap."""
    by, now = request.actor, clock.now()
    raw = request.POST.get("account", "")
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 19):
        raise NotFound
    officer = actions.name_officer(community_id=community_id, account_id=int(raw), by=by, at=now)
    url = reverse("grids_officer", args=[officer.pk])
    return respond.done(request, url, f"已将{officer.post.account.name}列入名册，请补填电话、职务和网格。")


def _people(community_id: int, request: Request) -> list[tuple[int, str]]:
    """Return the community's people who are not on the roster yet."""
    today = clock.now().date()
    listed = {officer.post.account_id for officer in reads.officers_of(community_id, today)}
    found = {post.account_id: post.account.name for post in people.people_of(community_id, None, today)}
    return [(pk, name) for pk, name in found.items() if pk not in listed]
