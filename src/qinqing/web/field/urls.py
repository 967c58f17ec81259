"""Addresses of the field. The calls of the protocol lie under field/api/; the phone's own page is /field/."""

from django.urls import path

from qinqing.web.field import attachment as files
from qinqing.web.field import client, devices, record
from qinqing.web.field import records as lists
from qinqing.web.field.calls import attachments, beat, bundle, device, leave, records, session

urlpatterns = [
    # ── the phone's own page ──
    path("field/", client.client, name="field_client"),
    path("field/selftest", client.client, name="field_self_test"),
    path("field/sw.js", client.worker, name="field_worker"),
    # ── the office ──
    path("field/devices", devices.devices, name="field_devices"),
    path("field/devices/<uuid:key>/", devices.device, name="field_device"),
    path("field/records", lists.records, name="field_records"),
    path("field/records/handle", lists.handle, name="field_handle"),
    path("field/records/<uuid:key>/", record.record, name="field_record"),
    path("field/records/<uuid:key>/take-in", record.take_in, name="field_take_in"),
    path("field/records/<uuid:key>/settle", record.settle, name="field_settle"),
    path("field/receipts", lists.receipts, name="field_receipts"),
    path("attachments/<uuid:key>/", files.attachment, name="field_attachment"),
    # ── the protocol (docs/field-protocol.md) ──
    path("field/device/", device.device, name="field_call_device"),
    path("field/api/session", session.session, name="field_call_session"),
    path("field/api/bundle", bundle.bundle, name="field_call_bundle"),
    path("field/api/checklists/<slug:sha256>", bundle.checklist, name="field_call_checklist"),
    path("field/api/records/<slug:kind>/<uuid:key>", records.record, name="field_call_record"),
    path("field/api/attachments/<uuid:key>", attachments.attachment, name="field_call_attachment"),
    path("field/api/leave", leave.leave, name="field_call_leave"),
    path("field/api/heartbeat", beat.heartbeat, name="field_call_heartbeat"),
]
