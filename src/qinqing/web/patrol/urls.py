"""Addresses of the patrol on the desk, and of the enterprise's view of visits."""

from django.urls import path

from qinqing.web.patrol import (
    copying,
    coverage,
    flagged,
    inspections,
    notice,
    plan,
    plans,
    portal,
    presses,
    visit,
    visits,
)

urlpatterns = [
    path("patrol/", visits.patrol_visits, name="patrol_visits"),
    path("patrol/visits/<uuid:uid>/", visit.patrol_visit, name="patrol_visit"),
    path("patrol/visits/<uuid:uid>/copy/", copying.patrol_copy, name="patrol_copy"),
    path("patrol/visits/<uuid:uid>/review/", presses.patrol_review, name="patrol_review"),
    path("patrol/visits/<uuid:uid>/city/", presses.patrol_city, name="patrol_city"),
    path("patrol/visits/<uuid:uid>/amend/", presses.patrol_amend, name="patrol_amend"),
    path("patrol/city/export/", copying.patrol_city_export, name="patrol_city_export"),
    path("patrol/flagged/", flagged.patrol_flagged, name="patrol_flagged"),
    path("patrol/coverage/", coverage.patrol_coverage, name="patrol_coverage"),
    path("patrol/firms/", coverage.patrol_firms, name="patrol_firms"),
    path("patrol/plans/", plans.patrol_plans, name="patrol_plans"),
    path("patrol/plans/new/", plans.patrol_plan_new, name="patrol_plan_new"),
    path("patrol/plans/<int:planned_id>/", plan.patrol_plan, name="patrol_plan"),
    path("patrol/plans/<int:planned_id>/join/", plan.patrol_plan_join, name="patrol_plan_join"),
    path("patrol/plans/<int:planned_id>/move/", plan.patrol_plan_move, name="patrol_plan_move"),
    path("patrol/plans/<int:planned_id>/cancel/", plan.patrol_plan_cancel, name="patrol_plan_cancel"),
    path("patrol/plans/<int:planned_id>/notice/", notice.patrol_notice, name="patrol_notice"),
    path("patrol/inspections/", inspections.patrol_inspections, name="patrol_inspections"),
    path("patrol/inspections/new/", inspections.patrol_inspection_new, name="patrol_inspection_new"),
    path("patrol/inspections/<int:inspection_id>/strike/", inspections.patrol_strike, name="patrol_strike"),
    path("portal/visits/", portal.portal_visits, name="portal_visits"),
    path("portal/visits/<uuid:uid>/", portal.portal_visit, name="portal_visit"),
    path("portal/notices/<int:planned_id>/", portal.portal_notice, name="portal_notice"),
]
