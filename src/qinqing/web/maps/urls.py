"""Addresses of the cockpit and its map."""

from django.urls import path

from qinqing.web.maps import cockpit, importing

urlpatterns = [
    path("cockpit/", cockpit.cockpit, name="cockpit"),
    path("cockpit/map/", importing.take_in, name="cockpit_map"),
]
