"""典型案例: ways worth doing again, for the whole town; the hub takes them up from written-off matters."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.standings.actions import calculating
from qinqing.standings.reads import lists
from qinqing.web import respond
from qinqing.web.forms import Form, Line, Long
from qinqing.web.gate import Request, screen


class TakeUpForm(Form):
    """Which matter, and how it was done, without names."""

    case_number = Line("事项编号", 40, help_text="已经销账的事项。")
    title = Line("题目", 60)
    text = Long("做法", 1000, rows=5, help_text="写怎么办成的，不写是谁家的事：写“某企业”，不写名称、电话、编号。")


@screen(Right.READ_STANDINGS)
def typical(request: Request) -> HttpResponse:
    """List the typical cases. Source: 三要(三)-5."""
    return _page(request, TakeUpForm())


@require_POST
@screen(Right.CALCULATE_STANDINGS)
def take_up(request: Request) -> HttpResponse:
    """Take one up."""
    form = TakeUpForm(request.POST)
    act = lambda: calculating.take_up(by=request.actor, at=clock.now(), **form.cleaned_data)  # noqa: E731
    if respond.tried(form, act):
        return respond.done(request, reverse("standing_typical"), "已采用，全镇可看。")
    return _page(request, form)


def _page(request: Request, form: TakeUpForm) -> HttpResponse:
    by = request.actor
    context = {
        "rows": lists.typical_cases(by.town_id),
        "may_take_up": rights.may(by.post, Right.CALCULATE_STANDINGS),
        "form": form,
    }
    return respond.screen(request, "standings/typical.html", context)
