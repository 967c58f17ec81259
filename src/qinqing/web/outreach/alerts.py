"""减排通知: the list, starting one, one alert with those to call first, lifting it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.outreach import policy
from qinqing.outreach.actions import alerts as actions
from qinqing.outreach.actions.alerts import Reply
from qinqing.outreach.reads import alerts as reads
from qinqing.outreach.words import AlertState
from qinqing.people.rights import Right, may
from qinqing.web import asked, respond
from qinqing.web.forms import Choice, Form, Line, Long, Moment
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import files, tabs

TONES = {
    AlertState.WAITING.value: "late",
    AlertState.UNREACHED.value: "late",
    AlertState.TOLD.value: "soon",
    AlertState.IN_PLACE.value: "ok",
}


class AlertForm(Form):
    """What the city's notice says."""

    level = Choice("级别或种类", open_=True)
    title = Line("标题", 120, required=False, help_text="留空按级别和日期取。")
    number = Line("通知文号", 80, required=False)
    measures = Long("减排要求", 4000, rows=4, help_text="照通知写；各企业自己的措施从环保档案里取。")
    starts_at = Moment("开始")
    ends_at = Moment("预计解除", required=False)

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = reads.levels(by.book)  # type: ignore[attr-defined]


class LiftForm(Form):
    """Why it is over."""

    note = Line("说明", 400, required=False, placeholder="如：市里已发解除通知")


@screen(Right.READ_OUTREACH)
def alerts(request: Request) -> HttpResponse:
    """Show the alerts."""
    by = request.actor
    found = reads.listing(by, now=clock.now(), before=asked.number(request, "before"))
    page = found[: reads.PAGE]
    context = {
        "rows": page,
        "next": f"?before={page[-1].id}" if len(found) > reads.PAGE else "",
        "may_start": policy.may_start_alert(by),
        "hours": reads.hours(by.book),
        "tabs": tabs(by, "alerts"),
    }
    return respond.screen(request, "outreach/alerts.html", context)


@screen(Right.ARRANGE)
def new(request: Request) -> HttpResponse:
    """Start an alert for the enterprises on the list."""
    by, at = request.actor, clock.now()
    policy.require_start_alert(by)
    form = AlertForm(by, request.POST or None, initial={"starts_at": at.replace(second=0, microsecond=0)})
    if request.method == "POST":
        made = respond.tried(form, lambda: actions.start_alert(by=by, at=at, **form.cleaned_data))
        if made:
            listed = reads.sheet(by, made.pk, now=at).tally.listed
            return respond.done(
                request,
                reverse("outreach_alert", args=[made.pk]),
                f"已通知应急减排清单上的{listed}家企业和它们的网格员。",
            )
    return respond.screen(request, "outreach/alert_new.html", {"form": form})


@screen(Right.READ_OUTREACH)
def sheet(request: Request, alert_id: int) -> HttpResponse:
    """Show one alert: those who do not know yet on top, each with whom to call."""
    by = request.actor
    found = reads.sheet(by, alert_id, now=clock.now())
    context = {
        "sheet": found,
        "alert": found.alert,
        "rows": [
            {
                "firm": firm,
                "tone": TONES[firm.state],
                "replies": [{"line": one, "files": files(one.photos)} for one in firm.replies],
            }
            for firm in found.firms
        ],
        "may_reveal": may(by.post, Right.REVEAL_PHONE),
        "lift": LiftForm(),
    }
    return respond.screen(request, "outreach/alert.html", context)


@require_POST
@screen(Right.REACH_OUT)
def reply(request: Request, alert_id: int) -> HttpResponse:
    """Note how far one enterprise is."""
    by, at = request.actor, clock.now()
    raw = request.POST.get("enterprise", "")
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 19):
        raise NotFound
    state, note = request.POST.get("state", ""), request.POST.get("note", "")[:400]
    actions.reply(alert_id=alert_id, replies=[Reply(int(raw), state, at, note)], by=by, at=at)
    back = f"{reverse('outreach_alert', args=[alert_id])}#firm-{raw}"
    return respond.done(request, back, f"已登记：{AlertState.label_of(state)}。")


@require_POST
@screen(Right.ARRANGE)
def lift(request: Request, alert_id: int) -> HttpResponse:
    """End an alert."""
    by, at = request.actor, clock.now()
    form = LiftForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.lift_alert(alert_id=alert_id, note=note, by=by, at=at)
    return respond.done(request, reverse("outreach_alert", args=[alert_id]), "已解除，企业和网格员会收到消息。")
