"""Who may open which address: one row an address, for every role of the demonstration town.

An answer is what a GET without anything typed is met with: 200 the page; 403 not your post's; 404 not yours to see (or no
such row); 302/303 sent elsewhere; 405 only to be posted to. `OWN` is asked with rows of the person's own scope, `FOREIGN`
with rows of another town, which nobody may see, whatever his post.
"""

STAFF = ("clerk", "head", "build", "build_head", "village", "officer", "leader", "supervisor")
ADMINS = ("sysadmin", "security", "auditor")
EVERYBODY = (*STAFF, "discipline", *ADMINS, "owner", "nobody")

PUBLIC = frozenset({
    "account_login", "mfa_authenticate", "account_inactive", "account_logout", "track", "portal_rate", "portal_card", "cases_upward",
    "parts", "parts_form", "home", "demo_people", "demo_sign_in", "portal_leave", "account_reauthenticate", "account_posts",
    # The protocol of the field: a door of its own, which answers in JSON (tests/field/test_devices.py).
    "field_call_device", "field_call_session", "field_call_bundle", "field_call_checklist", "field_call_record",
    "field_call_attachment", "field_call_heartbeat", "field_call_leave",
    # The phone's own page: the same empty shell for everybody, kept without signal (tests/client).
    "field_client", "field_self_test", "field_worker",
})  # fmt: skip
"""Open to all, or guarding themselves."""

OPENS: dict[str, tuple[str, ...]] = {
    # ── 事项 ──
    "cases_today": EVERYBODY[:-1],
    "cases_intake": ("clerk", "head"),
    "cases_ledger": STAFF,
    "cases_export": STAFF,
    "cases_views": STAFF,
    "cases_submit": (*STAFF, "discipline", "owner"),
    "cases_report": ("clerk", "head", "build", "build_head", "village", "officer"),
    "cases_sheet": STAFF,
    "cases_verify": STAFF,
    # ── 企业端 ──
    "portal_home": ("owner",),
    "portal_submit": ("owner",),
    "portal_matters": ("owner",),
    "portal_help": ("owner",),
    "portal_case": ("owner",),
    # ── 企业、两张名单 ──
    "enterprises": STAFF,
    "enterprise_sheet": STAFF,
    "grids_lists": STAFF,
    "checklists": STAFF,
    # ── 隐患线索与登记册 ──
    "findings": STAFF,
    "findings_export": STAFF,
    "findings_new": ("clerk", "head", "build", "build_head", "village", "officer"),
    "findings_attention": ("clerk", "head", "build", "build_head", "village", "officer"),
    "buildings": STAFF,
    "buildings_export": STAFF,
    "building_new": ("build", "build_head", "village", "officer"),
    "illegal_buildings": STAFF,
    "illegal_export": STAFF,
    "illegal_new": ("build", "build_head", "village", "officer"),
    "portal_findings": ("owner",),
    # ── 走访巡查 ──
    "patrol_visits": STAFF,
    "patrol_flagged": STAFF,
    "patrol_coverage": STAFF,
    "patrol_firms": STAFF,
    "patrol_plans": STAFF,
    "patrol_inspections": STAFF,
    "patrol_plan_new": ("clerk", "head", "build", "build_head", "village", "officer"),
    "patrol_inspection_new": ("clerk", "head", "build", "build_head", "village", "officer"),
    "portal_visits": ("owner",),
    # ── 会商、日历、账目、方案 ──
    "consultations": STAFF,
    # ── 甄别建议 ──
    "triage": ("clerk", "head"),
    "triage_learn": ("head",),
    # ── 文书 ──
    "papers": STAFF,
    "papers_case": STAFF,
    "papers_sheet": STAFF,
    "papers_docx": STAFF,
    "papers_pdf": STAFF,
    "papers_number": STAFF,
    # ── 账号 ──
    "people_accounts": ("sysadmin", "security"),
    "people_add": ("sysadmin",),
    "people_sign_ins": ("auditor",),
}
"""Who is let in, for the addresses whose doors are told apart by post; everybody else gets 403 (or 404 where a row is asked for)."""
SENT_TO_THE_PORTAL = frozenset({"cases_sheet", "cases_verify", "cases_press"})
"""Addresses of the desk that send an owner to the same matter on his own side, where it is asked again whether it is his."""
ELSEWHERE = frozenset({
    "account_change_password", "account_end_all", "account_end_session", "account_home", "calendar",
    "calendar_import", "cases_balance", "cases_file", "checklist",
    "checklist_compare", "checklist_drop", "checklist_export", "checklist_import", "checklist_publish", "checklist_retire", "checklist_version",
    "enterprise_card", "enterprise_card_revoke",
    "enterprise_community", "enterprise_contact", "enterprise_contact_account", "enterprise_contact_end",
    "enterprise_contact_new", "enterprise_contact_phone", "enterprise_edit", "enterprise_import",
    "enterprise_import_drop", "enterprise_import_problems", "enterprise_import_run", "enterprise_import_template",
    "enterprise_new", "enterprise_proposal", "enterprise_proposals", "enterprise_status", "enterprise_unassigned",
    "enterprise_verify", "building", "building_step", "finding", "finding_check", "finding_follow", "finding_report", "findings_photo",
    "illegal_building", "illegal_step", "portal_finding", "portal_finding_answer", "grids_confirm", "grids_export", "grids_grid_close", "grids_grid_rename", "grids_grids",
    "grids_hand_over", "grids_history", "grids_officer", "grids_officer_end", "grids_officer_new",
    "grids_officer_phone", "grids_officer_place", "grids_officer_take_on", "grids_officer_take_out", "grids_page",
    "grids_release", "grids_tie", "ledger_check", "ledger_entries", "ledger_seal", "ledger_seals",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_index", "mfa_reauthenticate",
    "mfa_view_recovery_codes", "notices", "notices_open", "people_account", "people_changes", "people_charge",
    "people_edit", "people_end_post", "people_name_post", "people_password", "people_reopen", "people_second_factor",
    "people_shut", "people_unlock", "plan", "plan_part", "portal_press",
    "patrol_visit", "patrol_copy", "patrol_review", "patrol_city", "patrol_amend", "patrol_plan", "patrol_plan_join",
    "patrol_plan_move", "patrol_plan_cancel", "patrol_notice", "patrol_strike", "portal_visit", "portal_notice",
})  # fmt: skip
"""Addresses whose posts are told apart in the tests of their own folder; here: nobody without sign-in, no row of others."""
