"""Addresses of consultations."""

from django.urls import path

from qinqing.web.consultations import sessions

urlpatterns = [path("consultations", sessions.consultations, name="consultations")]
