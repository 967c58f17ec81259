"""The address without a path: everybody goes on to where his day begins."""

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from qinqing.people.words import Role
from qinqing.web import gate, respond

_BEGINNINGS = {
    Role.CONTACT: "portal_home",
    Role.CARD: "portal_home",
    Role.SYSTEM_ADMIN: "people_accounts",
    Role.SECURITY_ADMIN: "people_accounts",
    Role.AUDITOR: "people_sign_ins",
}


@gate.screen()
def home(request: gate.Request) -> HttpResponse:
    """Go on to the portal, the desk, or the administrators' pages."""
    for name in (_BEGINNINGS.get(Role(request.actor.post), "cases_today"), "cases_today", "account_home"):
        try:
            return respond.go(request, reverse(name))
        except NoReverseMatch:
            continue
    raise AssertionError("account_home always exists")
