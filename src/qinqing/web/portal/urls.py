"""Addresses of the enterprise's side, of public tracking, and of the QR card."""

from django.urls import path

from qinqing.web.portal import card, home, matter, rate_link, submit, track

urlpatterns = [
    path("portal/", home.portal_home, name="portal_home"),
    path("portal/submit/", submit.portal_submit, name="portal_submit"),
    path("portal/matters/", home.portal_matters, name="portal_matters"),
    path("portal/matters/<int:case_id>/", matter.portal_case, name="portal_case"),
    path("portal/matters/<int:case_id>/<slug:verb>/", matter.portal_press, name="portal_press"),
    path("portal/help/", home.portal_help, name="portal_help"),
    path("track/", track.track, name="track"),
    path("rate/<str:token>/", rate_link.portal_rate, name="portal_rate"),
    path("q/<str:token>", card.portal_card, name="portal_card"),
    path("portal/leave/", card.portal_leave, name="portal_leave"),
]
