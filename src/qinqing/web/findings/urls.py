"""Addresses of the findings and of the two registers."""

from django.urls import path

from qinqing.web.findings import attention, buildings, export, follow, illegal, listing, new, photos, portal, sheet

urlpatterns = [
    path("findings/", listing.findings, name="findings"),
    path("findings/export/", export.findings, name="findings_export"),
    path("findings/new/", new.findings_new, name="findings_new"),
    path("findings/attention/", attention.findings_attention, name="findings_attention"),
    path("findings/photos/<uuid:key>", photos.findings_photo, name="findings_photo"),
    path("findings/<int:finding_id>/", sheet.finding, name="finding"),
    path("findings/<int:finding_id>/report/", attention.finding_report, name="finding_report"),
    path("findings/<int:finding_id>/check/", attention.finding_check, name="finding_check"),
    path("findings/<int:finding_id>/<slug:verb>/", follow.finding_follow, name="finding_follow"),
    path("buildings/", buildings.buildings, name="buildings"),
    path("buildings/export/", export.buildings, name="buildings_export"),
    path("buildings/new/", buildings.building_new, name="building_new"),
    path("buildings/<int:building_id>/", buildings.building, name="building"),
    path("buildings/<int:building_id>/<slug:verb>/", buildings.building_step, name="building_step"),
    path("illegal-buildings/", illegal.illegal_buildings, name="illegal_buildings"),
    path("illegal-buildings/export/", export.illegal_buildings, name="illegal_export"),
    path("illegal-buildings/new/", illegal.illegal_new, name="illegal_new"),
    path("illegal-buildings/<int:illegal_id>/", illegal.illegal_building, name="illegal_building"),
    path("illegal-buildings/<int:illegal_id>/<slug:verb>/", illegal.illegal_step, name="illegal_step"),
    path("portal/findings/", portal.portal_findings, name="portal_findings"),
    path("portal/findings/<int:finding_id>/", portal.portal_finding, name="portal_finding"),
    path("portal/findings/<int:finding_id>/answer/", portal.portal_finding_answer, name="portal_finding_answer"),
]
