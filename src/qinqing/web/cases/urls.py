"""Addresses of cases."""

from django.urls import path

from qinqing.web.cases import balance, files, leader, ledger, press, sheet, submit, today, tracker, upward

urlpatterns = [
    path("today", today.cases_today, name="cases_today"),
    path("intake", today.cases_intake, name="cases_intake"),
    path("leader", leader.cases_leader, name="cases_leader"),
    path("tracker", tracker.cases_tracker, name="cases_tracker"),
    path("tracker.xlsx", tracker.cases_tracker_export, name="cases_tracker_export"),
    path("ledger", ledger.cases_ledger, name="cases_ledger"),
    path("ledger/balance", balance.cases_balance, name="cases_balance"),
    path("ledger.xlsx", ledger.cases_export, name="cases_export"),
    path("ledger/views", ledger.cases_views, name="cases_views"),
    path("cases/submit", submit.cases_submit, name="cases_submit"),
    path("cases/report", submit.cases_report, name="cases_report"),
    path("cases/<int:case_id>", sheet.cases_sheet, name="cases_sheet"),
    path("cases/<int:case_id>/verify", sheet.cases_verify, name="cases_verify"),
    path("cases/<int:case_id>/<slug:verb>", press.cases_press, name="cases_press"),
    path("files/<int:attachment_id>", files.cases_file, name="cases_file"),
    path("upward/<str:token>", upward.cases_upward, name="cases_upward"),
]
