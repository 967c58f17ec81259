"""Addresses of accidents."""

from django.urls import path

from qinqing.web.accidents import listing, new, sheet

urlpatterns = [
    path("accidents/", listing.accidents, name="accidents"),
    path("accidents/new/", new.new, name="accident_new"),
    path("accidents/<uuid:key>/", sheet.sheet, name="accident"),
    path("accidents/<uuid:key>/arrive/", sheet.arrived, name="accident_arrive"),
    path("accidents/<uuid:key>/note/", sheet.noted, name="accident_note"),
    path("accidents/<uuid:key>/close/", sheet.closed, name="accident_close"),
]
