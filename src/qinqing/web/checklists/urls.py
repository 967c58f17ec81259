"""Addresses of the checklists."""

from django.urls import path

from qinqing.web.checklists import comparing, importing, lists, presses, sheet

urlpatterns = [
    path("checklists/", lists.lists, name="checklists"),
    path("checklists/<slug:code>/", sheet.newest, name="checklist"),
    path("checklists/<slug:code>/import/", importing.take_in, name="checklist_import"),
    path("checklists/<slug:code>/compare/", comparing.compare, name="checklist_compare"),
    path("checklists/<slug:code>/<int:number>/", sheet.version, name="checklist_version"),
    path("checklists/<slug:code>/<int:number>/export/", sheet.export, name="checklist_export"),
    path("checklists/<slug:code>/<int:number>/publish/", presses.publish, name="checklist_publish"),
    path("checklists/<slug:code>/<int:number>/drop/", presses.drop, name="checklist_drop"),
    path("checklists/<slug:code>/<int:number>/retire/", presses.retire, name="checklist_retire"),
]
