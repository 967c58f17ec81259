"""Who may open which address: one row an address, for every role of the demonstration town.

`OPENS` is asked by GET, `PRESSES` by POST with a form filled in rightly; whoever stands there is let in, everybody else gets
403 (not your post's) or 404 (not yours to see). Addresses that name a row are asked with one of `rows.own`, which is within
the scope of every working post, and with one of another town, which nobody may see, whatever his post.
"""

STAFF = ("clerk", "head", "build", "build_head", "village", "officer", "leader", "supervisor")
ADMINS = ("sysadmin", "security", "auditor")
EVERYBODY = (*STAFF, "discipline", *ADMINS, "owner", "nobody")
SIGNED_IN = EVERYBODY[:-1]
HUB, OFFICE, VILLAGE = ("clerk", "head"), ("build", "build_head"), ("village", "officer")
WORKING = (*STAFF, "discipline", "sysadmin")
READS_ENTRIES = ("clerk", "head", "supervisor", "auditor")

PUBLIC = frozenset({
    "account_login", "mfa_authenticate", "account_inactive", "account_logout", "track", "portal_rate", "portal_card", "cases_upward",
    "parts", "parts_form", "home", "portal_leave", "account_reauthenticate", "account_posts",
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
    "cases_leader": ("leader",),
    "cockpit": ("clerk", "head", "leader"),
    "cockpit_map": HUB,
    "cases_tracker": ("clerk", "head", "leader", "supervisor"),
    "cases_tracker_export": ("clerk", "head", "leader", "supervisor"),
    "cases_export": STAFF,
    "cases_views": STAFF,
    "cases_submit": (*STAFF, "discipline", "owner"),
    "cases_report": ("clerk", "head", "build", "build_head", "village", "officer"),
    "cases_sheet": STAFF,
    "cases_verify": STAFF,
    "cases_press": HUB,  # 催办; every press × every role: test_every_operation.py
    "cases_file": STAFF,
    "cases_balance": STAFF,
    # ── 企业端 ──
    "portal_home": ("owner",),
    "portal_submit": ("owner",),
    "portal_matters": ("owner",),
    "portal_help": ("owner",),
    "portal_case": ("owner",),
    "portal_press": ("owner",),
    # ── 企业、两张名单 ──
    "enterprises": STAFF,
    "enterprise_sheet": (*STAFF, "owner"),
    "enterprise_edit": (*HUB, *OFFICE, *VILLAGE, "owner"),
    "enterprise_new": HUB,
    "enterprise_community": HUB,
    "enterprise_status": (*HUB, *VILLAGE),
    "enterprise_card": (*HUB, *VILLAGE),
    "enterprise_card_revoke": (*HUB, *VILLAGE),
    "enterprise_contact": (*HUB, *VILLAGE),
    "enterprise_contact_new": (*HUB, *VILLAGE),
    "enterprise_contact_end": (*HUB, *VILLAGE),
    "enterprise_contact_account": HUB,
    "enterprise_unassigned": HUB,
    "enterprise_proposals": HUB,
    "enterprise_import": HUB,
    "enterprise_import_run": HUB,
    "enterprise_import_problems": HUB,
    "enterprise_import_template": HUB,
    "grids_lists": STAFF,
    "grids_page": STAFF,
    "grids_grids": STAFF,
    "grids_history": STAFF,
    "grids_export": STAFF,
    "grids_officer": STAFF,
    "grids_officer_new": ("village",),
    "grids_officer_end": ("village",),
    "grids_release": ("village",),
    "grids_hand_over": ("village",),
    "grids_confirm": ("village",),
    "checklists": STAFF,
    # ── 隐患线索与登记册 ──
    "findings": STAFF,
    "findings_export": STAFF,
    "patrol_city_export": STAFF,
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
    # ── 联系企业 ──
    "outreach_meetings": STAFF,
    "outreach_meetings_year": STAFF,
    "outreach_meeting_new": ("clerk", "head", "build", "build_head", "village", "officer"),
    "outreach_publicity": STAFF,
    "outreach_batch_new": ("clerk", "head", "build", "build_head", "village", "officer"),
    "outreach_materials": STAFF,
    "outreach_material_new": ("clerk", "head", "build", "build_head", "village", "officer"),
    "outreach_alerts": STAFF,
    "outreach_alert_new": ("clerk", "head"),
    "outreach_errands": STAFF,
    "campaigns": STAFF,
    "campaign": STAFF,  # the leader has its village in charge
    "campaign_export": STAFF,
    "campaign_new": ("clerk", "head", "build_head"),
    "outreach_errand_new": ("clerk", "head", "build", "build_head"),
    "outreach_contacts": STAFF,
    "outreach_contact_new": ("clerk", "head", "build", "build_head", "village", "officer"),
    "outreach_threads": ("officer",),
    "portal_town": ("owner",),
    "portal_messages": ("owner",),
    # ── 事故快报、环保档案 ──
    "accidents": STAFF,
    "accident_new": STAFF,
    "environment": STAFF,
    "portal_environment": ("owner",),
    # ── 现场记录与设备 ──
    "field_devices": ("clerk", "head", "build", "build_head", "village", "officer", "supervisor"),
    "field_records": ("clerk", "head", "build", "build_head", "village", "officer", "supervisor"),
    "field_receipts": ("clerk", "head", "build", "build_head", "village", "officer", "supervisor"),
    # ── 会商、日历、账目、方案 ──
    "consultations": STAFF,
    "consultation": STAFF,
    "consultation_move": HUB,
    "consultation_attend": HUB,
    "consultation_ics": STAFF,
    "consultations_calendar": STAFF,
    "consultations_ics": STAFF,
    "calendar": WORKING,
    "calendar_import": ("head",),
    "ledger_entries": READS_ENTRIES,
    "ledger_seals": READS_ENTRIES,
    "ledger_seal": READS_ENTRIES,
    "plan": WORKING,
    "plan_part": WORKING,
    # ── 统计 ──
    "statistics": STAFF,
    "statistics_export": STAFF,
    "statistics_months": STAFF,
    "statistics_cases": STAFF,
    "statistics_annual": STAFF,
    "statistics_annual_export": STAFF,
    # ── 红黑榜单 ── (of a published list; what an office reads before: tests/standings)
    "standings": (*STAFF, "discipline"),
    "standing": (*STAFF, "discipline"),
    "standing_export": (*STAFF, "discipline"),
    "standing_typical": (*STAFF, "discipline"),
    "standing_score": (*STAFF, "discipline"),
    "standing_cases": (*STAFF, "discipline"),
    # ── 甄别建议 ──
    "triage": ("clerk", "head"),
    # ── 催办督办 ──
    "supervision": STAFF,
    "supervision_settled": STAFF,
    "supervision_order": STAFF,
    "supervision_proposal": ("clerk", "head", "leader", "supervisor"),  # a 催办: the hub decides, the others read
    # ── 文书 ──
    "papers": STAFF,
    "papers_case": STAFF,
    "papers_sheet": STAFF,
    "papers_docx": STAFF,
    "papers_pdf": STAFF,
    # ── 账号 ──
    "people_accounts": ("sysadmin", "security"),
    "people_add": ("sysadmin",),
    "people_sign_ins": ("auditor",),
    "people_account": ("sysadmin", "security"),
    "people_edit": ("sysadmin",),
    "people_name_post": ("security",),
    "people_end_post": ("security",),
    "people_charge": ("security",),
    "people_changes": ("auditor",),
    "people_leaves": (*STAFF, "discipline"),
    # ── 本人 ──
    "notices": SIGNED_IN,
    "notices_open": SIGNED_IN,
    "notices_channels": SIGNED_IN,
    "notices_robots": ("head", "build_head", "village"),
    "notices_deliveries": ("sysadmin",),
    "account_home": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    # Nobody here has a second factor yet: there is none to take off, to show or to ask for.
    "mfa_deactivate_totp": (),
    "mfa_view_recovery_codes": (),
    "mfa_reauthenticate": (),
}
"""Who is let in by GET; everybody else gets 403 (or 404 where a row is asked for)."""
PRESSES: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "account_end_all": (SIGNED_IN, {}),
    "account_end_session": (SIGNED_IN, {}),
    "notices_robot": ((), {"press": "end"}),  # of his own office only: tests/notices/test_channels.py
    "consultation_answer": (("build", "build_head"), {"answer": "attend"}),  # the office called: jianguan
    "enterprise_verify": ((*HUB, *VILLAGE), {}),
    "enterprise_contact_phone": (STAFF, {}),
    "enterprise_proposal": (HUB, {"word": "approve"}),
    "enterprise_import_drop": (HUB, {}),
    "grids_grid_rename": (("village",), {"name": "第9网格"}),
    "grids_grid_close": (("village",), {"reason": "网格调整"}),
    "grids_officer_phone": (STAFF, {}),
    "grids_officer_place": (("village",), {"grid": "{grid_id}"}),
    "grids_officer_take_out": (("village",), {"grid": "{grid_id}"}),
    "grids_officer_take_on": (("village",), {"account": "{officer_account}"}),
    "grids_tie": (("village",), {"enterprises": "{enterprise_id}", "officer": "{officer_account}-{grid_id}"}),
    "ledger_check": (READS_ENTRIES, {}),
    "people_leave": ((), {}),  # of his own office only: tests/people/test_leaves.py
    "people_password": (("sysadmin",), {}),
    "people_shut": (("sysadmin",), {"reason": "调离"}),
    "people_reopen": (("sysadmin",), {}),
    "people_unlock": (("sysadmin",), {}),
    "people_second_factor": (("sysadmin",), {}),
    "campaign_close": (HUB, {"summary": "都走访了。"}),
    "triage_learn": (("head",), {}),
    "standing_calculate": (HUB, {"code": "2026-Q1"}),
    "standing_take_up": (HUB, {"case_number": "X", "title": "三日修灯", "text": "当天到场。"}),
    "standing_open": (HUB, {}),
    "standing_drop": (HUB, {"reason": "重算。"}),
    "standing_commend": (HUB, {"office_id": "{community_id}", "words": "件件回访。"}),
    "standing_submit": (HUB, {}),
    "standing_publish": (HUB, {}),
    "standing_approve": (("leader",), {}),
    "standing_send_back": (("leader",), {"reason": "再核。"}),
    "standing_rule": (("supervisor",), {"upheld": "no", "ruling": "不成立。"}),
    "standing_veto": (("supervisor",), {"ground": "accident", "note": "认定。"}),
    "standing_appeal": (("head", "build_head", "village"), {"case_number": "X", "reason": "有误。"}),
    "supervision_reply": ((*HUB, *OFFICE), {"note": "已安排。"}),
    "supervision_cancel": (HUB, {"reason": "发错了。"}),
    "supervision_dismiss": (HUB, {"reason": "已口头说明。"}),
    "papers_issue": (STAFF, {}),
    "papers_number": (STAFF, {"number": "演政〔2026〕1号"}),
}
"""Who presses, and a form filled in rightly; "{grid_id}" is filled from the rows. Taken may still mean 409 or 422."""
SENT_TO_THE_PORTAL = frozenset({"cases_sheet", "cases_verify", "cases_press"})
"""Addresses of the desk that send an owner to the same matter on his own side, where it is asked again whether it is his."""
ELSEWHERE = frozenset({
    "field_device", "field_record", "field_handle", "field_take_in", "field_settle", "field_attachment",
    "checklist", "checklist_compare", "checklist_drop", "checklist_export", "checklist_import", "checklist_publish",
    "checklist_retire", "checklist_version", "building", "building_step", "finding", "finding_check", "finding_follow",
    "finding_report", "findings_photo", "illegal_building", "illegal_step", "portal_finding", "portal_finding_answer",
    "patrol_visit", "patrol_copy", "patrol_review", "patrol_city", "patrol_amend", "patrol_plan", "patrol_plan_join",
    "accident", "accident_arrive", "accident_note", "accident_close", "environment_card", "environment_edit",
    "environment_stage_new", "environment_stage", "environment_stage_end", "environment_paper_new", "environment_paper",
    "environment_paper_end", "environment_monitoring", "environment_report", "outreach_meeting",
    "outreach_meeting_correct", "outreach_batch", "outreach_batch_receipts", "outreach_batch_close",
    "outreach_material", "outreach_material_withdraw", "outreach_material_file", "outreach_alert",
    "outreach_alert_reply", "outreach_alert_lift", "outreach_errand", "outreach_errand_done", "outreach_errand_cancel",
    "outreach_contact_turn", "outreach_thread", "portal_alert", "portal_batch", "portal_meeting",
    "patrol_plan_move", "patrol_plan_cancel", "patrol_notice", "patrol_strike", "portal_visit", "portal_notice",
})  # fmt: skip
"""Addresses still without a row in `rows.py`: their posts are told apart in the tests of their own folder, here only nobody
without sign-in. To take one out: make its row in `rows.own` and `rows.foreign`, and say in OPENS or PRESSES who is let in."""
