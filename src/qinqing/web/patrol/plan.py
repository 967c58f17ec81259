"""One announced visit: the notice as the firm reads it, its answer, going along, another day, giving it up."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.checklists import reads as checklists
from qinqing.kernel import clock
from qinqing.patrol import policy
from qinqing.patrol.actions import plans as actions
from qinqing.patrol.reads import guard, plans
from qinqing.people.rights import Right, may
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol.forms import CancelForm, JoinForm, MoveForm, lists_for


@screen(Right.READ_VISITS)
def patrol_plan(request: Request, planned_id: int) -> HttpResponse:
    """Show one announced visit."""
    return shown(request, planned_id)


def shown(request: Request, planned_id: int, **tried: forms.BaseForm) -> HttpResponse:
    """Return the page, with a form that was refused if there is one: `move`, `cancel` or `join`."""
    by = request.actor
    planned = plans.get_for(by, planned_id)
    line = plans.line_of(planned)
    offices = {planned.office_id, *(office.pk for office in planned.joint_with.all())}
    may_change = line.is_ahead and policy.may_change_plan(by, planned)
    may_join = line.is_ahead and may(by.post, Right.VISIT) and by.office_id not in offices
    own = guard(by, planned.enterprise_id, planned.on, planned.nature).own if may_join else ()
    context = {
        "line": line,
        "planned": planned,
        "may_change": may_change,
        "may_join": may_join,
        "own": own,
        "move": tried.get("move") or MoveForm(initial={"on": line.wanted_on or line.on, "hours": line.hours}),
        "cancel": tried.get("cancel") or CancelForm(),
        "join": tried.get("join") or (JoinForm(codes=_codes(request, planned_id)) if may_join else None),
        "visits": [visit for visit in planned.visits.all() if policy.visible_to(by).filter(pk=visit.pk).exists()],
        "opened": next(iter(tried), ""),
        "entries": plans.entries_of(planned),
    }
    status = respond.status_of(next(iter(tried.values()))) if tried else None
    return respond.screen(request, "patrol/plan.html", context, status=status)


def _codes(request: Request, planned_id: int) -> list[tuple[str, str]]:
    firm = plans.get_for(request.actor, planned_id).enterprise
    return lists_for(request.actor.town_id, checklists.needed_by(firm))


@require_POST
@screen(Right.VISIT)
def patrol_plan_join(request: Request, planned_id: int) -> HttpResponse:
    """Go along on this visit; a visit of one's own office is given up for it where one is named."""
    by, at = request.actor, clock.now()
    form = JoinForm(request.POST, codes=_codes(request, planned_id))
    own = request.POST.get("instead_of", "")
    instead = int(own) if own.isascii() and own.isdecimal() and len(own) < 19 else None

    def act() -> bool:
        codes = form.cleaned_data.get("codes", [])
        actions.join(planned_id=planned_id, codes=codes, instead_of=instead, by=by, at=at)
        return True

    if respond.tried(form, act):
        return respond.done(request, reverse("patrol_plan", args=[planned_id]), "已合并，一次走访一起去。")
    return shown(request, planned_id, join=form)


@require_POST
@screen(Right.VISIT)
def patrol_plan_move(request: Request, planned_id: int) -> HttpResponse:
    """Set another day."""
    by, at = request.actor, clock.now()
    form = MoveForm(request.POST)
    if respond.tried(form, lambda: actions.move(planned_id=planned_id, **form.cleaned_data, by=by, at=at)):
        return respond.done(request, reverse("patrol_plan", args=[planned_id]), "已改期，企业会收到新的告知。")
    return shown(request, planned_id, move=form)


@require_POST
@screen(Right.VISIT)
def patrol_plan_cancel(request: Request, planned_id: int) -> HttpResponse:
    """Give the visit up."""
    by, at = request.actor, clock.now()
    form = CancelForm(request.POST)
    if respond.tried(form, lambda: actions.cancel(planned_id=planned_id, **form.cleaned_data, by=by, at=at)):
        return respond.done(request, reverse("patrol_plan", args=[planned_id]), "已取消，企业会收到消息。")
    return shown(request, planned_id, cancel=form)
