"""要处理: what phones brought that a person must see to: problems the spine refused, events without a finding, doubts."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.findings import actions, policy, reads
from qinqing.findings.reads import sheet as sheets
from qinqing.findings.rules.shape import as_uuid
from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people.rights import Right
from qinqing.web import gate, respond
from qinqing.web.findings.forms import NoteForm, ReportForm
from qinqing.web.findings.shared import brought, tabs


@gate.screen(Right.VISIT)
def findings_attention(request: gate.Request) -> HttpResponse:
    """Show the list; posted, say what became of an event without a finding."""
    by, at = request.actor, clock.now()
    form = NoteForm(request.POST) if request.method == "POST" else None
    if form is not None:
        held_id = as_uuid(request.POST.get("held", ""))
        if held_id is None:
            raise NotFound
        done = respond.tried(
            form,
            lambda: actions.settle_orphan(held_id=held_id, note=form.cleaned_data["text"], by=by, at=at),
        )
        if done:
            return respond.done(request, reverse("findings_attention"), "已登记处理情况。")
    context = {
        "tabs": tabs(by, at, "findings_attention"),
        "attention": reads.attention(by, at),
        "form": form,
        "note": NoteForm(),
        "wrong": request.POST.get("held", ""),
        "now": at,
    }
    return respond.screen(request, "findings/attention.html", context)


@gate.screen(Right.VISIT)
def finding_report(request: gate.Request, finding_id: int) -> HttpResponse:
    """Report a finding again whose case the spine had refused; with nothing missing it is one press."""
    by, at = request.actor, clock.now()
    found = sheets.sheet(by, finding_id, at)
    if found.unsent is None:
        return respond.go(request, reverse("finding", args=[finding_id]))
    if not found.may_report:
        raise NotAllowed("补报由属地村（社区）、发现单位、综执安监办或中转站办理。")
    needs_stop = found.unsent.code.startswith("stop_")
    form = (
        ReportForm(request.POST, request.FILES, needs_stop=needs_stop)
        if request.method == "POST"
        else ReportForm(needs_stop=needs_stop)
    )
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: actions.retry_report(
                finding_id=finding_id,
                stop=form.given_stop(),
                photos=brought(form, by=by, at=at),
                by=by,
                at=at,
            ),
        )
        if done:
            number = done.case.number if done.case else ""
            return respond.done(request, reverse("finding", args=[finding_id]), f"已作为企业问题上报：{number}。")
    context = {"form": form, "sheet": found, "finding": found.finding, "unsent": found.unsent}
    return respond.screen(request, "findings/report.html", context)


@gate.screen(Right.VISIT)
def finding_check(request: gate.Request, finding_id: int) -> HttpResponse:
    """Say that what was questionable has been looked at."""
    by, at = request.actor, clock.now()
    found = sheets.sheet(by, finding_id, at)
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm()
    if request.method == "POST":
        done = respond.tried(
            form, lambda: actions.check(finding_id=finding_id, text=form.cleaned_data["text"], by=by, at=at)
        )
        if done:
            return respond.done(request, reverse("finding", args=[finding_id]), "已登记核对情况。")
    elif not policy.may_open(by) or not found.finding.flags:
        return respond.go(request, reverse("finding", args=[finding_id]))
    return respond.screen(request, "findings/check.html", {"form": form, "sheet": found, "finding": found.finding})
