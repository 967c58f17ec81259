"""Addresses of consultations."""

from django.urls import path

from qinqing.web.consultations import calendar, sessions, sitting

urlpatterns = [
    path("consultations", sessions.consultations, name="consultations"),
    path("consultations/calendar/", calendar.month, name="consultations_calendar"),
    path("consultations/mine.ics", calendar.own, name="consultations_ics"),
    path("consultations/<int:sitting_id>/", sitting.sitting, name="consultation"),
    path("consultations/<int:sitting_id>/answer/", sitting.answer, name="consultation_answer"),
    path("consultations/<int:sitting_id>/move/", sitting.move, name="consultation_move"),
    path("consultations/<int:sitting_id>/attend/", sitting.attend, name="consultation_attend"),
    path("consultations/<int:sitting_id>/sitting.ics", calendar.one, name="consultation_ics"),
]
