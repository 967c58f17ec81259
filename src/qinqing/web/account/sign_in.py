"""Signing in: user name and password, then the one-time code; signing out; the page of a shut account."""

from typing import Any

from allauth.account.views import AccountInactiveView, LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from qinqing.env import env
from qinqing.web.account import session


class SignIn(LoginView):
    """User name and password."""

    template_name = "account/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why the last session ended, and whether one-click sign-ins exist."""
        why = session.WHY.get(self.request.GET.get("why", ""), "")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"why": why, "is_demo": env.is_demo}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again with the refusal; the user name stays typed, the password never, and takes the cursor."""
        form.fields["login"].widget.attrs.pop("autofocus", None)
        form.fields["password"].widget.attrs["autofocus"] = True
        return self.render_to_response(self.get_context_data(form=form), status=422)


class EnterCode(AuthenticateView):
    """The one-time code or a recovery code."""

    template_name = "account/code.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again with the refusal."""
        return self.render_to_response(self.get_context_data(), status=422)


@method_decorator(never_cache, name="dispatch")
class SignOut(LogoutView):
    """One question, one button: a link alone must not sign anybody out."""

    template_name = "account/sign_out.html"

    def get_redirect_url(self) -> str:
        """Go to the sign-in page, never elsewhere."""
        return f"{reverse('account_login')}?why=out"


class Inactive(AccountInactiveView):
    """The right password of an account that has been shut."""

    template_name = "account/inactive.html"


sign_in = SignIn.as_view()
enter_code = EnterCode.as_view()
sign_out = SignOut.as_view()
inactive = Inactive.as_view()
