"""Addresses of special campaigns."""

from django.urls import path

from qinqing.web.campaigns import campaigns, opening, sheet

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", opening.new, name="campaign_new"),
    path("campaigns/<int:campaign_id>/", sheet.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/close/", sheet.close, name="campaign_close"),
    path("campaigns/<int:campaign_id>/export/", sheet.export, name="campaign_export"),
]
