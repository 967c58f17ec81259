"""Addresses of the two lists."""

from django.urls import path

from qinqing.web.grids import confirm, export, grids, hand_over, history, officer, officers, page, ties, town

urlpatterns = [
    path("lists/", town.overview, name="grids_lists"),
    path("lists/<int:community_id>/", page.page, name="grids_page"),
    path("lists/<int:community_id>/tie/", ties.tie, name="grids_tie"),
    path("lists/<int:community_id>/hand-over/", hand_over.hand_over, name="grids_hand_over"),
    path("lists/<int:community_id>/confirm/", confirm.confirm, name="grids_confirm"),
    path("lists/<int:community_id>/export/", export.export, name="grids_export"),
    path("lists/<int:community_id>/grids/", grids.grids, name="grids_grids"),
    path("lists/<int:community_id>/officers/new/", officers.new, name="grids_officer_new"),
    path("lists/<int:community_id>/officers/take-on/", officers.take_on, name="grids_officer_take_on"),
    path("lists/grids/<int:grid_id>/rename/", grids.rename, name="grids_grid_rename"),
    path("lists/grids/<int:grid_id>/close/", grids.close, name="grids_grid_close"),
    path("lists/officers/<int:officer_id>/", officer.sheet, name="grids_officer"),
    path("lists/officers/<int:officer_id>/place/", officer.place, name="grids_officer_place"),
    path("lists/officers/<int:officer_id>/take-out/", officer.take_out, name="grids_officer_take_out"),
    path("lists/officers/<int:officer_id>/phone/", officer.phone, name="grids_officer_phone"),
    path("lists/officers/<int:officer_id>/end/", officer.end, name="grids_officer_end"),
    path("lists/ties/<int:liaison_id>/release/", ties.release, name="grids_release"),
    path("lists/enterprises/<int:enterprise_id>/", history.history, name="grids_history"),
]
