"""Addresses of notices."""

from django.urls import path

from qinqing.web.notices import channels, deliveries, inbox

urlpatterns = [
    path("notices", inbox.notices, name="notices"),
    path("notices/<int:notice_id>", inbox.notices_open, name="notices_open"),
    path("notices/channels/", channels.channels, name="notices_channels"),
    path("notices/robots/", channels.office_robots, name="notices_robots"),
    path("notices/robots/<int:robot_id>/", channels.office_robot, name="notices_robot"),
    path("notices/deliveries/", deliveries.deliveries, name="notices_deliveries"),
]
