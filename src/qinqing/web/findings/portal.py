"""企业端的隐患整改: what was found at the firm, until when, and how it answers: with words and photos."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.findings import actions
from qinqing.findings.reads import listing
from qinqing.findings.reads import sheet as sheets
from qinqing.findings.reads.listing import Filter
from qinqing.findings.words import EventKind
from qinqing.grids.cards import cards_of
from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed
from qinqing.people.words import Role
from qinqing.web import asked, gate, respond
from qinqing.web.findings.shared import Photos, brought
from qinqing.web.forms import Form, Long
from qinqing.web.templatetags.parts import Tab

OWNER = (Role.CONTACT,)
"""Only the firm's own contact: whoever scans the card at the gate never sees what was found there."""


class AnswerForm(Form):
    """What the firm did."""

    text = Long(
        "做了什么整改",
        2000,
        rows=5,
        placeholder="用自己的话说就行。比如：光电保护已经换新，今天上午试机正常。",
        error_messages={"required": "请写一下做了什么。"},
    )
    files = Photos("整改后的照片", required=False)  # type: ignore[assignment]  # a field, not the form's own files


@gate.screen(roles=OWNER)
def portal_findings(request: gate.Request) -> HttpResponse:
    """Show the firm's findings: those to be put right, those that are over."""
    by, at = request.actor, clock.now()
    is_over = request.GET.get("over") == "1"
    wanted = Filter(stand="passed" if is_over else "open")
    page = listing.page(by, wanted, at, before=asked.number(request, "before"), size=20)
    here = reverse("portal_findings")
    more = f"{here}?{'over=1&' if is_over else ''}before={page.next}" if page.next else ""
    context = {
        "page": page,
        "next": more,
        "is_over": is_over,
        "tabs": [Tab("要整改的", here, not is_over), Tab("已销号", f"{here}?over=1", is_over)],
    }
    return respond.screen(request, "findings/portal_list.html", context)


@gate.screen(roles=OWNER)
def portal_finding(request: gate.Request, finding_id: int) -> HttpResponse:
    """Show one finding to the firm."""
    by, at = request.actor, clock.now()
    found = sheets.sheet(by, finding_id, at)
    context = {
        "sheet": found,
        "finding": found.finding,
        "may_answer": EventKind.CLAIM in found.offers,
        "officers": cards_of(by.enterprise_id or 0, by=by),
    }
    return respond.screen(request, "findings/portal_sheet.html", context)


@gate.screen(roles=OWNER)
def portal_finding_answer(request: gate.Request, finding_id: int) -> HttpResponse:
    """Take the firm's word that it is put right."""
    by, at = request.actor, clock.now()
    found = sheets.sheet(by, finding_id, at)
    here = reverse("portal_finding", args=[finding_id])
    if request.method == "POST":
        form = AnswerForm(request.POST, request.FILES)
        done = respond.tried(
            form,
            lambda: actions.follow_up(
                finding_id=finding_id,
                kind=EventKind.CLAIM.value,
                text=form.cleaned_data["text"],
                photos=brought(form, by=by, at=at),
                by=by,
                at=at,
            ),
        )
        if done:
            who = "综执安监办" if found.is_grave else "网格员"
            return respond.done(request, here, f"收到了，{who}会来复查，合格后销号。")
    else:
        if EventKind.CLAIM not in found.offers:
            raise NotAllowed("这条隐患现在不需要您上报整改。")
        form = AnswerForm()
    context = {"form": form, "sheet": found, "finding": found.finding, "back": here}
    return respond.screen(request, "findings/portal_answer.html", context)
