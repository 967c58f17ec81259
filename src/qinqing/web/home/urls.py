"""The front door."""

from django.urls import path

from qinqing.web.home import home

urlpatterns = [path("", home.home, name="home")]
