"""Changing one's own password: asked for the present one, told every rule, all other browsers signed out."""

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.people import signins
from qinqing.people.actions import accounts
from qinqing.web import respond
from qinqing.web.account import session
from qinqing.web.account.forms import password_field
from qinqing.web.account.place import place


class PasswordForm(forms.Form):
    """The present password and the new one twice."""

    present = password_field("现在的密码", "current-password")
    password = password_field("新密码", "new-password")
    repeated = password_field("再输一次新密码", "new-password")

    def clean_repeated(self) -> str:
        """Let pass only what was typed alike twice."""
        repeated: str = self.cleaned_data["repeated"]
        if repeated != self.cleaned_data.get("password", repeated):
            raise ValidationError("两次输入的新密码不一样，请再输一次。")
        return repeated


@sensitive_post_parameters()
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """Show the form; change the password and go on."""
    account = people.account(request.user.pk or 0)
    must = account.must_change_password or session.is_aged(request, account, clock.now())
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        way_on = "/" if must else reverse("account_home")
        return respond.done(request, way_on, "密码已修改，其他设备上的登录已退出。")
    context = {"form": form, "must": must, "account": account}
    return respond.screen(request, "account/password.html", context)


def _changed(request: HttpRequest, form: PasswordForm) -> bool:
    """Change the password, or put the refusal beside its field."""
    account, at = people.account(request.user.pk or 0), clock.now()
    try:
        right = get_adapter(request).reauthenticate(account, form.cleaned_data["present"])
    except ValidationError as locked:
        form.add_error("present", locked)
        return False
    if not right:
        form.add_error("present", "现在的密码不对。")
        return False
    try:
        changed = accounts.change_password(
            account_id=account.pk, password=form.cleaned_data["password"], by=people.himself(account), at=at
        )
    except Refused as refusal:
        form.add_error("password", refusal.sentence)
        return False
    update_session_auth_hash(request, changed)  # also gives this browser a new session key
    signins.open_session(changed, request.session.session_key or "", place(request), at, only_one=False)
    return True
