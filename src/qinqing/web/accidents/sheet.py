"""One accident: what was reported, whom it went to and who has seen it, arrival, measures, aftercare."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.accidents import actions, policy, reads
from qinqing.accidents.words import NOTED
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.forms import Choice, Form, Long, Moment
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import attached, files, files_field


class ArriveForm(Form):
    """When; empty is now."""

    arrived_at = Moment("到场时间", required=False, help_text="留空即现在。现场危险的，不要进入。")


class NoteForm(Form):
    """A line of the log."""

    kind = Choice("记什么", [(kind.value, kind.label) for kind in NOTED], open_=True)
    text = Long("内容", 2000, rows=3)
    files = files_field("照片")  # type: ignore[assignment]  # a field, not the form's own files


class CloseForm(Form):
    """How it ended."""

    text = Long("现场处置结果", 2000, rows=3)


@screen(Right.REPORT_ACCIDENT)
def sheet(request: Request, key: UUID) -> HttpResponse:
    """Show the accident; who was told of it has then seen it."""
    actions.see(accident_id=key, by=request.actor, at=clock.now())
    return shown(request, key)


def shown(request: Request, key: UUID, **tried: forms.BaseForm) -> HttpResponse:
    """Return the page, with a form that was refused if there is one: `arrive`, `note` or `close`."""
    by = request.actor
    found = reads.sheet(by, key)
    is_open = found.accident.closed_at is None
    context = {
        "sheet": found,
        "accident": found.accident,
        "files": files(found.photos),
        "lines": [{"line": line, "files": files(line.photos)} for line in found.lines],
        "is_open": is_open,
        "may_close": is_open and policy.may_close(by),
        "phones": reads.phones(by.book),
        "arrive": tried.get("arrive") or ArriveForm(),
        "note": tried.get("note") or NoteForm(initial={"kind": "measure" if is_open else "aftercare"}),
        "close": tried.get("close") or CloseForm(),
        "opened": next(iter(tried), ""),
    }
    status = respond.status_of(next(iter(tried.values()))) if tried else None
    return respond.screen(request, "accidents/sheet.html", context, status=status)


@require_POST
@screen(Right.REPORT_ACCIDENT)
def arrived(request: Request, key: UUID) -> HttpResponse:
    """Note that one is on the spot."""
    form, by, at = ArriveForm(request.POST), request.actor, clock.now()
    if respond.tried(
        form, lambda: actions.arrive(accident_id=key, arrived_at=form.cleaned_data["arrived_at"], by=by, at=at)
    ):
        return respond.done(request, reverse("accident", args=[key]), "已记下到场时间。")
    return shown(request, key, arrive=form)


@require_POST
@screen(Right.REPORT_ACCIDENT)
def noted(request: Request, key: UUID) -> HttpResponse:
    """Write a line: measures, report upward, aftercare."""
    form, by, at = NoteForm(request.POST, request.FILES), request.actor, clock.now()

    def act() -> object:
        data = form.cleaned_data
        kept = attached(form, by=by, at=at)
        return actions.note(accident_id=key, kind=data["kind"], text=data["text"], attachments=kept, by=by, at=at)

    if respond.tried(form, act):
        return respond.done(request, reverse("accident", args=[key]), "已记下，相关人员会收到消息。")
    return shown(request, key, note=form)


@require_POST
@screen(Right.REPORT_ACCIDENT)
def closed(request: Request, key: UUID) -> HttpResponse:
    """Say that the handling on the spot is over."""
    form, by, at = CloseForm(request.POST), request.actor, clock.now()
    if respond.tried(form, lambda: actions.close(accident_id=key, text=form.cleaned_data["text"], by=by, at=at)):
        return respond.done(request, reverse("accident", args=[key]), "已登记处置结束；善后仍可继续记。")
    return shown(request, key, close=form)
