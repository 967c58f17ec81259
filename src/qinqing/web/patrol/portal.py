"""What an enterprise sees: who comes and why, its answer to that, who was there, what was told to it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from qinqing.checklists import reads as checklists
from qinqing.findings.reads import find as findings
from qinqing.findings.reads.lines import lines as finding_lines
from qinqing.kernel import clock
from qinqing.patrol.actions.answers import answer_plan
from qinqing.patrol.reads import plans
from qinqing.patrol.reads.visits import find, sheet
from qinqing.patrol.words import Acknowledgement
from qinqing.people.words import Role
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol import around
from qinqing.web.patrol.forms import AnswerForm, lists_for
from qinqing.web.patrol.visit import problems

SPEAKERS = (Role.CONTACT,)
"""Who speaks for a firm by an account of his own: never whoever scanned the card at the gate."""


@screen(roles=SPEAKERS)
def portal_visits(request: Request) -> HttpResponse:
    """Show announced visits to answer, and visits that were made."""
    by = request.actor
    page = find(by, before=asked.number(request, "before"), size=20)
    here = reverse("portal_visits")
    context = {
        "ahead": plans.find(by, on=clock.now().date()).rows,
        "page": page,
        "inspections": plans.inspections(by, size=10).rows,
        "next": f"{here}?before={page.before}" if page.before else "",
    }
    return respond.screen(request, "patrol/portal_visits.html", context)


@screen(roles=SPEAKERS)
def portal_visit(request: Request, uid: UUID) -> HttpResponse:
    """Show one visit: what was looked at, what was not in order, what was told."""
    by, at = request.actor, clock.now()
    found = sheet(by, uid)
    said = found.visit.acknowledgement
    context = {
        "visit": found.visit,
        "line": found.line,
        "runs": [(run, problems(run)) for run in found.runs],
        "findings": finding_lines(findings.of_visit(by, uid), at),
        "acknowledgement": Acknowledgement.label_of(said) if said else "",
        "signature": around.files([found.signature]) if found.signature else [],
        "amendments": found.amendments,
    }
    return respond.screen(request, "patrol/portal_visit.html", context)


@screen(roles=SPEAKERS)
def portal_notice(request: Request, planned_id: int) -> HttpResponse:
    """Show the notice of a visit, and take the firm's answer."""
    by, at = request.actor, clock.now()
    planned = plans.get_for(by, planned_id)
    line = plans.line_of(planned)
    form = AnswerForm(request.POST if request.method == "POST" else None, is_declinable=line.is_declinable)

    def act() -> bool:
        answer_plan(planned_id=planned_id, **form.cleaned_data, by=by, at=at)
        return True

    if request.method == "POST" and respond.tried(form, act):
        return respond.done(request, reverse("portal_notice", args=[planned_id]), "已答复，走访单位会看到。")
    titles = dict(lists_for(by.town_id, checklists.needed_by(planned.enterprise)))
    context = {
        "line": line,
        "form": form,
        "titles": [titles.get(code, code) for code in line.checklists],
        "is_open": line.is_ahead and line.on >= at.date(),
    }
    return respond.screen(request, "patrol/portal_notice.html", context)
