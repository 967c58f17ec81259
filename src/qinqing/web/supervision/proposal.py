"""提请督办: one proposed order, given or not given."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.cases.words import UrgeLevel
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.supervision import reads
from qinqing.supervision.actions import deciding
from qinqing.web import respond
from qinqing.web.forms import Choice, Form, Long
from qinqing.web.gate import Request, screen

_DAYS = [(str(days), f"{days}个工作日内") for days in range(1, 6)]


class IssueForm(Form):
    """What the office is to do, and by when it replies."""

    note = Long("要求", 500, rows=4)
    reply_by = Choice("几日内回复", _DAYS, initial="3")


class DismissForm(Form):
    """Why no order is given."""

    reason = Long("不予督办的理由", 200, rows=2)


@screen(Right.READ_LEDGER)
def sheet(request: Request, order_proposal_id: int) -> HttpResponse:
    """Show a proposal; give the order."""
    by, at = request.actor, clock.now()
    found = reads.proposal(by, order_proposal_id)
    form = IssueForm(request.POST or None, initial={"note": _words(found)})
    if found.level == UrgeLevel.URGE:
        form.fields.pop("reply_by")
    if request.method == "POST":
        made = respond.tried(
            form,
            lambda: deciding.issue(
                found.id, by=by, at=at, note=form.cleaned_data["note"], reply_by=form.cleaned_data.get("reply_by", "1")
            ),
        )
        if made:
            return respond.done(request, reverse("supervision"), f"{found.level_label}已发出，已通知承办单位。")
    return _page(request, found, form=form)


@require_POST
@screen(Right.READ_LEDGER)
def dismiss(request: Request, order_proposal_id: int) -> HttpResponse:
    """Do not give it."""
    by, at = request.actor, clock.now()
    found = reads.proposal(by, order_proposal_id)
    form = DismissForm(request.POST)
    if respond.tried(form, lambda: deciding.dismiss(found.id, by=by, at=at, reason=form.cleaned_data["reason"])):
        return respond.done(request, reverse("supervision"), "已记下：不予督办。")
    return _page(request, found, form=form, dismiss=form)


def _page(request: Request, found: reads.ProposalLine, **tried: forms.BaseForm) -> HttpResponse:
    dismissing = tried.get("dismiss")
    issuing = tried["form"] if dismissing is None else IssueForm(initial={"note": _words(found)})
    context = {
        "line": found,
        "form": tried["form"],
        "issue_form": issuing,
        "dismiss_form": dismissing or DismissForm(),
    }
    return respond.screen(request, "supervision/proposal.html", context)


def _words(found: reads.ProposalLine) -> str:
    return f"{found.detail}，请尽快办结并反馈企业，并书面说明原因和完成时间。"
