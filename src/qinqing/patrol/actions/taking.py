"""Taking in a visit that a phone brought. It refuses nothing for what it says: what is questionable becomes a flag."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qinqing.checklists.words import Mark
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import files
from qinqing.enterprises.words import Status
from qinqing.evidence import actions as evidence
from qinqing.evidence.words import Body, Flag, Record
from qinqing.findings import actions as findings
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.patrol.actions import asking, runs
from qinqing.patrol.actions.duties import lay_out
from qinqing.patrol.actions.settling import lock_duties, settle_firm, tell, today_of
from qinqing.patrol.facts import RunFact, VisitTaken
from qinqing.patrol.models import ChecklistRun, Duty, PlannedVisit, Visit
from qinqing.patrol.rules.periods import quarter_of
from qinqing.patrol.rules.reading import Given, is_readable, read
from qinqing.patrol.rules.settling import lateness
from qinqing.patrol.words import AHEAD, Acknowledgement, Lateness, Nature, PlanState
from qinqing.people import reads as people
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise
    from qinqing.plan.spec import Plan

CLAUSE = "附2安-(2)a"
UNREADABLE = Flag("unreadable", "这条走访记录的格式读不出来，原文已保存，请人工查看。")


def take_in(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Take in one visit: its answers, what was found, what fulfils what; return what is questionable about it.

    The same record again changes nothing and gives the same flags. Runs in the transaction that stores the record.

    Source: 附2安-(2)a, 附2安-(3)a, 附2安-(3)c, 附2违-(1)a, 附3房-(1), 附1-(2)a.
    """
    known = Visit.objects.filter(uid=record.id).values_list("flags", flat=True).first()
    if known is not None:
        return [Flag(one["code"], one["words"]) for one in known]
    if not is_readable(data):
        return [UNREADABLE]
    with transaction.atomic():
        taking = _Taking(read(data), record, by, at)
        taking.write()
        taking.consequences()
        return taking.finish()


