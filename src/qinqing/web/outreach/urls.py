"""Addresses of 联系企业: the desk's pages, then what the enterprise sees."""

from django.urls import path

from qinqing.web.outreach import alerts, batches, contacts, errands, materials, meetings, portal, threads

urlpatterns = [
    path("outreach/meetings/", meetings.meetings, name="outreach_meetings"),
    path("outreach/meetings/new/", meetings.new, name="outreach_meeting_new"),
    path("outreach/meetings/year/", meetings.year, name="outreach_meetings_year"),
    path("outreach/meetings/<uuid:key>/", meetings.sheet, name="outreach_meeting"),
    path(
        "outreach/meetings/<uuid:key>/correct/<int:enterprise_id>/", meetings.correct, name="outreach_meeting_correct"
    ),
    path("outreach/publicity/", batches.batches, name="outreach_publicity"),
    path("outreach/publicity/new/", batches.new, name="outreach_batch_new"),
    path("outreach/publicity/<int:batch_id>/", batches.sheet, name="outreach_batch"),
    path("outreach/publicity/<int:batch_id>/receipts/", batches.receipts, name="outreach_batch_receipts"),
    path("outreach/publicity/<int:batch_id>/close/", batches.close, name="outreach_batch_close"),
    path("outreach/materials/", materials.materials, name="outreach_materials"),
    path("outreach/materials/new/", materials.new, name="outreach_material_new"),
    path("outreach/materials/<int:material_id>/", materials.sheet, name="outreach_material"),
    path("outreach/materials/<int:material_id>/withdraw/", materials.withdraw, name="outreach_material_withdraw"),
    path("outreach/materials/<int:material_id>/files/<uuid:key>", materials.file, name="outreach_material_file"),
    path("outreach/alerts/", alerts.alerts, name="outreach_alerts"),
    path("outreach/alerts/new/", alerts.new, name="outreach_alert_new"),
    path("outreach/alerts/<int:alert_id>/", alerts.sheet, name="outreach_alert"),
    path("outreach/alerts/<int:alert_id>/reply/", alerts.reply, name="outreach_alert_reply"),
    path("outreach/alerts/<int:alert_id>/lift/", alerts.lift, name="outreach_alert_lift"),
    path("outreach/errands/", errands.errands, name="outreach_errands"),
    path("outreach/errands/new/", errands.new, name="outreach_errand_new"),
    path("outreach/errands/<int:errand_id>/", errands.sheet, name="outreach_errand"),
    path("outreach/errands/<int:errand_id>/done/", errands.done, name="outreach_errand_done"),
    path("outreach/errands/<int:errand_id>/cancel/", errands.cancel, name="outreach_errand_cancel"),
    path("outreach/contacts/", contacts.contacts, name="outreach_contacts"),
    path("outreach/contacts/new/", contacts.new, name="outreach_contact_new"),
    path("outreach/contacts/<uuid:key>/turn/", contacts.turn, name="outreach_contact_turn"),
    path("outreach/threads/", threads.threads, name="outreach_threads"),
    path("outreach/threads/<int:enterprise_id>/", threads.thread, name="outreach_thread"),
    # ── the enterprise ──
    path("portal/town/", portal.portal_town, name="portal_town"),
    path("portal/alerts/<int:alert_id>/", portal.portal_alert, name="portal_alert"),
    path("portal/publicity/<int:batch_id>/", portal.portal_batch, name="portal_batch"),
    path("portal/meetings/<uuid:key>/", portal.portal_meeting, name="portal_meeting"),
    path("portal/messages/", portal.portal_messages, name="portal_messages"),
]
