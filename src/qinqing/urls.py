"""Where addresses lead: the doors' own tables, each in its folder."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_DOORS = ("qinqing.web.urls",)

urlpatterns: list[URLPattern | URLResolver] = [path("", include(door)) for door in _DOORS if find_spec(door)]
