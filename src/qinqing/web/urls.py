"""Where the pages lie: one table per folder of screens. A new folder with a `urls.py` is found by itself.

Names are flat and say noun and screen (`cases_today`, `people_accounts`): one grep finds address, screen and template.
"""

from importlib.util import find_spec
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver, include, path

from qinqing import web

FOLDERS = tuple(
    folder.name
    for folder in iter_modules(web.__path__)
    if folder.ispkg and find_spec(f"{web.__name__}.{folder.name}.urls")
)

urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"{web.__name__}.{folder}.urls")) for folder in FOLDERS]
