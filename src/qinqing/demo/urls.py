"""Addresses that exist in a demonstration only."""

from django.urls import path

from qinqing.demo import signin
from qinqing.env import env

urlpatterns = [path("demo/", signin.people, name="demo_people")] if env.is_demo else []
"""Empty outside a demonstration: `qinqing.urls` does not even include this file then, and neither lock relies on the other."""
