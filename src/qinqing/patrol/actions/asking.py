"""What is questionable about a visit as a whole: the firm, the officer, the day, the clock, the lists."""

from datetime import date
from typing import TYPE_CHECKING

from qinqing.checklists import reads as checklists
from qinqing.enterprises.rules import is_active
from qinqing.enterprises.words import Status
from qinqing.evidence.words import Flag, Record
from qinqing.grids import reads as ties
from qinqing.kernel.actor import Actor
from qinqing.patrol.actions.settling import today_of
from qinqing.patrol.models import Visit
from qinqing.patrol.rules.checking import about_clock, about_quiet, about_times
from qinqing.people.words import OfficeKind, Role

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise
    from qinqing.patrol.rules.reading import Given
    from qinqing.plan.spec import Plan


def about(
    given: "Given", visit: Visit, firm: "Enterprise | None", *, record: Record, plan: "Plan", by: Actor
) -> list[Flag]:
    """Return every flag that a visit gives before its answers are looked at.

    Source: 附2安-(3)a (the class decides the lists), 三要(四)-3 (quiet days), 二(一)-3 (whose firm it is).
    """
    flags = [*about_clock(record.offset_ms), *about_times(visit.started_at, visit.finished_at, record.received_at)]
    if firm is None:
        return [*flags, Flag("enterprise_unknown", "记录里的企业在系统里找不到，请人工核对是哪一家。")]
    nature = plan.visit_nature(given.nature.value)
    if nature is None or nature.guarded:
        quiet = plan.quiet_on(visit.made_on, firm.park.code if firm.park else "")
        flags += about_quiet(quiet.name if quiet else "", given.exception)
    return [
        *flags,
        *_about_firm(firm, visit),
        *_about_officer(firm, today_of(record.received_at), by),
        *_about_lists(given, firm, plan),
    ]


def _about_firm(firm: "Enterprise", visit: Visit) -> list[Flag]:
    flags = []
    if not is_active(firm.status):
        flags.append(Flag("enterprise_closed", f"{firm.name}的档案已是“{Status.label_of(firm.status)}”。"))
    again = Visit.objects.filter(enterprise=firm, made_on=visit.made_on).exclude(uid=visit.uid).first()
    if again is not None:
        flags.append(Flag("repeated", f"{again.officer_name}同一天也到过这家企业，请看是不是重复走访。"))
    return flags


def _about_officer(firm: "Enterprise", on: date, by: Actor) -> list[Flag]:
    """Return a flag where the firm is not, or on the day the record arrives no longer, the visitor's to look after."""
    if by.post == Role.GRID_OFFICER:
        lines = ties.history_of(firm.pk)
        if by.account_id in (ties.lead_of(firm.pk, on), ties.deputy_of(firm.pk, on)):
            return []
        if any(line.officer_id == by.account_id and line.since <= on for line in lines):
            return [Flag("enterprise_reassigned", f"{firm.name}现在由别的网格员联系，请转告接手的人。")]
        return [Flag("not_own", f"{firm.name}不在{by.name}的联系名单里。")]
    if by.office_kind == OfficeKind.COMMUNITY and firm.community_id != by.office_id:
        return [Flag("not_own", f"{firm.name}不在{by.office_name}属地。")]
    return []


def _about_lists(given: "Given", firm: "Enterprise", plan: "Plan") -> list[Flag]:
    """Return a flag for lists that the firm's class and traits do not ask for."""
    needed = checklists.needed_by(firm, plan)
    beside = [run.code for run in given.runs if plan.checklist(run.code) and run.code not in needed]
    if not beside:
        return []
    return [Flag("checklist_unsuited", f"按企业类别不需要清单{'、'.join(beside)}，请核对企业的规模、重点和标签。")]
