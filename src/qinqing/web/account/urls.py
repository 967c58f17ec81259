"""Addresses of signing in and of my account. The names are those django-allauth asks for."""

from django.urls import path

from qinqing.web.account import again, home, password, second_factor, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", sign_in.enter_code, name="mfa_authenticate"),
    path("sign-in/shut/", sign_in.inactive, name="account_inactive"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/", home.home, name="account_home"),
    path("account/post/", home.choose_post, name="account_posts"),
    path("account/password/", password.change_password, name="account_change_password"),
    path("account/totp/", second_factor.bind, name="mfa_activate_totp"),
    path("account/totp/off/", second_factor.unbind, name="mfa_deactivate_totp"),
    path("account/codes/", second_factor.codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", second_factor.new_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/", second_factor.index, name="mfa_index"),
    path("account/again/", again.again, name="account_reauthenticate"),
    path("account/again/code/", again.again_by_code, name="mfa_reauthenticate"),
    path("account/sessions/end/", home.end_all_sessions, name="account_end_all"),
    path("account/sessions/<int:session_id>/end/", home.end_session, name="account_end_session"),
]
"""Included by the doors' table without a namespace."""

PUBLIC = frozenset({"account_login", "mfa_authenticate", "account_inactive", "account_logout"})
"""Names of the pages that need no sign-in."""
