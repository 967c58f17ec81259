"""The QR card: whoever scans it speaks for the firm it hangs at, for a few hours, and sees no more than its demands."""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import reads as enterprises
from qinqing.kernel.errors import NotFound
from qinqing.web import gate, respond, who

LASTS = timedelta(hours=4)
"""A scan lasts as long as a shift's worth of waiting; then the card is scanned again."""


@gate.screen(public=True)
def portal_card(request: gate.Request, token: str) -> HttpResponse:
    """Come in by the card. Who is signed in already stays who he is.

    Raises:
        NotFound: no such card, or it was ended.
    """
    if request.user.is_authenticated:
        return respond.go(request, "/")
    if enterprises.actor_of_card(token) is None:
        raise NotFound("这张企业码已停用或不完整，请扫新的企业码，或用账号登录。")
    request.session.cycle_key()
    request.session[who.CARD] = token
    request.session.set_expiry(LASTS)
    who.forget(request)
    return respond.go(request, reverse("portal_home"))


@gate.screen(public=True)
def portal_leave(request: gate.Request) -> HttpResponse:
    """Let go of the card."""
    if request.method == "POST":
        request.session.flush()
    return respond.go(request, reverse("account_login"))
