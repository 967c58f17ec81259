"""Addresses of the calendar."""

from django.urls import path

from qinqing.web.calendar import screen, take_in

urlpatterns = [
    path("calendar/", screen.calendar, name="calendar"),
    path("calendar/import/", take_in.calendar_import, name="calendar_import"),
]
