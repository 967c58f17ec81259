"""临时任务: the list, giving one, one's own share, taking it back."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.outreach import policy
from qinqing.outreach.actions import errands as actions
from qinqing.outreach.reads import errands as reads
from qinqing.outreach.words import Line as LineOfDuty
from qinqing.outreach.words import Whom
from qinqing.people import reads as people
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind, Role
from qinqing.web import asked, respond
from qinqing.web.forms import Choice, Choices_, Form, Line, Long, Moment, Yes
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import attached, files, files_field, tabs


class ErrandForm(Form):
    """What, for whom, by when."""

    title = Line("任务", 120)
    text = Long("要求", 4000, rows=4, required=False)
    line = Choice("条线", LineOfDuty.choices(), open_=True, initial=LineOfDuty.SAFETY.value)
    due_at = Moment("完成时限")
    external = Line(
        "另须在哪个系统（APP）操作",
        80,
        required=False,
        help_text="填了，网格员报完成时要勾“已操作”。",
        placeholder="如：市应急系统",
    )
    whom = Choice("给谁", Whom.choices(), open_=True, initial=Whom.ALL.value)
    community_ids = Choices_("村（社区）", to=int, required=False)
    officer_ids = Choices_("网格员", to=int, required=False)
    files = files_field("附件")  # type: ignore[assignment]  # a field, not the form's own files

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = people.offices(by.town_id, [OfficeKind.COMMUNITY])
        seats = people.holders(by.town_id, [Role.GRID_OFFICER], clock.now().date())
        self.fields["community_ids"].choices = [(one.pk, one.short) for one in offices]  # type: ignore[attr-defined]
        self.fields["officer_ids"].choices = [  # type: ignore[attr-defined]
            (seat.account_id, f"{seat.account.name}（{seat.office.short}）") for seat in seats
        ]


class DoneForm(Form):
    """One's own share."""

    note = Long("完成情况", 4000, rows=3, required=False)
    external_done = Yes("已在外部系统（APP）操作")
    files = files_field("照片")  # type: ignore[assignment]  # a field, not the form's own files


class CancelForm(Form):
    """Why it is not wanted any more."""

    reason = Line("取消原因", 200)


@screen(Right.READ_OUTREACH)
def errands(request: Request) -> HttpResponse:
    """Show the errands."""
    by = request.actor
    found = reads.listing(by, before=asked.number(request, "before"))
    page = found[: reads.PAGE]
    context = {
        "rows": page,
        "next": f"?before={page[-1].id}" if len(found) > reads.PAGE else "",
        "may_give": policy.may_give_errand(by),
        "now": clock.now(),
        "tabs": tabs(by, "errands"),
    }
    return respond.screen(request, "outreach/errands.html", context)


@screen(Right.ARRANGE)
def new(request: Request) -> HttpResponse:
    """Give an errand."""
    by, at = request.actor, clock.now()
    policy.require_give_errand(by)
    form = ErrandForm(by, request.POST, request.FILES) if request.method == "POST" else ErrandForm(by)

    def act() -> Any:
        data = {name: value for name, value in form.cleaned_data.items() if name != "files"}
        return actions.give_errand(attachments=attached(form, by=by, at=at), by=by, at=at, **data)

    if request.method == "POST":
        made = respond.tried(form, act)
        if made:
            given = len(reads.sheet(by, made.pk).shares)
            return respond.done(request, reverse("outreach_errand", args=[made.pk]), f"已布置给{given}名网格员。")
    return respond.screen(request, "outreach/errand_new.html", {"form": form})


@screen(Right.READ_OUTREACH)
def sheet(request: Request, errand_id: int) -> HttpResponse:
    """Show one errand."""
    return shown(request, errand_id)


def shown(request: Request, errand_id: int, **tried: forms.BaseForm) -> HttpResponse:
    """Return the page, with a form that was refused if there is one: `done` or `cancel`."""
    found = reads.sheet(request.actor, errand_id)
    context = {
        "sheet": found,
        "errand": found.errand,
        "files": files(found.files),
        "shares": [{"line": one, "files": files(one.photos)} for one in found.shares],
        "form": tried.get("done") or DoneForm(),
        "cancel": tried.get("cancel") or CancelForm(),
        "now": clock.now(),
    }
    status = respond.status_of(next(iter(tried.values()))) if tried else None
    return respond.screen(request, "outreach/errand.html", context, status=status)


@require_POST
@screen(Right.READ_OUTREACH)
def done(request: Request, errand_id: int) -> HttpResponse:
    """Report one's share done."""
    by, at = request.actor, clock.now()
    form = DoneForm(request.POST, request.FILES)

    def act() -> object:
        data = form.cleaned_data
        return actions.do_share(
            errand_id=errand_id,
            note=data["note"],
            external_done=data["external_done"],
            attachments=attached(form, by=by, at=at),
            by=by,
            at=at,
        )

    if respond.tried(form, act):
        return respond.done(request, reverse("outreach_errand", args=[errand_id]), "已报完成。")
    return shown(request, errand_id, done=form)


@require_POST
@screen(Right.ARRANGE)
def cancel(request: Request, errand_id: int) -> HttpResponse:
    """Take an errand back."""
    by, at = request.actor, clock.now()
    form = CancelForm(request.POST)
    if respond.tried(form, lambda: actions.cancel_errand(errand_id=errand_id, by=by, at=at, **form.cleaned_data)):
        return respond.done(request, reverse("outreach_errand", args=[errand_id]), "已取消，没完成的网格员会收到消息。")
    return shown(request, errand_id, cancel=form)
