"""登记隐患 at the desk: for what was found without a phone, or by a department."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse

from qinqing.findings import actions
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import gate, respond
from qinqing.web.findings.forms import FindForm
from qinqing.web.findings.shared import brought, firm_named, key_of

if TYPE_CHECKING:
    from qinqing.findings.models import Finding


@gate.screen(Right.VISIT)
def findings_new(request: gate.Request) -> HttpResponse:
    """Write down a finding."""
    by = request.actor
    if request.method == "POST":
        form = FindForm(by, request.POST, request.FILES)
        made = respond.tried(form, lambda: _register(request, form))
        if made:
            case = f"，已作为企业问题上报 {made.case.number}" if made.case else ""
            return respond.done(request, reverse("finding", args=[made.pk]), f"{made.number} 已登记{case}。")
    else:
        form = FindForm(by, initial={"firm": firm_named(request)})
    return respond.screen(request, "findings/new.html", {"form": form})


def _register(request: gate.Request, form: FindForm) -> "Finding":
    by, at, data = request.actor, clock.now(), form.cleaned_data
    return actions.register(
        enterprise_id=data["firm"],
        category=data["category"],
        level=data["level"],
        text=data["text"],
        place_text=data["place_text"],
        advice=data["advice"],
        deadline=data["deadline"],
        is_fixed_on_spot=data["is_fixed_on_spot"],
        is_problem=data["is_problem"],
        stop=form.stop(),
        photos=brought(form, by=by, at=at),
        press_key=key_of(request),
        by=by,
        at=at,
    )
