"""One list: the groups ranked apart, objections, commendations, and what its reader may press."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse

from qinqing.documents import reads as papers
from qinqing.documents.words import PaperKind, Subject
from qinqing.kernel import clock
from qinqing.kernel.clock import SHANGHAI
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES
from qinqing.standings.reads import lists
from qinqing.standings.reads.lists import offices_measured
from qinqing.standings.words import AppealState, State
from qinqing.statistics.rules.periods import Period
from qinqing.web import respond
from qinqing.web.forms import Choice, Form, Line, Long
from qinqing.web.gate import Request, screen

if TYPE_CHECKING:
    from qinqing.standings.models import Listing

_A_YEAR = 12


class ReasonForm(Form):
    """Why a list is thrown away or sent back."""

    reason = Long("原因", 200, rows=2)


class RuleForm(Form):
    """How supervision rules."""

    upheld = Choice("裁定", [("yes", "成立，这一件不计入"), ("no", "不成立")])
    ruling = Long("裁定理由", 500, rows=2)


class CommendForm(Form):
    """Who is commended, and for what."""

    office_id = Choice("单位", ())
    person = Line("个人", 40, required=False, help_text="只表彰单位的不填。")
    words = Long("事迹", 300, rows=2)


@screen(Right.READ_STANDINGS)
def listing(request: Request, listing_id: int) -> HttpResponse:
    """Show one list. Source: 三要(三)-2."""
    return page(request, lists.listing_for(request.actor, listing_id))


def commend_form(request: Request, data: Any = None) -> CommendForm:
    """Return the form of a commendation, with the town's offices to choose from."""
    form = CommendForm(data)
    form.fields["office_id"].choices = [(str(pk), name) for pk, name, _, _ in offices_measured(request.actor.town_id)]  # type: ignore[attr-defined]
    return form


def page(request: Request, row: "Listing", tried: forms.BaseForm | None = None, pressed: str = "") -> HttpResponse:
    """Show a list, with a form that was refused in its place (`pressed` names it)."""
    by, now, span = request.actor, clock.now(), lists.period_of(row)
    state = State(row.state)
    calculates, approves = rights.may(by.post, Right.CALCULATE_STANDINGS), rights.may(by.post, Right.APPROVE_STANDINGS)
    is_year, early = len(span.months) == _A_YEAR, state in (State.CHECKING, State.APPEALING)
    appeals = lists.appeals_of(by, row)
    kinds = [PaperKind.BULLETIN] if by.post in HUB_ROLES and state in _PAPER else []
    context = {
        "listing": row,
        "title": span.title,
        "is_published": state is State.PUBLISHED,
        "groups": lists.scores_of(by, row),
        "appeals": appeals,
        "waiting": sum(one.state == AppealState.WAITING for one in appeals),
        "commendations": lists.commendations_of(row),
        "typical": lists.typical_cases(by.town_id, _moment(span), _moment(span, at_end=True)),
        "may_open": calculates and state is State.CHECKING and not is_year,
        "may_submit": calculates and (state is State.APPEALING or (is_year and state is State.CHECKING)),
        "may_drop": calculates and early,
        "may_commend": calculates and early,
        "may_publish": calculates and state is State.APPROVED,
        "may_approve": approves and state is State.SUBMITTED,
        "may_rule": rights.may(by.post, Right.RULE_STANDINGS) and state is State.APPEALING,
        "window_open": row.appeal_by is not None and now <= row.appeal_by,
        "reason_form": tried if pressed in ("drop", "send_back") else ReasonForm(),
        "commend_form": tried if pressed == "commend" else commend_form(request),
        "rule_form": tried if pressed == "rule" else RuleForm(),
        "papers": papers.beside(by, Subject.TOWN, row.period, kinds),
        "form": tried,
        "pressed": pressed,
    }
    return respond.screen(request, "standings/listing.html", context)


_PAPER = (State.SUBMITTED, State.APPROVED, State.PUBLISHED)


def _moment(span: Period, *, at_end: bool = False) -> datetime:
    return datetime.combine(span.end if at_end else span.first, time(), SHANGHAI)
