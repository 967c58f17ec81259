"""Addresses of the enterprise file."""

from django.urls import path

from qinqing.web.enterprises import (
    cards,
    contacts,
    edit,
    importing,
    proposals,
    sheet,
    standing,
    table,
    unassigned,
)

urlpatterns = [
    path("enterprises/", table.table, name="enterprises"),
    path("enterprises/new/", edit.new, name="enterprise_new"),
    path("enterprises/unassigned/", unassigned.unassigned, name="enterprise_unassigned"),
    path("enterprises/proposals/", proposals.waiting, name="enterprise_proposals"),
    path("enterprises/proposals/<int:proposal_id>/", proposals.decide, name="enterprise_proposal"),
    path("enterprises/import/", importing.upload, name="enterprise_import"),
    path("enterprises/import/template.xlsx", importing.template, name="enterprise_import_template"),
    path("enterprises/import/<int:run_id>/", importing.run, name="enterprise_import_run"),
    path("enterprises/import/<int:run_id>/drop/", importing.drop, name="enterprise_import_drop"),
    path("enterprises/import/<int:run_id>/problems.xlsx", importing.problems, name="enterprise_import_problems"),
    path("enterprises/<int:enterprise_id>/", sheet.sheet, name="enterprise_sheet"),
    path("enterprises/<int:enterprise_id>/edit/", edit.edit, name="enterprise_edit"),
    path("enterprises/<int:enterprise_id>/status/", standing.status, name="enterprise_status"),
    path("enterprises/<int:enterprise_id>/community/", standing.community, name="enterprise_community"),
    path("enterprises/<int:enterprise_id>/verify/", standing.verify, name="enterprise_verify"),
    path("enterprises/<int:enterprise_id>/card/", cards.card, name="enterprise_card"),
    path("enterprises/<int:enterprise_id>/card/revoke/", cards.revoke, name="enterprise_card_revoke"),
    path("enterprises/<int:enterprise_id>/contacts/new/", contacts.add, name="enterprise_contact_new"),
    path("enterprises/contacts/<int:contact_id>/", contacts.edit, name="enterprise_contact"),
    path("enterprises/contacts/<int:contact_id>/end/", contacts.end, name="enterprise_contact_end"),
    path("enterprises/contacts/<int:contact_id>/account/", contacts.account, name="enterprise_contact_account"),
    path("enterprises/contacts/<int:contact_id>/phone/", contacts.phone, name="enterprise_contact_phone"),
]
"""Included by the doors' table without a namespace."""
