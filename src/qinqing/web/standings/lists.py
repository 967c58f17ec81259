"""红黑榜单: the periods that have a list, and those the hub can calculate."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.standings.actions import calculating
from qinqing.standings.reads import lists
from qinqing.web import respond
from qinqing.web.forms import Choice, Form
from qinqing.web.gate import Request, screen


class PeriodForm(Form):
    """Which period is calculated."""

    code = Choice("时段", ())


@screen(Right.READ_STANDINGS)
def standings(request: Request) -> HttpResponse:
    """List the lists somebody may open. Source: 三要(三)-2."""
    return _page(request, _form(request))


@require_POST
@screen(Right.CALCULATE_STANDINGS)
def calculate(request: Request) -> HttpResponse:
    """Calculate the list of a period and go to it."""
    form = _form(request)
    made = respond.tried(
        form, lambda: calculating.calculate(code=form.cleaned_data["code"], by=request.actor, at=clock.now())
    )
    if made:
        return respond.done(request, reverse("standing", args=[made.pk]), "已按账目算出，请核对。")
    return _page(request, form)


def _form(request: Request) -> PeriodForm:
    offered = lists.to_calculate(request.actor, clock.now())
    form = PeriodForm(request.POST if request.method == "POST" else None)
    form.fields["code"].choices = [(one.code, one.title) for one in offered]  # type: ignore[attr-defined]  # Choice has them
    return form


def _page(request: Request, form: PeriodForm) -> HttpResponse:
    by = request.actor
    context = {
        "rows": [(one, lists.period_of(one).title) for one in lists.listings(by)],
        "may_calculate": rights.may(by.post, Right.CALCULATE_STANDINGS),
        "form": form,
    }
    return respond.screen(request, "standings/list.html", context)
