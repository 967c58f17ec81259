"""Screens that fail in every way a screen can, for the tests of the gate."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import include, path

from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.people.rights import Right
from qinqing.web import asked, gate, respond

FAULTS = {
    "not-found": NotFound(),
    "not-allowed": NotAllowed(),
    "too-late": TooLate("moved_on", "这件事项现在是“已销账”。最近一笔：示甲（中转站）11-23 09:40 销账。"),
    "refused": Refused("no", "现在还不能销账。"),
    "http404": Http404("secret path"),
    "denied": PermissionDenied("secret reason"),
    "fault": RuntimeError("secret value"),
}


@gate.screen(public=True)
def fail(request: gate.Request, way: str) -> HttpResponse:
    raise FAULTS[way]


@gate.screen(public=True)
def echo(request: gate.Request) -> HttpResponse:
    typed = request.POST.get("text", "") + asked.words(request, "q") + str(asked.number(request, "page", 1, low=1))
    return HttpResponse(typed)


@gate.screen(public=True)
def done(request: gate.Request) -> HttpResponse:
    return respond.done(request, "/", "办好了。")


@gate.screen(Right.TAKE_IN)
def hub_only(request: gate.Request) -> HttpResponse:
    return HttpResponse(request.actor.name)


def bare(request: gate.Request) -> HttpResponse:
    """A view somebody forgot to make a screen."""
    return HttpResponse("inside")


@gate.screen(public=True)
def numbered(request: gate.Request, number: int) -> HttpResponse:
    return HttpResponse(number)


urlpatterns = [
    path("fail/<slug:way>", fail),
    path("echo", echo),
    path("done", done),
    path("hub", hub_only),
    path("bare", bare),
    path("number/<int:number>", numbered),
    path("", include("qinqing.urls")),
]
