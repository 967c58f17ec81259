"""行政检查登记: references to what authorities did. The inspections themselves are in the state's system."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import listing
from qinqing.kernel import clock
from qinqing.patrol.actions.inspections import register_inspection, strike_inspection
from qinqing.patrol.reads import plans
from qinqing.people.rights import Right, may
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol import around
from qinqing.web.patrol.forms import InspectionForm, StrikeForm


@screen(Right.READ_VISITS)
def patrol_inspections(request: Request) -> HttpResponse:
    """Show the references within one's scope, latest first."""
    by, words = request.actor, asked.words(request, "q")
    page = plans.inspections(by, words=words, before=asked.number(request, "before"))
    here = reverse("patrol_inspections")
    query = f"?q={words}&" if words else "?"
    context = {
        "page": page,
        "words": words,
        "next": f"{here}{query}before={page.before}" if page.before else "",
        "first": here if request.GET.get("before") else "",
        "may_note": may(by.post, Right.NOTE_INSPECTION),
        "tabs": around.tabs(by, "inspections"),
    }
    return respond.screen(request, "patrol/inspections.html", context)


@screen(Right.NOTE_INSPECTION)
def patrol_inspection_new(request: Request) -> HttpResponse:
    """Note that an authority checked a firm."""
    by, at = request.actor, clock.now()
    form = InspectionForm(request.POST if request.method == "POST" else None, initial={"on": at.date()})
    if request.method == "POST":
        firm = _firm(request, form)

        def act() -> bool:
            given = {name: value for name, value in form.cleaned_data.items() if name != "firm"}
            register_inspection(enterprise_id=firm, **given, by=by, at=at)
            return True

        if respond.tried(form, act):
            return respond.done(request, reverse("patrol_inspections"), "已登记。")
    return respond.screen(request, "patrol/inspection_new.html", {"form": form})


def _firm(request: Request, form: InspectionForm) -> int:
    """Return the one firm that was meant; else say beside the field what is wrong."""
    if not form.is_valid():
        return 0
    typed = form.cleaned_data["firm"]
    found = listing.search(request.actor, typed, size=6).rows
    hits = [firm for firm in found if typed in (firm.name, firm.number)] or found
    if len(hits) == 1:
        return hits[0].id
    if hits:
        form.add_error("firm", "找到多家，请写全名：" + "、".join(firm.name for firm in hits[:5]))
    else:
        form.add_error("firm", "在您的范围内没有找到这家企业。")
    return 0


@screen(Right.NOTE_INSPECTION)
def patrol_strike(request: Request, inspection_id: int) -> HttpResponse:
    """Take back a reference entered by mistake."""
    by, at = request.actor, clock.now()
    row = plans.inspection(by, inspection_id)
    form = StrikeForm(request.POST if request.method == "POST" else None)

    def act() -> bool:
        strike_inspection(inspection_id=inspection_id, **form.cleaned_data, by=by, at=at)
        return True

    if request.method == "POST" and respond.tried(form, act):
        return respond.done(request, reverse("patrol_inspections"), "已作废，原登记仍可查到。")
    return respond.screen(request, "patrol/strike.html", {"form": form, "row": row})
