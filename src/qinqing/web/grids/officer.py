"""One officer: what the roster says, his grids and enterprises, and leaving."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.grids import lists, policy, reads
from qinqing.grids.actions import officers, places
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound, Refused
from qinqing.people.rights import Right, may
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.grids.forms import EndForm, OfficerForm

if TYPE_CHECKING:
    from qinqing.grids.models import Officer


@screen(Right.READ_ROSTER)
def sheet(request: Request, officer_id: int) -> HttpResponse:
    """Show an officer; change what the roster says."""
    by, now = request.actor, clock.now()
    officer = reads.officer(officer_id, by=by)
    initial = {"title": officer.title, "is_full_time": officer.is_full_time}
    form = OfficerForm(request.POST or None, initial=initial)
    if request.method == "POST":
        phone = request.POST.get("phone", "").strip()
        done = respond.tried(
            form,
            lambda: officers.edit_officer(
                officer_id=officer_id,
                title=form.cleaned_data["title"],
                is_full_time=form.cleaned_data["is_full_time"],
                phone=phone or None,
                by=by,
                at=now,
            ),
        )
        if done:
            return _back(request, officer_id, "已保存。")
    return _sheet(request, officer, form=form)


@require_POST
@screen(Right.READ_ROSTER)
def place(request: Request, officer_id: int) -> HttpResponse:
    """Let the officer serve a grid from today on."""
    by, now = request.actor, clock.now()
    row = places.place_in_grid(officer_id=officer_id, grid_id=_grid_id(request), by=by, at=now)
    told = f"{row.officer.post.account.name}已编入网格“{row.grid.name}”。"
    if request.POST.get("next") == "lists":
        return respond.done(request, reverse("grids_page", args=[row.grid.community_id]), told)
    return _back(request, officer_id, told)


@require_POST
@screen(Right.READ_ROSTER)
def take_out(request: Request, officer_id: int) -> HttpResponse:
    """Let the officer serve a grid no longer."""
    by, now = request.actor, clock.now()
    try:
        row = places.take_out_of_grid(officer_id=officer_id, grid_id=_grid_id(request), by=by, at=now)
    except NotFound:
        raise
    except Refused as refusal:
        return _sheet(request, reads.officer(officer_id, by=by), refusal=refusal)
    return _back(request, officer_id, f"已移出网格“{row.grid.name}”，今天是最后一天。")


@require_POST
@screen(Right.REVEAL_PHONE)
def phone(request: Request, officer_id: int) -> HttpResponse:
    """Show the full number this one time; it leaves an entry."""
    by, now = request.actor, clock.now()
    officer = reads.officer(officer_id, by=by)
    shown = officers.reveal_phones(
        community_id=officer.post.office_id, officer_ids=[officer_id], purpose="联系网格员", by=by, at=now
    )
    if respond.by_htmx(request):
        return respond.screen(request, "grids/phone.html", {"number": shown[officer_id]})
    return _sheet(request, officer, full_phone=shown[officer_id])


@screen(Right.READ_ROSTER)
def end(request: Request, officer_id: int) -> HttpResponse:
    """Take an officer off the roster; while enterprises are his, show the way to the hand-over instead."""
    by, now = request.actor, clock.now()
    officer = reads.officer(officer_id, by=by)
    policy.require_edit(by, officer.post.office, now.date())
    form = EndForm(request.POST or None, initial={"last_day": now.date()})
    if request.method == "POST":
        done = respond.tried(
            form, lambda: officers.end_officer(officer_id=officer_id, **form.cleaned_data, by=by, at=now)
        )
        if done:
            url = reverse("grids_page", args=[officer.post.office_id])
            return respond.done(
                request, url, f"已登记：{officer.post.account.name}任至{form.cleaned_data['last_day']}。"
            )
    last_day = _typed_day(form) or now.date()
    context = {
        "form": form,
        "officer": officer,
        "community": officer.post.office,
        "attached": reads.attached(officer, after=last_day),
        "hand_over_on": max(last_day + timedelta(days=1), now.date()),
        "reason": form["reason"].value() or "人员离任",
    }
    return respond.screen(request, "grids/officer_end.html", context)


def _grid_id(request: Request) -> int:
    raw = request.POST.get("grid", "")
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 19):
        raise NotFound("没有这个网格。", code="grid_not_found")
    return int(raw)


def _typed_day(form: EndForm) -> date | None:
    """Return the last day as typed, also when the action refused it."""
    try:
        found: date | None = form.fields["last_day"].clean(form["last_day"].value())
    except ValidationError:
        return None
    return found


def _back(request: Request, officer_id: int, told: str) -> HttpResponse:
    return respond.done(request, reverse("grids_officer", args=[officer_id]), told)


def _sheet(
    request: Request,
    officer: "Officer",
    *,
    form: OfficerForm | None = None,
    refusal: Refused | None = None,
    full_phone: str = "",
) -> HttpResponse:
    by, today = request.actor, clock.now().date()
    community_id = officer.post.office_id
    both = lists.two_lists(community_id, by=by, on=today)
    line = next((one for one in both.officers if one.id == officer.pk), None)
    own = [
        row
        for row in both.enterprises
        if any(tie and tie.officer_id == officer.post.account_id for tie in (row.lead, row.deputy, *row.planned))
    ]
    serving = {grid.id for grid in line.grids} if line else set()
    context = {
        "officer": officer,
        "line": line,
        "community": both.community,
        "enterprises": own,
        "form": form or OfficerForm(initial={"title": officer.title, "is_full_time": officer.is_full_time}),
        "may_edit": line is not None and policy.may_edit(by, both.community, today),
        "may_see_phones": may(by.post, Right.REVEAL_PHONE),
        "other_grids": [grid for grid in reads.grids_of(community_id) if grid.pk not in serving],
        "full_phone": full_phone,
        "refusal": refusal,
        "today": today,
    }
    status = refusal.status if refusal else respond.status_of(form)
    return respond.screen(request, "grids/officer.html", context, status=status)
