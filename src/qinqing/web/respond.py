"""Answers of a screen: the page or the fragment of it that was asked for, the refusal beside its field, the way on.

A screen reads top to bottom: form, `tried(form, act)`, then `done` on success or `screen` with the form in it again:

    form = SubmitForm(request.POST, request.FILES) if request.method == "POST" else SubmitForm()
    if request.method == "POST":
        case = respond.tried(form, lambda: cases.submit(**form.cleaned_data, by=by, at=clock.now()))
        if case:
            return respond.done(request, reverse("portal_case", args=[case.pk]), "已收到。")
    return respond.screen(request, "portal/submit.html", {"form": form})
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from qinqing.kernel.errors import NotAllowed, NotFound, Refused

Result = TypeVar("Result")
UNANSWERABLE = 422
"""What a form with something wrong in it is answered with; the browser side swaps it in like any other page."""


def by_htmx(request: HttpRequest) -> bool:
    """Say whether a fragment is enough: htmx asks, and not for a whole page (boosted link, history)."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and not (
        headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true"
    )


def screen(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Return the page, or the `fragment` partial inside the same template when htmx asks for it.

    The status is 200, or that of the refusal when `context["form"]` has something wrong in it.
    """
    values = dict(context or {})
    name = f"{template}#{fragment}" if fragment and by_htmx(request) else template
    found = status if status is not None else status_of(values.get("form"))
    response = render(request, name, values, status=found)
    patch_vary_headers(response, ["HX-Request"])
    return response


def status_of(form: object) -> int:
    """Return what a page with this form is answered with: 200, 422, or 409 when somebody else was faster."""
    if not isinstance(form, forms.BaseForm | forms.BaseFormSet) or not form.is_bound or form.is_valid():
        return 200
    return int(getattr(form, "refused_status", UNANSWERABLE))


def tried(form: forms.BaseForm, act: Callable[[], Result]) -> Result | None:
    """Do the one action of a screen if the form is in order; None when it is not, or when the action was refused.

    The refusal's sentence goes beside its field, or on top of the form when it belongs to none; what was typed stays.

    Raises:
        NotAllowed, NotFound: not his to do, or not his to see: that is a page of its own.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except (NotAllowed, NotFound):
        raise
    except Refused as refusal:
        refused(form, refusal)
        return None


def refused(form: forms.BaseForm, refusal: Refused) -> None:
    """Put a refusal into the form: beside its field if the form has it, else on top."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    form.refused_status = refusal.status  # type: ignore[attr-defined]  # read by status_of


def done(request: HttpRequest, url: str, sentence: str = "") -> HttpResponse:
    """Return the way on after a press that succeeded, saying so on the next page.

    The page also learns the key of the press, so that the browser forgets what it had kept of the typed text.
    """
    if sentence:
        messages.success(request, sentence, extra_tags=request.POST.get("press_key", "")[:64])
    return go(request, url)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the whole page elsewhere, also when only a fragment of it was asked for. `url` is one of our own."""
    if by_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def say(request: HttpRequest, sentence: str, *, status: int = 200, tone: str = "") -> HttpResponse:
    """Answer htmx with one sentence in the page's live region, leaving everything else as it is."""
    response = render(request, "parts/live.html", {"sentence": sentence, "tone": tone}, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#live", "innerHTML"
    return response


def sure(
    request: HttpRequest,
    *,
    title: str,
    sentence: str,
    press: str,
    back: str,
    danger: bool = False,
    hidden: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Ask once more, on a page of its own: the same address is posted to again, with `sure=yes` and `hidden`."""
    context = {
        "title": title,
        "sentence": sentence,
        "press": press,
        "back": back,
        "danger": danger,
        "hidden": dict(hidden or {}),
    }
    return screen(request, "sure.html", context)
