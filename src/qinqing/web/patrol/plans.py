"""走访安排: announced visits, and announcing one with an eye on who else goes."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse

from qinqing.checklists import reads as checklists
from qinqing.enterprises import listing
from qinqing.enterprises import reads as enterprises
from qinqing.kernel import clock
from qinqing.patrol.actions.plans import plan_visit
from qinqing.patrol.reads import duties, guard, plans
from qinqing.patrol.words import Nature
from qinqing.people.rights import Right, may
from qinqing.plan import reads as plan_reads
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol import around
from qinqing.web.patrol.forms import PlanForm, lists_for
from qinqing.workdays import reads as workdays

if TYPE_CHECKING:
    from datetime import date

    from qinqing.enterprises.models import Enterprise

SEEN = "seen"
"""The field that says for which day and purpose the guard was on the page when the button was pressed."""


@screen(Right.READ_VISITS)
def patrol_plans(request: Request) -> HttpResponse:
    """Show visits still to come, nearest first; or those that are over or given up."""
    by, over = request.actor, request.GET.get("over") == "1"
    page = plans.find(by, on=clock.now().date(), over=over, after=asked.number(request, "after"))
    here = reverse("patrol_plans")
    query = "?over=1&" if over else "?"
    context = {
        "page": page,
        "over": over,
        "next": f"{here}{query}after={page.after}" if page.after else "",
        "first": f"{here}{query[:-1]}" if request.GET.get("after") else "",
        "may_plan": may(by.post, Right.VISIT),
        "tabs": around.tabs(by, "plans"),
    }
    return respond.screen(request, "patrol/plans.html", context)


@screen(Right.VISIT)
def patrol_plan_new(request: Request) -> HttpResponse:
    """Choose the firm; then say when and what for, with what speaks for waiting or going together beside it."""
    by = request.actor
    enterprise_id = asked.number(request, "enterprise")
    if not enterprise_id:
        words = asked.words(request, "q")
        found = listing.search(by, words, size=12).rows if words else []
        return respond.screen(request, "patrol/plan_firm.html", {"words": words, "found": found})
    firm = enterprises.get_for(by, enterprise_id)
    return _announce(request, firm)


def _announce(request: Request, firm: "Enterprise") -> HttpResponse:
    by, at = request.actor, clock.now()
    offered = lists_for(by.town_id, checklists.needed_by(firm))
    tomorrow = workdays.calendar().next_workday(at.date())
    first = {
        "codes": duties.codes_owed(firm.pk, at.date()),
        "on": tomorrow,
        "who": by.name,
        "basis": _basis(by.book),
        "nature": asked.one_of(request, "nature", dict(Nature.choices())),
    }
    form = PlanForm(request.POST if request.method == "POST" else None, codes=offered, initial=first)
    found = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found = guard(by, firm.pk, given["on"], given["nature"])
        if not found.is_clear and request.POST.get(SEEN) != _key(found.on, given["nature"]):
            form.add_error(None, "近期已有走访或安排，请先看看右侧的情况；确需另去一次的，再按一次“发出走访告知”。")
        else:
            made = respond.tried(form, lambda: plan_visit(enterprise_id=firm.pk, **given, by=by, at=at))
            if made:
                url = reverse("patrol_plan", args=[made.pk])
                return respond.done(request, url, "走访告知已发给企业，企业可以确认、改期或谢绝。")
    found = found or guard(by, firm.pk, tomorrow, str(first["nature"] or Nature.ROUTINE))
    context = {
        "form": form,
        "firm": firm,
        "guard": found,
        "seen": _key(
            found.on, form.cleaned_data.get("nature", "") if form.is_bound and hasattr(form, "cleaned_data") else ""
        ),
        "days": plan_reads.current(by.book).patrol.joint_window.value,
    }
    return respond.screen(request, "patrol/plan_new.html", context)


def _key(on: "date", nature: str) -> str:
    return f"{on:%Y%m%d}{nature}"


def _basis(book: str) -> str:
    """Return the ground most visits stand on: the town's plan and its annex. Source: 附2安-(2)a."""
    return f"《{plan_reads.current(book).title}》网格员职责清单"[:200]
