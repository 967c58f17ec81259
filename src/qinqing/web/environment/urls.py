"""Addresses of environment files."""

from django.urls import path

from qinqing.web.environment import card, keep, lists, portal

_FIRM = "enterprises/<int:enterprise_id>/environment/"

urlpatterns = [
    path("environment/", lists.lists, name="environment"),
    path(_FIRM, card.card, name="environment_card"),
    path(f"{_FIRM}edit/", keep.profile, name="environment_edit"),
    path(f"{_FIRM}stages/new/", keep.stage, name="environment_stage_new"),
    path(f"{_FIRM}stages/<int:stage_id>/", keep.stage, name="environment_stage"),
    path(f"{_FIRM}stages/<int:stage_id>/end/", keep.stage_end, name="environment_stage_end"),
    path(f"{_FIRM}papers/new/", keep.paper, name="environment_paper_new"),
    path(f"{_FIRM}papers/<int:paper_id>/", keep.paper, name="environment_paper"),
    path(f"{_FIRM}papers/<int:paper_id>/end/", keep.paper_end, name="environment_paper_end"),
    path(f"{_FIRM}monitoring/", keep.monitoring, name="environment_monitoring"),
    path(f"{_FIRM}reports/", keep.report, name="environment_report"),
    path("portal/environment/", portal.portal_environment, name="portal_environment"),
]
