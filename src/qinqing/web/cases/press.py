"""One press on a case: its form as a page, the answer as a redirect to the case."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse

from qinqing.cases.actions.problems import reveal
from qinqing.cases.lifecycle import BY_VERB
from qinqing.cases.options import asking
from qinqing.cases.reads import find, lines, waiting
from qinqing.cases.words import Verb
from qinqing.consultations.actions import press
from qinqing.kernel import clock
from qinqing.web import asked, gate, respond
from qinqing.web.cases.presses import form_for

if TYPE_CHECKING:
    from qinqing.cases.models import Case, Task


@gate.screen()
def cases_press(request: gate.Request, case_id: int, verb: str) -> HttpResponse:
    """Ask what a press needs, then do it; a press that needs nothing is done at once."""
    if request.actor.enterprise_id is not None:
        return respond.go(request, reverse("portal_press", args=[case_id, verb]))
    by, at = request.actor, clock.now()
    case = find.get_for(by, case_id)
    chosen = _verb(verb)
    if chosen is Verb.REVEAL:
        return _reveal(request, case)
    task = _task(request, case)
    step = BY_VERB[chosen]
    if request.method != "POST":
        find.require_offer(by, case, chosen, task.pk if task else None, at)
    form = form_for(request, step, asking(case, task, by, at))
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: press(chosen, case.pk, by=by, at=at, values=form.values(), task_id=task.pk if task else None),
        )
        if done:
            return respond.done(request, _back(request, case), f"{chosen.label}：已记入一本账。")
    context = {
        "form": form,
        "case": case,
        "step": step,
        "task": task,
        "asked": waiting.answered(case, chosen),
        "complaint": waiting.complaint(case) if chosen in (Verb.REOPEN, Verb.DISMISS_RATING) else None,
        "lamp": lines.lamp_of(case, at),
        "state_label": lines.state_words(case),
    }
    return respond.screen(request, "cases/press.html", context)


def _verb(code: str) -> Verb:
    if code not in Verb.__members__.values() or Verb(code) not in BY_VERB:
        raise Http404
    return Verb(code)


def _task(request: gate.Request, case: "Case") -> "Task | None":
    raw = request.POST.get("task", "") or request.GET.get("task", "")
    wanted = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 19 else 0
    tasks = find.tasks_of([case.pk]).get(case.pk, [])
    mine = [task for task in tasks if task.office_id == request.actor.office_id]
    return next((task for task in tasks if task.pk == wanted), None) or next(iter(reversed(mine)), None)


def _back(request: gate.Request, case: "Case") -> str:
    """Return where to go on: the list the press came from, else the case."""
    if asked.one_of(request, "from", ("today", "intake", "leader")):
        return reverse(f"cases_{request.GET['from']}")
    return reverse("cases_sheet", args=[case.pk])


def _reveal(request: gate.Request, case: "Case") -> HttpResponse:
    if request.method != "POST":
        find.require_offer(request.actor, case, Verb.REVEAL, None, clock.now())
        return respond.sure(
            request,
            title="查看投诉人",
            sentence="投诉人信息只供承办使用，请勿外传。这次查看会记入账目。",
            press="查看",
            back=reverse("cases_sheet", args=[case.pk]),
        )
    complainant = reveal(case.pk, by=request.actor, at=clock.now())
    return respond.screen(request, "cases/complainant.html", {"case": case, "complainant": complainant})
