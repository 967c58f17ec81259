"""Addresses of notices."""

from django.urls import path

from qinqing.web.notices import inbox

urlpatterns = [
    path("notices", inbox.notices, name="notices"),
    path("notices/<int:notice_id>", inbox.notices_open, name="notices_open"),
]
