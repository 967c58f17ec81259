"""What is pressed on a visit's page: looked at, decided, noted in the city's system, amended."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.patrol.actions import visits as actions
from qinqing.patrol.reads import visits as reads
from qinqing.patrol.words import Lateness
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol.forms import AmendForm, CityForm, ReviewForm
from qinqing.web.patrol.visit import shown


@require_POST
@screen(Right.READ_VISITS)
def patrol_review(request: Request, uid: UUID) -> HttpResponse:
    """Say what was found of the flags; decide whether a late record counts."""
    by, at = request.actor, clock.now()
    is_late = reads.get_for(by, uid).lateness == Lateness.WAITS
    form = ReviewForm(request.POST, is_late=is_late)

    def act() -> bool:
        note = form.cleaned_data["note"]
        if is_late:
            actions.decide_late(uid=uid, accepted=form.cleaned_data["decision"] == "yes", note=note, by=by, at=at)
        else:
            actions.review(uid=uid, note=note, by=by, at=at)
        return True

    if respond.tried(form, act):
        return respond.done(request, reverse("patrol_visit", args=[uid]), "已核看，记入账目。")
    return shown(request, uid, review=form)


@require_POST
@screen(Right.READ_VISITS)
def patrol_city(request: Request, uid: UUID) -> HttpResponse:
    """Note that the visit was entered into the city's system."""
    form = CityForm(request.POST)
    by, at = request.actor, clock.now()
    if respond.tried(form, lambda: actions.note_city(uid=uid, **form.cleaned_data, by=by, at=at)):
        return respond.done(request, reverse("patrol_visit", args=[uid]), "已登记市系统上报情况。")
    return shown(request, uid, city=form)


@require_POST
@screen(Right.READ_VISITS)
def patrol_amend(request: Request, uid: UUID) -> HttpResponse:
    """Add what was wrong or missing; the record itself stays."""
    form = AmendForm(request.POST)
    by, at = request.actor, clock.now()
    if respond.tried(form, lambda: actions.amend(uid=uid, **form.cleaned_data, by=by, at=at)):
        return respond.done(request, reverse("patrol_visit", args=[uid]), "更正已记在原记录旁边。")
    return shown(request, uid, amend=form)