class _Taking:
    """One visit on its way in."""

    def __init__(self, given: Given, record: Record, by: Actor, at: datetime) -> None:
        self.given, self.record, self.by, self.at = given, record, by, at
        self.plan: Plan = plans.current(by.book)
        self.firm = _firm(by.town_id, record.enterprise_id)
        self.flags: list[Flag] = list(given.flags)
        self.runs: list[ChecklistRun] = []
        self.done: list[Duty] = []
        self.texts: dict[tuple[str, str], str] = {}
        self.visit = self._row()

    def _row(self) -> Visit:
        given, record, by = self.given, self.record, self.by
        started = record.corrected(given.started_ms) if given.started_ms is not None else record.made_at
        finished = record.corrected(given.finished_ms) if given.finished_ms is not None else record.made_at
        made_on = started.astimezone(SHANGHAI).date()
        nature = self.plan.visit_nature(given.nature.value)
        late = lateness(
            made_on, today_of(record.received_at), quarter_of(made_on).due_on, self.plan.patrol.late_received.value
        )
        said = given.acknowledgement
        return Visit(
            uid=record.id,
            town_id=by.town_id,
            enterprise=self.firm,
            community_id=self.firm.community_id if self.firm else None,
            officer_id=by.account_id,
            officer_name=by.name[:60],
            post=by.post,
            office_id=by.office_id,
            nature=given.nature.value,
            started_at=started,
            finished_at=finished,
            made_on=made_on,
            wall_at=record.wall_at,
            offset_ms=record.offset_ms,
            received_at=record.received_at,
            counts=nature.fulfils if nature else True,
            lateness=late.value,
            place=_place(record),
            acknowledgement=said.how,
            representative=said.name,
            why_unsigned=said.reason,
            signature=said.attachment,
            summary=given.summary,
            exception=given.exception,
            status_seen=given.status if given.status in dict(Status.choices()) else "",
            is_demo=self.firm.is_demo if self.firm else False,
        )

    def write(self) -> None:
        """Write the visit with its lists and answers, and everything questionable that can be told at once."""
        self.flags += asking.about(self.given, self.visit, self.firm, record=self.record, plan=self.plan, by=self.by)
        self._announced()
        self.visit.save()
        self._companions()
        written = runs.write(self.visit, self.given.runs, self.record, self.plan)
        self.runs, self.texts = written.runs, written.texts
        self.flags += written.flags
        self.visit.problems = sum(run.bad for run in self.runs)
        self.visit.needs_city = any(_is_safety(self.plan, run.code) for run in self.runs)

    def _companions(self) -> None:
        offices = {office.pk for office in people.offices(self.by.town_id)} - {self.by.office_id}
        self.visit.joint_with.set([pk for pk in self.given.joint_with if pk in offices])

    def _announced(self) -> None:
        """Tie the visit to what its office announced to the firm for that day, if anything."""
        if self.firm is None:
            return
        planned = PlannedVisit.objects.filter(
            enterprise=self.firm, on=self.visit.made_on, state__in=[state.value for state in AHEAD]
        ).select_for_update(of=("self",))
        mine = [one for one in planned if one.office_id == self.by.office_id]
        mine += [one for one in planned if one.joint_with.filter(pk=self.by.office_id or 0).exists()]
        if mine:
            mine[0].state = PlanState.DONE.value
            mine[0].save(update_fields=["state"])
            self.visit.planned = mine[0]

    def consequences(self) -> None:
        """Let the visit count, pass on what was found, and what was seen of the firm."""
        if self.firm is None:
            return
        lock_duties(self.firm.pk)
        self._standing(self.firm)
        self._show(self.firm.pk)
        codes = [run.code for run in self.runs]
        self.done = settle_firm(self.firm.pk, codes, around=self.visit.made_on, at=self.at)
        self._findings(self.firm.pk)

    def _show(self, enterprise_id: int) -> None:
        """Let the firm look at the pictures of what is not in order and at its own signature; at nothing else."""
        answers = [one for run in self.given.runs for one in run.answers if one.value == Mark.BAD]
        ids = [photo for one in answers for photo in one.photos]
        ids += [self.visit.signature] if self.visit.signature else []
        evidence.claim(ids, enterprise_id=enterprise_id, by=self.by, at=self.at, for_enterprise=True)

    def _standing(self, firm: "Enterprise") -> None:
        """Write the firm's standing and facts as they were seen; what the officer's hand does not reach is proposed."""
        seen = self.visit.status_seen
        if seen and seen != firm.status:
            note = f"{self.visit.made_on}走访所见"
            self._softly(
                "status_not_taken",
                "所见经营状态没有写入企业档案",
                lambda: files.change_status(enterprise_id=firm.pk, status=seen, by=self.by, at=self.at, note=note),
            )
            lay_out(by=self.by, at=self.at, enterprise_ids=[firm.pk])
        if self.given.facts:
            raw: dict[str, Any] = {str(name): value for name, value in self.given.facts.items()}
            self._softly(
                "facts_not_taken",
                "填写的企业信息没有写入档案",
                lambda: files.amend(
                    enterprise_id=firm.pk, raw=raw, by=self.by, at=self.at, reason=f"{self.visit.made_on}走访填写"
                ),
            )

    def _softly(self, code: str, words: str, act: Callable[[], object]) -> None:
        """Do what may be refused; a refusal becomes a flag and undoes only itself."""
        try:
            with transaction.atomic():
                act()
        except Refused as refusal:
            if refusal.code != "nothing_changed":
                self.flags.append(Flag(code, f"{words}：{refusal.sentence}"))

    def _findings(self, enterprise_id: int) -> None:
        for raw in self.given.findings:
            self._softly("finding_not_taken", "有一条隐患线索没有登记成", partial(self._find, raw, enterprise_id))
        for raw in self.given.events:
            self._softly("event_not_taken", "有一条隐患跟进没有登记成", partial(self._follow, raw, enterprise_id))
        self.visit.findings = len(self.given.findings)

    def _find(self, raw: Body, enterprise_id: int) -> None:
        self.flags += findings.open_from_visit(
            raw,
            visit_id=self.visit.uid,
            enterprise_id=enterprise_id,
            made_at=self.visit.finished_at,
            by=self.by,
            at=self.at,
            item_text=self.texts.get((str(raw.get("checklist")), str(raw.get("item"))), ""),
        )

    def _follow(self, raw: Body, enterprise_id: int) -> None:
        self.flags += findings.take_event(
            raw,
            record_id=self.visit.uid,
            made_at=self.visit.finished_at,
            by=self.by,
            at=self.at,
            enterprise_id=enterprise_id,
        )

    def finish(self) -> list[Flag]:
        """Keep the flags with the visit and tell the ledger."""
        visit = self.visit
        if visit.lateness == Lateness.WAITS:
            self.flags.append(Flag("late", "记录在季度结束五天后才收到，要由属地村（社区）负责人认可后才计入当季。"))
        self.flags = list(dict.fromkeys(self.flags))
        visit.flags = [{"code": flag.code, "words": flag.words} for flag in self.flags]
        visit.to_review = bool(self.flags)
        visit.save()
        offices = [visit.office.short] if visit.office else []
        offices += [office.short for office in visit.joint_with.all()]
        fact = VisitTaken(
            uid=str(visit.uid),
            enterprise=self.firm.name if self.firm else "企业不明",
            nature=Nature.label_of(visit.nature),
            made_on=visit.made_on.isoformat(),
            officer=visit.officer_name,
            offices=tuple(offices),
            runs=tuple(
                RunFact(title=r.title, sha256=r.sha256, ok=r.ok, bad=r.bad, na=r.na, blank=r.blank) for r in self.runs
            ),
            problems=visit.problems,
            acknowledged=Acknowledgement.label_of(visit.acknowledgement) if visit.acknowledgement else "",
            fulfils=tuple(f"{duty.title} {duty.period_title}" for duty in self.done),
            flags=tuple(flag.code for flag in self.flags),
            about=f"visit:{visit.uid}",
            title=f"{self.firm.short or self.firm.name if self.firm else '企业不明'} {visit.made_on:%m-%d}",
            enterprise_ids=(self.firm.pk,) if self.firm else (),
            office_ids=self._told(),
        )
        tell(fact, visit, by=self.by, at=self.at, clause=CLAUSE, files=[one.sha256 for one in self.record.attachments])
        return self.flags

    def _told(self) -> tuple[int, ...]:
        """Return the offices that should know: the firm's community when somebody else came or something is to be looked at."""
        community = self.visit.community_id
        if community is None or (self.by.office_id == community and not self.flags):
            return ()
        return (community,)


def _firm(town_id: int, enterprise_id: int | None) -> "Enterprise | None":
    found = enterprises.by_ids([enterprise_id]).get(enterprise_id) if enterprise_id else None
    return found if found is not None and found.town_id == town_id else None


def _place(record: Record) -> dict[str, Any] | None:
    if record.place is None:
        return None
    place = record.place
    return {
        "lat": place.lat,
        "lng": place.lng,
        "accuracy_m": place.accuracy_m,
        "source": place.source,
        "age_s": place.age_s,
    }


def _is_safety(plan: "Plan", code: str) -> bool:
    """Say whether a list is one whose results also go into the city's emergency system. Source: 附2安-(2)b."""
    found = plan.checklist(code)
    return found is not None and found.clause.startswith("附2安")
