"""The gate every request of the pages passes: who it is, whether he may, and what he hears when the answer is no.

Closed by default: a screen is for people who are signed in, unless it says `public=True`. What a screen raises becomes a
page in 中文 with a way on, and a sentence in the live region when htmx asked.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.cache import add_never_cache_headers

from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, Refused
from qinqing.people.rights import Right
from qinqing.people.words import Role
from qinqing.plan import reads as plans
from qinqing.web import errors, respond, who
from qinqing.web.account import session
from qinqing.web.asked import HIGHEST

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

DOORSTEP = frozenset(
    {"account_login", "mfa_authenticate", "account_inactive", "account_logout", "demo_people", "account_reauthenticate"}
)
"""Addresses of the way in, which guard themselves. Any other screen open to all says so with `public=True`."""
_OTHER_DOORS = ("/api/", "/health/", "/field/api/", "/field/device/")
"""Doors with a gate of their own."""
_HEADERS = {
    "Permissions-Policy": "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class Request(HttpRequest):
    """A request that has passed the gate, as screens receive it."""

    actor: Actor
    htmx: "HtmxDetails"


Given = ParamSpec("Given")
_Screen = Callable[Concatenate[Request, Given], HttpResponseBase]
_View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


def screen(
    *needed: Right, roles: Collection[Role] = (), public: bool = False
) -> Callable[[_Screen[Given]], _View[Given]]:
    """Make a function a screen: it is called with `request.actor` set, and only for those who may see it.

    Args:
        needed: the post must carry one of these rights; none given: anybody who is signed in and acts from a post.
        roles: the post must be one of these, where a page is made for a role and not for a right.
        public: anybody may come, signed in or not; then `request.actor` may be missing, ask `who.actor(request)`.

    Raises:
        NotAllowed: from the screen, when the post does not carry it.
    """

    def dress(view: _Screen[Given]) -> _View[Given]:
        @wraps(view)
        def dressed(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
            if not public:
                by = who.acting(request, *needed)
                if roles and by.post not in roles:
                    raise NotAllowed(f"这一页不在您的岗位（{by.post_label}）范围内。")
                request.actor = by  # type: ignore[attr-defined]  # this is where a request becomes a Request
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        dressed.is_public = public  # type: ignore[attr-defined]  # read by the gate below
        return cast("_View[Given]", dressed)

    return dress


class GateMiddleware:
    """Stands before every screen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let a well-formed request in, and nothing out that is not in our own words and headers."""
        if request.path.startswith(_OTHER_DOORS):
            return self.get_response(request)
        with plans.asked_once():
            return self._answered(request)

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        response = _malformed(request) or self.get_response(request)
        if request.htmx and response.status_code >= 400 and not _is_fragment(response):  # type: ignore[attr-defined]
            response = respond.say(
                request, errors.words_of(response.status_code), status=response.status_code, tone="late"
            )
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Ask who it is before the screen is called."""
        if request.path.startswith(_OTHER_DOORS):
            return None
        if any(isinstance(value, int) and value > HIGHEST for value in kwargs.values()):
            raise Http404
        if request.user.is_authenticated:
            return session.guard(request, clock.now())
        match = request.resolver_match
        if getattr(view, "is_public", False) or (match is not None and match.url_name in DOORSTEP):
            return None
        return None if who.actor(request) else session.to_sign_in(request)  # somebody by the card of a firm, or nobody

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Turn a refusal nobody caught into an answer; a real fault goes on to become a 500 and a line in the log."""
        if not isinstance(fault, Refused) or request.path.startswith(_OTHER_DOORS):
            return None
        if respond.by_htmx(request):
            return respond.say(request, fault.sentence, status=fault.status, tone="late")
        return errors.page(request, fault.status, fault.sentence)


def _malformed(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to an address or a body that no browser of ours sends; NUL in typed text is taken out."""
    raw = request.META.get("QUERY_STRING", "")
    if "\x00" in request.path or "\ufffd" in request.path or "%00" in raw or not _is_utf8(request):
        return errors.page(request, 400)
    try:
        posted = request.POST
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return errors.page(request, 413)
    if any("\x00" in value for values in posted.lists() for value in (values[0], *values[1])):
        request.POST = _without_nul(posted)  # type: ignore[assignment]  # settable on every WSGI request
    return None


def _is_utf8(request: HttpRequest) -> bool:
    return "\ufffd" not in "".join(f"{name}{''.join(values)}" for name, values in request.GET.lists())


def _without_nul(posted: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True, encoding=posted.encoding)
    for name, values in posted.lists():
        kept.setlist(name.replace("\x00", ""), [str(value).replace("\x00", "") for value in values])
    kept._mutable = False
    return kept


def _is_fragment(response: HttpResponseBase) -> bool:
    return response.has_header("HX-Retarget") or response.status_code in (409, respond.UNANSWERABLE)
