"""One office's result: every line of its points opens to its cases; the office objects, supervision vetoes."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.cases.terms import terms_of
from qinqing.kernel import clock
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.standings import policy
from qinqing.standings.actions import calculating, deciding
from qinqing.standings.reads import lists
from qinqing.standings.words import Part, State
from qinqing.web import asked, respond
from qinqing.web.forms import Choice, Form, Line, Long
from qinqing.web.gate import Request, screen

if TYPE_CHECKING:
    from qinqing.standings.models import Score


class AppealForm(Form):
    """Which matter, and why it should not count."""

    case_number = Line("事项编号", 40, help_text="从得分明细点进去看是哪几件。")
    reason = Long("申诉理由", 500, rows=3)


class VetoForm(Form):
    """Why the office may not stand on the red list."""

    ground = Choice("情形", ())
    note = Long("认定依据", 150, rows=2)


@screen(Right.READ_STANDINGS)
def score(request: Request, score_id: int) -> HttpResponse:
    """Show one office's points, line by line."""
    return _page(request, lists.score_for(request.actor, score_id))


@screen(Right.READ_STANDINGS)
def cases(request: Request, score_id: int) -> HttpResponse:
    """List the cases behind one line. Source: 二(四)-1."""
    by = request.actor
    found = lists.score_for(by, score_id)
    part = asked.one_of(request, "part", [one["part"] for one in found.lines], "")
    line = next((one for one in found.lines if one["part"] == part), None)
    measures = tuple(line["measures"]) if line else ("due", "dispatched")
    behind = lists.behind(by, found, measures, part=part, before=asked.number(request, "before"))
    here = {"part": part, "before": behind.next}
    context = {
        "score": found,
        "title": lists.period_of(found.listing).title,
        "label": _label(part) if line else "计入的事项",
        "line": line,
        "behind": behind,
        "may_read": policy.reads_cases(by, found),
        "next": f"?{urlencode(here)}" if behind.next else "",
    }
    return respond.screen(request, "standings/cases.html", context)


@require_POST
@screen(Right.APPEAL_STANDINGS)
def appeal(request: Request, score_id: int) -> HttpResponse:
    """Object to a matter being counted."""
    form = AppealForm(request.POST)
    act = lambda: deciding.appeal(score_id, by=request.actor, at=clock.now(), **form.cleaned_data)  # noqa: E731
    if respond.tried(form, act):
        return respond.done(request, reverse("standing_score", args=[score_id]), "已申诉，由督查裁定。")
    return _page(request, lists.score_for(request.actor, score_id), appeal_form=form)


@require_POST
@screen(Right.RULE_STANDINGS)
def veto(request: Request, score_id: int) -> HttpResponse:
    """Keep an office off the red list."""
    found = lists.score_for(request.actor, score_id)
    form = _veto_form(found, request.POST)
    act = lambda: calculating.veto(score_id, by=request.actor, at=clock.now(), **form.cleaned_data)  # noqa: E731
    if respond.tried(form, act):
        return respond.done(request, reverse("standing_score", args=[score_id]), "已认定，不进红榜。")
    return _page(request, found, veto_form=form)


def _veto_form(found: "Score", data: Any = None) -> VetoForm:
    form = VetoForm(data)
    scheme = terms_of(found.listing.plan_version_id).plan.standings
    form.fields["ground"].choices = [(one.code, one.name) for one in scheme.vetoes]  # type: ignore[attr-defined]
    return form


def _label(part: str) -> str:
    return Part.label_of(part) if part in set(Part) else part


def _page(request: Request, found: "Score", **tried: forms.BaseForm) -> HttpResponse:
    by, state = request.actor, found.listing.state
    is_own = found.office_id == by.office_id
    here = reverse("standing_cases", args=[found.pk])
    reads_cases = policy.reads_cases(by, found)
    rows = [
        (
            one,
            _label(one["part"]),
            f"{here}?{urlencode({'part': one['part']})}" if one["measures"] and reads_cases else "",
        )
        for one in found.lines
    ]
    context = {
        "score": found,
        "title": lists.period_of(found.listing).title,
        "rows": rows,
        "appeals": [one for one in lists.appeals_of(by, found.listing) if one.score_id == found.pk],
        "may_appeal": is_own and state == State.APPEALING and rights.may(by.post, Right.APPEAL_STANDINGS),
        "may_veto": state in (State.CHECKING, State.APPEALING) and rights.may(by.post, Right.RULE_STANDINGS),
        "appeal_form": tried.get("appeal_form") or AppealForm(),
        "veto_form": tried.get("veto_form") or _veto_form(found),
        "form": next(iter(tried.values()), None),
    }
    return respond.screen(request, "standings/score.html", context)
