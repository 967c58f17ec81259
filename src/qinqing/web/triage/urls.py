"""Addresses of the suggestions."""

from django.urls import path

from qinqing.web.triage import rate

urlpatterns = [
    path("triage/", rate.rate, name="triage"),
    path("triage/learn/", rate.learn, name="triage_learn"),
]
