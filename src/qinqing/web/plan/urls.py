"""Addresses of the plan."""

from django.urls import path

from qinqing.web.plan import screen

urlpatterns = [
    path("plan/", screen.in_force, name="plan"),
    path("plan/<int:number>/", screen.version, name="plan_version"),
]
