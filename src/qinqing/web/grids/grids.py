"""A community's grids: adding, renaming, closing."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.grids import policy, reads
from qinqing.grids.actions import grids as actions
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.grids.forms import CloseGridForm, GridForm


@screen(Right.READ_ROSTER)
def grids(request: Request, community_id: int) -> HttpResponse:
    """Show the grids; add one."""
    by, now = request.actor, clock.now()
    form = GridForm(request.POST or None)
    if request.method == "POST":
        grid = respond.tried(
            form, lambda: actions.add_grid(community_id=community_id, **form.cleaned_data, by=by, at=now)
        )
        if grid:
            return _back(request, community_id, f"已设立网格“{grid.name}”。")
    return _shown(request, community_id, form=form)


@require_POST
@screen(Right.READ_ROSTER)
def rename(request: Request, grid_id: int) -> HttpResponse:
    """Give a grid a new name."""
    by, now = request.actor, clock.now()
    form = GridForm(request.POST)
    grid = respond.tried(form, lambda: actions.rename_grid(grid_id=grid_id, **form.cleaned_data, by=by, at=now))
    if grid:
        return _back(request, grid.community_id, f"网格已更名为“{grid.name}”。")
    return _shown(request, reads.grid(grid_id, by=by).community_id, renaming=(grid_id, form))


@require_POST
@screen(Right.READ_ROSTER)
def close(request: Request, grid_id: int) -> HttpResponse:
    """Close an empty grid."""
    by, now = request.actor, clock.now()
    form = CloseGridForm(request.POST)
    grid = respond.tried(form, lambda: actions.close_grid(grid_id=grid_id, **form.cleaned_data, by=by, at=now))
    if grid:
        return _back(request, grid.community_id, f"网格“{grid.name}”已撤销。")
    return _shown(request, reads.grid(grid_id, by=by).community_id, closing=(grid_id, form))


def _back(request: Request, community_id: int, told: str) -> HttpResponse:
    return respond.done(request, reverse("grids_grids", args=[community_id]), told)


def _shown(
    request: Request,
    community_id: int,
    *,
    form: GridForm | None = None,
    renaming: tuple[int, GridForm] | None = None,
    closing: tuple[int, CloseGridForm] | None = None,
) -> HttpResponse:
    """Show the grids, each with its two forms; one of them may come back with something wrong in it."""
    by, today = request.actor, clock.now().date()
    community = reads.community(community_id, by=by)
    renamed, shut = dict([renaming] if renaming else []), dict([closing] if closing else [])
    rows = [
        {
            "line": line,
            "rename": renamed.get(line.id) or GridForm(initial={"name": line.name}, auto_id=f"grid{line.id}_%s"),
            "close": shut.get(line.id) or CloseGridForm(auto_id=f"close{line.id}_%s"),
            "is_open": line.id in renamed or line.id in shut,
        }
        for line in reads.grid_lines(community_id, on=today)
    ]
    wrong = next((found for found in (form, *renamed.values(), *shut.values()) if found and found.is_bound), None)
    context = {
        "community": community,
        "rows": rows,
        "form": form or GridForm(),
        "may_edit": policy.may_edit(by, community, today),
    }
    return respond.screen(request, "grids/grids.html", context, status=respond.status_of(wrong))
