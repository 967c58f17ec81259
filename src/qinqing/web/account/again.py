"""Asking for the password or the code once more, before something that must not be done from a borrowed screen."""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from django import forms
from django.http import HttpResponse


class Again(ReauthenticateView):
    """The password once more."""

    template_name = "account/again.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again with the refusal."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AgainByCode(ReauthenticateByCodeView):
    """The one-time code once more."""

    template_name = "account/again.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again with the refusal."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


again = Again.as_view()
again_by_code = AgainByCode.as_view()
