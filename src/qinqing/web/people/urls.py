"""Addresses of accounts, posts and the audit log."""

from django.urls import path

from qinqing.web.people import account, accounts, audit, leaves, posts

urlpatterns = [
    path("people/", accounts.listing, name="people_accounts"),
    path("people/new/", accounts.add, name="people_add"),
    path("people/sign-ins/", audit.sign_ins, name="people_sign_ins"),
    path("people/changes/", audit.changes, name="people_changes"),
    path("people/leaves/", leaves.leaves, name="people_leaves"),
    path("people/leaves/<int:leave_id>/", leaves.end, name="people_leave"),
    path("people/<int:account_id>/", account.sheet, name="people_account"),
    path("people/<int:account_id>/edit/", account.edit, name="people_edit"),
    path("people/<int:account_id>/shut/", account.shut, name="people_shut"),
    path("people/<int:account_id>/reopen/", account.reopen, name="people_reopen"),
    path("people/<int:account_id>/unlock/", account.unlock, name="people_unlock"),
    path("people/<int:account_id>/password/", account.reset_password, name="people_password"),
    path("people/<int:account_id>/second-factor/", account.clear_second_factor, name="people_second_factor"),
    path("people/<int:account_id>/posts/", posts.name, name="people_name_post"),
    path("people/posts/<int:post_id>/end/", posts.end, name="people_end_post"),
    path("people/posts/<int:post_id>/charge/", posts.charge, name="people_charge"),
]
"""Included by the doors' table without a namespace."""
