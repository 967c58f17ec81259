"""One matter of the enterprise: where it is, by when, what was answered; and the presses open to the owner."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse

from qinqing.cases.lifecycle import BY_VERB
from qinqing.cases.options import asking
from qinqing.cases.reads import find, portal, sheet
from qinqing.cases.words import Verb
from qinqing.consultations.actions import press
from qinqing.kernel import clock
from qinqing.web import gate, respond
from qinqing.web.cases.presses import PressForm
from qinqing.web.cases.sheet import shown_files
from qinqing.web.portal.home import OWNERS

if TYPE_CHECKING:
    from qinqing.cases.models import Case

HIS = {
    Verb.SUPPLY: ("补充说明", "交上去", "补充已交上去，接着办。"),
    Verb.RATE: ("评价这次答复", "提交评价", "谢谢您的评价。办理人员要等评价期结束才看得到。"),
    Verb.URGE: ("催一催", "催办", "已替您催办，承办单位会回复。"),
    Verb.WITHDRAW: ("撤回这件事", "确认撤回", "已撤回。以后还有需要，随时再提。"),
}
"""The presses of an owner: heading, button, what he hears afterwards."""


@gate.screen(roles=OWNERS)
def portal_case(request: gate.Request, case_id: int) -> HttpResponse:
    """Show one matter."""
    by, at = request.actor, clock.now()
    found = sheet.sheet(by, case_id, at)
    case = found.case
    context = {
        "case": case,
        "matter": portal.matter(by, case, at),
        "due": found.due if case.answered_at is None and case.ended_at is None else None,
        "replies": found.feedbacks[::-1],
        "ratings": found.ratings,
        "final": next((e for e in found.entries if e.kind in ("case.declined", "case.merged")), None),
        "into": case.merged_into if case.merged_into and case.merged_into.enterprise_id == case.enterprise_id else None,
        "story": portal.story(found.entries),
        "files": shown_files(found.attachments, case.submitted_at),
        "his": {verb.value: words for verb, words in HIS.items()},
    }
    return respond.screen(request, "portal/case.html", context)


@gate.screen(roles=OWNERS)
def portal_press(request: gate.Request, case_id: int, verb: str) -> HttpResponse:
    """Ask what a press needs, then do it."""
    by, at = request.actor, clock.now()
    chosen = next((one for one in HIS if one.value == verb), None)
    if chosen is None:
        raise Http404
    case = find.get_for(by, case_id)
    ask = asking(case, None, by, at)
    here = reverse("portal_case", args=[case.pk])
    if request.method == "POST":
        form = PressForm(BY_VERB[chosen], ask, request.POST, request.FILES)
        done = respond.tried(form, lambda: press(chosen, case.pk, by=by, at=at, values=form.values()))
        if done:
            return respond.done(request, here, HIS[chosen][2])
    else:
        find.require_offer(by, case, chosen, None, at)
        form = PressForm(BY_VERB[chosen], ask, initial={"solved": request.GET.get("solved", "")})
    return respond.screen(request, "portal/press.html", {"form": form, "back": here} | _about(case, chosen, request))


def _about(case: "Case", chosen: Verb, request: gate.Request) -> dict[str, object]:
    heading, button, _ = HIS[chosen]
    matter = portal.matter(request.actor, case, clock.now())
    return {"case": case, "matter": matter, "heading": heading, "button": button, "is_danger": chosen is Verb.WITHDRAW}
