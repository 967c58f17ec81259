"""The QR card at a firm's gate: a page to print."""

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

from qinqing.enterprises import policy, reads
from qinqing.enterprises.actions import cards
from qinqing.env import env
from qinqing.grids import reads as grids
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.enterprises.forms import RevokeForm
from qinqing.web.gate import Request, screen


@never_cache
@screen(Right.READ_ENTERPRISES)
def card(request: Request, enterprise_id: int) -> HttpResponse:
    """Show the firm's card to print; posted: make one, or a new one in place of the old."""
    by, now = request.actor, clock.now()
    firm = reads.get_for(by, enterprise_id)
    policy.require_tend(by, firm)
    here = reverse("enterprise_card", args=[firm.pk])
    token = reads.card_token(by, firm.pk)
    if request.method == "POST":
        if token and request.POST.get("sure") != "yes":
            return respond.sure(
                request,
                title="换发企业码",
                sentence=f"{firm.name}已贴出的码会立即失效，需要重新打印张贴。",
                press="换发",
                back=here,
            )
        cards.issue_card(enterprise_id=firm.pk, by=by, at=now)
        return respond.done(request, here, "企业码已制发，请打印后交企业张贴。")
    address = f"{env.base_url.rstrip('/')}/q/{token}"
    context = {
        "firm": firm,
        "summary": reads.card(firm),
        "address": address if token else "",
        "qr": mark_safe(segno.make(address, error="m").svg_inline(scale=6, border=2)) if token else "",  # noqa: S308  our own drawing
        "lead": next(
            (
                tie
                for tie in grids.history_of(firm.pk)
                if tie.rank == "lead" and tie.since <= now.date() and (tie.until is None or tie.until >= now.date())
            ),
            None,
        ),
        "back": reverse("enterprise_sheet", args=[firm.pk]),
    }
    return respond.screen(request, "enterprises/card.html", context)


@screen(Right.READ_ENTERPRISES)
def revoke(request: Request, enterprise_id: int) -> HttpResponse:
    """End the card without a new one."""
    by = request.actor
    firm = reads.get_for(by, enterprise_id)
    policy.require_tend(by, firm)
    form = RevokeForm(request.POST or None)
    back = reverse("enterprise_card", args=[firm.pk])
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: cards.revoke_card(enterprise_id=firm.pk, reason=form.cleaned_data["reason"], by=by, at=clock.now()),
        )
        if done:
            return respond.done(request, back, "企业码已作废。")
    context = {"form": form, "title": f"作废{firm.name}的企业码", "press": "作废", "danger": True, "back": back}
    return respond.screen(request, "enterprises/small.html", context)
