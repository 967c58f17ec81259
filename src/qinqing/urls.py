"""Where addresses lead: the doors' own tables, each in its folder."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from qinqing.env import env

_DOORS = (
    "qinqing.web.urls",
    "qinqing.api.urls",
    "qinqing.api.health",
    *(("qinqing.demo.urls",) if env.is_demo else ()),
)  # one-click sign-ins: nowhere else

urlpatterns: list[URLPattern | URLResolver] = [path("", include(door)) for door in _DOORS if find_spec(door)]
