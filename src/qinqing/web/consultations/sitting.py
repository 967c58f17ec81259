"""One sitting: who is called and what they answered, its cases; answering, another time, who came."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.consultations.actions import sittings as actions
from qinqing.consultations.actions.sittings import Came
from qinqing.consultations.reads import sittings as reads
from qinqing.consultations.words import Answer, Presence
from qinqing.kernel import clock
from qinqing.people.rights import Right, may
from qinqing.web import respond
from qinqing.web.forms import Choice, Form, Line, Long, Moment
from qinqing.web.gate import Request, screen

_ANSWERS = [pair for pair in Answer.choices() if pair[0] != Answer.WAITING.value]
_PRESENCES = [pair for pair in Presence.choices() if pair[0]]


class AnswerForm(Form):
    """Whether the office comes, who for it, or why not."""

    answer = Choice("能否参加", _ANSWERS, open_=True)
    who = Line("到会人", 60, required=False, help_text="委派他人的，写明姓名和职务。")
    reason = Line("不能参加的原因", 200, required=False)


class MoveForm(Form):
    """When and where instead, and why."""

    held_at = Moment("改到什么时间")
    place = Line("地点", 100)
    reason = Line("改期原因", 200)


class AttendForm(Form):
    """Who came, office by office; what was left over."""

    left_over = Long("遗留问题", 1000, rows=3, required=False)

    def __init__(self, offices: list[reads.Called], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        for one in offices:
            key = one.office_id
            initial = one.presence or Presence.CAME.value
            if not one.presence and one.answer in (Answer.CANNOT, Answer.DELEGATE):
                initial = Presence.ABSENT.value if one.answer == Answer.CANNOT else Presence.DEPUTY.value
            self.fields[f"presence_{key}"] = Choice(one.office, _PRESENCES, open_=True, initial=initial)
            words = one.note or one.reason if initial == Presence.ABSENT else one.who
            self.fields[f"word_{key}"] = Line(f"{one.office}：谁到会，或为什么缺席", 200, required=False, initial=words)
        self.order_fields([name for name in self.fields if name != "left_over"] + ["left_over"])

    def came(self) -> dict[int, Came]:
        """Return what is noted, by office; the one line beside an office is a name or, where it was absent, the reason."""
        found = {}
        for one in self.offices:
            presence = self.cleaned_data[f"presence_{one.office_id}"]
            word = self.cleaned_data[f"word_{one.office_id}"]
            is_absent = presence == Presence.ABSENT
            found[one.office_id] = Came(presence, who="" if is_absent else word, note=word if is_absent else "")
        return found


@screen(Right.READ_LEDGER)
def sitting(request: Request, sitting_id: int) -> HttpResponse:
    """Show a sitting."""
    return _page(request, reads.sheet(request.actor, sitting_id, clock.now()))


@require_POST
@screen(Right.READ_LEDGER)
def answer(request: Request, sitting_id: int) -> HttpResponse:
    """Answer for one's own office."""
    by, at = request.actor, clock.now()
    found = reads.sheet(by, sitting_id, at)
    form = AnswerForm(request.POST)
    if respond.tried(form, lambda: actions.answer(sitting_id, by=by, at=at, **form.cleaned_data)):
        return respond.done(request, reverse("consultation", args=[sitting_id]), "已答复中转站。会商开始前可以改。")
    return _page(request, found, form)


@screen(Right.CONVENE)
def move(request: Request, sitting_id: int) -> HttpResponse:
    """Put it off."""
    by, at = request.actor, clock.now()
    found = reads.sheet(by, sitting_id, at)
    back = reverse("consultation", args=[sitting_id])
    start = {"held_at": found.sitting.held_at, "place": found.sitting.place}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST":
        moved = respond.tried(form, lambda: actions.move(sitting_id, by=by, at=at, **form.cleaned_data))
        if moved:
            return respond.done(request, back, "已改期，各单位会收到消息，请他们重新答复。")
    context = {"form": form, "title": "会商改期", "press": "改期", "back": back, "clause": "三职(二)-2"}
    return respond.screen(request, "outreach/small.html", context)


@screen(Right.CONVENE)
def attend(request: Request, sitting_id: int) -> HttpResponse:
    """Note who came."""
    by, at = request.actor, clock.now()
    found = reads.sheet(by, sitting_id, at)
    back = reverse("consultation", args=[sitting_id])
    start = {"left_over": found.sitting.left_over}
    form = AttendForm(found.offices, request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST":
        noted = respond.tried(
            form,
            lambda: actions.attend(
                sitting_id, offices=form.came(), left_over=form.cleaned_data["left_over"], by=by, at=at
            ),
        )
        if noted:
            return respond.done(request, back, "已登记到会。")
    rows = [(one, form[f"presence_{one.office_id}"], form[f"word_{one.office_id}"]) for one in found.offices]
    context = {"form": form, "rows": rows, "sheet": found, "back": back}
    return respond.screen(request, "consultations/attend.html", context)


def _page(request: Request, found: reads.Sheet, tried: forms.BaseForm | None = None) -> HttpResponse:
    own = found.own
    start = {"answer": own.answer, "who": own.who, "reason": own.reason} if own and own.answer != Answer.WAITING else {}
    context = {
        "sheet": found,
        "sitting": found.sitting,
        "answer_form": tried or AnswerForm(initial=start),
        "form": tried,
        "may_print": may(request.actor.post, Right.ISSUE_PAPERS),
        "now": clock.now(),
    }
    return respond.screen(request, "consultations/sitting.html", context)
