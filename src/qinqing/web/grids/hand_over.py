"""交接: one, some or all of somebody's enterprises to another officer from a day on."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from qinqing.grids import lists, policy
from qinqing.grids.actions import handover
from qinqing.grids.facts.ties import HandedOver
from qinqing.grids.lists import EnterpriseLine, Lists
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.grids.forms import HandOverForm, targets


@screen(Right.READ_ROSTER)
def hand_over(request: Request, community_id: int) -> HttpResponse:
    """Show what is handed over to whom and when; do it.

    Comes from the second list (ticked, `step=choose`), from an officer (`?from=` his account), or from one enterprise (`?one=`).
    """
    by, now = request.actor, clock.now()
    both = lists.two_lists(community_id, by=by, on=now.date())
    policy.require_edit(by, both.community, now.date())
    giver = asked.number(request, "from")
    offered = targets(both.officers, on=now.date(), without=giver)
    pressed = request.method == "POST" and request.POST.get("step") != "choose"
    form = HandOverForm(
        request.POST if pressed else None,
        offered=offered,
        initial={
            "effective_on": asked.day(request, "on") or now.date(),
            "reason": asked.words(request, "why", 200),
            "officer": _target(request, offered),
        },
    )

    def act() -> HandedOver:
        officer_id, grid_id = form.cleaned_data["officer"]
        return handover.hand_over(
            enterprise_ids=form.chosen,
            to_officer_id=officer_id,
            grid_id=grid_id,
            effective_on=form.cleaned_data["effective_on"],
            reason=form.cleaned_data["reason"],
            seen={pk: shown for pk, shown in form.chosen.items() if shown},
            by=by,
            at=now,
        )

    fact = respond.tried(form, act) if pressed else None
    if fact:
        told = f"已登记：{len(fact.enterprises)}家企业自{fact.effective_on}起由{fact.to_officer}联系。"
        return respond.done(request, reverse("grids_page", args=[community_id]), told)
    ticked = set(form.chosen) if pressed else _ticked(request, both, giver, now.date())
    context: dict[str, Any] = {
        "form": form,
        "community": both.community,
        "rows": [line for line in both.enterprises if _is_offered(line, ticked, giver)],
        "ticked": ticked,
        "giver": next((line for line in both.officers if line.account_id == giver), None),
        "tomorrow": now.date() + timedelta(days=1),
    }
    return respond.screen(request, "grids/hand_over.html", context)


def _target(request: Request, offered: list[tuple[str, str]]) -> str:
    """Return the choice of the officer who was asked for (`to`, his account), "" if nobody was."""
    wanted = request.POST.get("to") or request.GET.get("to") or "-"
    return next((value for value, _ in offered if value.partition("-")[0] == wanted), "")


def _ticked(request: Request, both: Lists, giver: int, today: date) -> set[int]:
    """Return what is ticked when the page opens: what was ticked before, the one asked for, or all of the giver's."""
    if request.method == "POST":
        return {int(raw.partition("-")[0]) for raw in request.POST.getlist("enterprises") if _is_number(raw)}
    if one := asked.number(request, "one"):
        return {one}
    return {line.id for line in both.enterprises if _led_by(line, giver)}


def _is_number(raw: str) -> bool:
    head = raw.partition("-")[0]
    return head.isascii() and head.isdecimal() and len(head) < 19


def _is_offered(line: EnterpriseLine, ticked: set[int], giver: int) -> bool:
    return bool(line.lead or line.planned) and (line.id in ticked or _led_by(line, giver))


def _led_by(line: EnterpriseLine, account_id: int) -> bool:
    """Say whether the officer answers for the enterprise now or is to later."""
    return any(tie and tie.officer_id == account_id for tie in (line.lead, *line.planned))
