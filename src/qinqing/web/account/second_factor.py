"""The second factor: binding a phone's code generator, its recovery codes, unbinding."""

from typing import Any

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from qinqing.env import env
from qinqing.kernel import clock
from qinqing.people import reads as people
from qinqing.people.actions import access
from qinqing.web.account import session


@method_decorator(never_cache, name="dispatch")
class Bind(ActivateTOTPView):
    """Scan the square, type the first code."""

    template_name = "account/totp.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret in groups of four, for phones that cannot scan, and whether there is a choice."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[i : i + 4] for i in range(0, len(secret), 4)]
        must = env.require_totp and self.request.session.get(session.STAFF, True)
        return context | {"secret": " ".join(groups), "must": must}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Bind, record, and count this session as having shown the code."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _tell(self.request, "绑定了动态口令")
        self.request.session[session.CODED] = True
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the same square again with the refusal."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(never_cache, name="dispatch")
class Unbind(DeactivateTOTPView):
    """Remove the bound phone, e.g. to bind a new one; where the code is required, binding comes at once."""

    template_name = "account/totp_off.html"
    success_url = reverse_lazy("account_home")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Unbind, record, and let the gate lead to binding anew where it is required."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _tell(self.request, "解除了动态口令")
        self.request.session[session.CODED] = False
        return response


@method_decorator(never_cache, name="dispatch")
class Codes(ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    template_name = "account/codes.html"


@method_decorator(never_cache, name="dispatch")
class NewCodes(GenerateRecoveryCodesView):
    """New recovery codes; the former ones stop working."""

    template_name = "account/codes_new.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Draw and record."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _tell(self.request, "换了一批恢复码")
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Say why there are none to draw."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def index(request: HttpRequest) -> HttpResponse:
    """Lead to the page that shows it all: the library sends people here."""
    return HttpResponseRedirect(reverse("account_home"))


def _tell(request: HttpRequest, what: str) -> None:
    by = people.himself(people.account(request.user.pk or 0))
    access.tell_second_factor(account_id=by.account_id or 0, what=what, by=by, at=clock.now())


bind = Bind.as_view()
unbind = Unbind.as_view()
codes = Codes.as_view()
new_codes = NewCodes.as_view()
