"""`POST leave`: the person gives the phone back; what is still on it waits there for his next sign-in."""

from django.http import HttpResponse

from qinqing.web.field.calls.door import COOKIE, PATH, Call, call, say


@call("POST")
def leave(request: Call) -> HttpResponse:
    """Take the credential out of this browser. The device stays known: the same phone may renew it."""
    response = say(request.at)
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response
