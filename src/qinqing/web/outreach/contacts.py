"""联系记录: the log, noting a contact, turning it into a demand in one press."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.outreach.actions import contacts as actions
from qinqing.outreach.reads import contacts as reads
from qinqing.outreach.words import Way
from qinqing.people.rights import Right, may
from qinqing.web import asked, respond
from qinqing.web.forms import Choice, Line, Long, Moment, Yes
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import AboutFirm, KeyField, firm_name, tabs


class ContactForm(AboutFirm):
    """How, with whom, what."""

    way = Choice("怎么联系的", Way.choices(), open_=True)
    with_name = Line("和谁", 60, required=False)
    text = Long("说了什么", 4000, rows=4)
    made_at = Moment("什么时候", required=False, help_text="留空即现在。")
    wants_demand = Yes("企业有诉求，同时转给中转站")
    key = KeyField()


@screen(Right.READ_OUTREACH)
def contacts(request: Request) -> HttpResponse:
    """Show the log."""
    by = request.actor
    firm = asked.number(request, "enterprise") or None
    rows, more = reads.log(by, enterprise_id=firm, after=asked.words(request, "after", 60))
    narrowed = f"enterprise={firm}&" if firm else ""
    context = {
        "rows": rows,
        "firm": firm_name(by, str(firm)) if firm else "",
        "next": f"?{narrowed}after={more}" if more else "",
        "may_note": may(by.post, Right.REACH_OUT),
        "tabs": tabs(by, "contacts"),
    }
    return respond.screen(request, "outreach/contacts.html", context)


@screen(Right.REACH_OUT)
def new(request: Request) -> HttpResponse:
    """Note a contact; with the tick it is a demand at once."""
    by, at = request.actor, clock.now()
    if request.method == "POST":
        form = ContactForm(by, request.POST)

        def act() -> Any:
            data = form.cleaned_data
            note = actions.note_contact(
                note_id=data["key"],
                enterprise_id=data["firm"],
                way=data["way"],
                with_name=data["with_name"],
                text=data["text"],
                made_at=data["made_at"],
                by=by,
                at=at,
            )
            if data["wants_demand"] and note.case_id is None:
                note = actions.turn_into_demand(note_id=note.pk, by=by, at=at)
            return note

        made = respond.tried(form, act)
        if made:
            told = f"已记录，并转为诉求{made.case.number}。" if made.case_id else "已记录。"
            return respond.done(request, reverse("outreach_contacts"), told)
    else:
        form = ContactForm(by, initial={"firm": firm_name(by, request.GET.get("enterprise", ""))})
    return respond.screen(request, "outreach/contact_new.html", {"form": form})


@require_POST
@screen(Right.REACH_OUT)
def turn(request: Request, key: UUID) -> HttpResponse:
    """Make a demand of what was said."""
    note = actions.turn_into_demand(note_id=key, by=request.actor, at=clock.now())
    case = note.case
    told = f"已转为诉求{case.number}，您是首问责任人。" if case else ""
    return respond.done(request, reverse("cases_sheet", args=[note.case_id]), told)
