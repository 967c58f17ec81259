"""What becomes of the case of a finding comes back to the finding: the ledger is read behind a cursor (ADR 0019)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from qinqing.findings.actions import illegal
from qinqing.findings.actions.hand import append, terms_for, weigh
from qinqing.findings.models import Cursor, Finding, IllegalBuilding
from qinqing.findings.rules.sight import Happening
from qinqing.findings.words import EventKind, State
from qinqing.kernel.actor import Actor
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry
    from qinqing.people.models import Town

_BATCH = 500
LOOKED_BACK, WRITTEN_OFF = "case.looked_back", "case.written_off"


def follow(*, at: datetime) -> int:
    """Read every book on from its cursor; return how many entries were read.

    A failed 回头看 of a case reopens its finding and its line of the 两违 register; a case written off closes its finding,
    unless only the safety office may. Acting and moving the cursor are one transaction.

    Source: 附2违-(2), 附2安-(5)b.
    """
    return sum(_follow_book(town, at) for town in people.towns())


def _follow_book(town: "Town", at: datetime) -> int:
    Cursor.objects.bulk_create([Cursor(book=town.code)], ignore_conflicts=True)
    with transaction.atomic():
        rows = Cursor.objects.filter(book=town.code)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        cursor = rows.first()
        if cursor is None:
            return 0
        entries = ledger.after(town.code, cursor.seq, _BATCH)
        if not entries:
            return 0
        machine = Actor.system("跟随企业问题", town_id=town.pk, book=town.code)
        for entry in entries:
            if entry.subject_kind == "case" and entry.kind in (LOOKED_BACK, WRITTEN_OFF):
                _hear(entry, by=machine, at=at)
        cursor.seq = entries[-1].seq
        cursor.save(update_fields=["seq"])
        return len(entries)


def _hear(entry: "Entry", *, by: Actor, at: datetime) -> None:
    facts = entry.facts
    findings = Finding.objects.select_for_update(of=("self",)).filter(case_id=entry.subject_id).order_by("pk")
    if entry.kind == WRITTEN_OFF:
        for finding in findings:
            if finding.state != State.PASSED and _is_competent(finding, entry):
                _do(
                    finding, EventKind.CLOSE, f"企业问题 {entry.label} 已销账：{facts.get('outcome', '')}", by=by, at=at
                )
        return
    note = str(facts.get("note", "")) or entry.sentence
    for line in IllegalBuilding.objects.select_for_update(of=("self",)).filter(case_id=entry.subject_id):
        illegal.note_look_back(
            line, passed=bool(facts.get("passed")), due_on=str(facts.get("due_on", "")), note=note, by=by, at=at
        )
    if not facts.get("passed"):
        for finding in findings:
            if finding.state == State.PASSED:
                _do(finding, EventKind.REOPEN, f"企业问题 {entry.label} 回头看不合格：{note}", by=by, at=at)


def _is_competent(finding: Finding, entry: "Entry") -> bool:
    """Say whether the write-off settles the finding: one of the safety office's only where that office led the case.

    Source: 附2安-(5)b.
    """
    if finding.safety_office_id is None or finding.owner_office_id != finding.safety_office_id:
        return True
    return finding.case is not None and finding.case.lead_office_id == finding.safety_office_id


def _do(finding: Finding, kind: EventKind, text: str, *, by: Actor, at: datetime) -> None:
    its = terms_for(by)
    given = Happening(kind, made_at=at)
    effect = weigh(finding, given, by=by, at=at, its=its)
    append(finding, given, effect, text=text, photos=(), by=by, at=at, its=its)
