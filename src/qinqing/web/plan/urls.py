"""Addresses of the plan."""

from django.urls import path

from qinqing.web.plan import screen

urlpatterns = [
    path("plan/", screen.sheet, name="plan"),
    path("plan/<slug:part>/", screen.sheet, name="plan_part"),
]
