"""What an enterprise sees: alerts to confirm, publicity to read, its meetings, and the messages with its officer."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from qinqing.grids.cards import cards_of
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.outreach.actions import alerts as alert_actions
from qinqing.outreach.actions import messages as message_actions
from qinqing.outreach.actions import publicity as publicity_actions
from qinqing.outreach.reads import alerts, contacts, meetings, publicity
from qinqing.outreach.words import AlertState, ReceiptWay
from qinqing.people.words import Role
from qinqing.web import asked, respond
from qinqing.web.forms import Form, Line
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.materials import shown
from qinqing.web.outreach.threads import MessageForm

_OWNER = (Role.CONTACT,)


class InPlaceForm(Form):
    """What was done."""

    note = Line("做了什么", 400, required=False, placeholder="如：喷涂线已停，22点前恢复")


def waiting(by: Actor) -> dict[str, object]:
    """Return what waits for an owner, for his first page: open alerts, papers to read, unread messages."""
    if by.post != Role.CONTACT:
        return {}
    return {
        "alerts": [one for one in alerts.own(by, open_only=True) if one.asks],
        "papers": publicity.sent_to(by, waiting_only=True)[:3],
        "unread": contacts.unread(by),
    }


@screen(roles=_OWNER)
def portal_town(request: Request) -> HttpResponse:
    """Show what the town sent: alerts, publicity, meetings."""
    by = request.actor
    papers = publicity.sent_to(by, before=asked.number(request, "before"))
    page = papers[: publicity.PAGE]
    met, _ = meetings.listing(by)
    context = {
        "alerts": alerts.own(by),
        "papers": page,
        "next": f"?before={page[-1].batch_id}" if len(papers) > publicity.PAGE else "",
        "meetings": met,
    }
    return respond.screen(request, "outreach/portal_town.html", context)


@screen(roles=_OWNER)
def portal_alert(request: Request, alert_id: int) -> HttpResponse:
    """Show an alert to the enterprise; it confirms that it knows, and that its measures are in place."""
    by, at = request.actor, clock.now()
    found = alerts.own_alert(by, alert_id)
    form = InPlaceForm(request.POST or None)
    if request.method == "POST":
        state = AlertState.IN_PLACE.value if request.POST.get("state") == "in_place" else AlertState.TOLD.value
        if respond.tried(
            form, lambda: alert_actions.confirm(alert_id=alert_id, state=state, by=by, at=at, **form.cleaned_data)
        ):
            told = "已确认落实，谢谢配合。" if state == AlertState.IN_PLACE else "已确认知晓。落实后请再确认一次。"
            return respond.done(request, reverse("portal_alert", args=[alert_id]), told)
    return respond.screen(request, "outreach/portal_alert.html", {"alert": found, "form": form})


@screen(roles=_OWNER)
def portal_batch(request: Request, batch_id: int) -> HttpResponse:
    """Show what was sent, to be read and confirmed."""
    by, at = request.actor, clock.now()
    found = publicity.batch(by, batch_id)
    if request.method == "POST":
        answer = publicity_actions.Answer(by.enterprise_id or 0, ReceiptWay.READ.value, by.name)
        publicity_actions.take_receipts(batch_id=batch_id, answers=[answer], by=by, at=at)
        return respond.done(request, reverse("portal_batch", args=[batch_id]), "已确认，谢谢。")
    own = next(iter(publicity.receipts(by, batch_id)), None)
    context = {
        "batch": found.batch,
        "papers": [{"paper": one, "files": shown(one)} for one in found.papers],
        "own": own,
    }
    return respond.screen(request, "outreach/portal_batch.html", context)


@screen(roles=_OWNER)
def portal_meeting(request: Request, key: UUID) -> HttpResponse:
    """Show the record of a meeting the enterprise was asked to."""
    found = meetings.sheet(request.actor, key)
    return respond.screen(request, "outreach/portal_meeting.html", {"sheet": found, "meeting": found.meeting})


@screen(roles=_OWNER)
def portal_messages(request: Request) -> HttpResponse:
    """Show the messages with the enterprise's officer, and write one."""
    by, at = request.actor, clock.now()
    firm = by.enterprise_id or 0
    form = MessageForm(request.POST or None)
    if request.method == "POST":
        if respond.tried(
            form, lambda: message_actions.send_message(enterprise_id=firm, by=by, at=at, **form.cleaned_data)
        ):
            return respond.done(request, reverse("portal_messages"))
    else:
        message_actions.mark_messages_read(enterprise_id=firm, by=by, at=at)
    found = contacts.thread(by, firm, before=asked.number(request, "before"))
    page = found[: contacts.MESSAGES]
    context = {
        "messages_": page[::-1],
        "older": f"?before={page[-1].pk}" if len(found) > contacts.MESSAGES else "",
        "officers": cards_of(firm, by=by),
        "form": form,
    }
    return respond.screen(request, "outreach/portal_messages.html", context)
