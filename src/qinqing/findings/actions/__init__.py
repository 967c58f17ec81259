"""Everything that changes findings and the two registers."""

from qinqing.findings.actions.buildings import (
    appraise_building,
    close_building,
    edit_building,
    register_building,
    remedy_building,
    reopen_building,
    skip_appraisal,
    tell_building,
)
from qinqing.findings.actions.events import check, follow_up, take_event, take_in
from qinqing.findings.actions.following import follow
from qinqing.findings.actions.held import orphan_held, settle_orphan
from qinqing.findings.actions.illegal import edit_illegal, step_illegal
from qinqing.findings.actions.illegal_entry import register_illegal
from qinqing.findings.actions.locking import lock_for
from qinqing.findings.actions.opening import open_from_visit, register
from qinqing.findings.actions.reporting import retry_report, settle_reports

__all__ = [
    "appraise_building",
    "check",
    "close_building",
    "edit_building",
    "edit_illegal",
    "follow",
    "follow_up",
    "lock_for",
    "open_from_visit",
    "orphan_held",
    "register",
    "register_building",
    "register_illegal",
    "remedy_building",
    "reopen_building",
    "retry_report",
    "settle_orphan",
    "settle_reports",
    "skip_appraisal",
    "step_illegal",
    "take_event",
    "take_in",
    "tell_building",
]
