"""走访巡查: the list, and one visit with everything that belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from qinqing.checklists.words import Mark
from qinqing.evidence import reads as evidence
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.patrol import policy
from qinqing.patrol.models import Amendment, Answer, ChecklistRun, Visit
from qinqing.patrol.words import Acknowledgement, Lateness, Nature

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo
    from qinqing.ledger.models import Entry

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of visits is narrowed to; empty means not narrowed.

    Attributes:
        mine: only those the asker made himself.
        flagged: only those with something still to be looked at.
        city: only those still to be entered into the city's system.
        problems: only those with something not in order.
        words: a fragment of the firm's name.
    """

    community_id: int | None = None
    park_id: int | None = None
    enterprise_id: int | None = None
    nature: str = ""
    mine: bool = False
    flagged: bool = False
    city: bool = False
    problems: bool = False
    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One visit on a list."""

    id: int
    uid: UUID
    enterprise_id: int | None
    enterprise: str
    community: str
    made_on: date
    started_at: datetime
    nature: str
    officer: str
    offices: str
    lists: tuple[str, ...]
    problems: int
    findings: int
    acknowledgement: str
    flags: tuple[str, ...]
    to_review: bool
    needs_city: bool
    city_on: date | None
    is_late: bool
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `before` is the cursor of the next one, 0 on the last."""

    rows: list[Line]
    before: int


def find(by: Actor, wanted: Filters | None = None, *, before: int = 0, size: int = PAGE) -> Page:
    """Return visits a person may read, newest first, `size` at a time; `before` goes on after the visit with that number.

    Four queries whatever the number of visits.
    """
    rows = _narrowed(policy.visible_to(by), wanted or Filters(), by)
    if before:
        last = Visit.objects.filter(pk=before).values_list("started_at", flat=True).first()
        if last is not None:
            rows = rows.filter(Q(started_at__lt=last) | Q(started_at=last, pk__lt=before))
    found = list(_for_lines(rows).order_by("-started_at", "-pk")[: size + 1])
    shown = found[:size]
    return Page([line_of(visit) for visit in shown], shown[-1].pk if len(found) > size else 0)


def _narrowed(rows: QuerySet[Visit], wanted: Filters, by: Actor) -> QuerySet[Visit]:
    plain = {
        "enterprise__park_id": wanted.park_id,
        "enterprise_id": wanted.enterprise_id,
        "nature": wanted.nature or None,
        "officer_id": by.account_id if wanted.mine else None,
        "to_review": True if wanted.flagged else None,
        "made_on__gte": wanted.since,
        "made_on__lte": wanted.until,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if wanted.community_id is not None:
        rows = rows.filter(Q(community_id=wanted.community_id) | Q(enterprise__community_id=wanted.community_id))
    if wanted.city:
        rows = rows.filter(needs_city=True, city_on__isnull=True)
    if wanted.problems:
        rows = rows.filter(problems__gt=0)
    for word in wanted.words.split()[:3]:
        rows = rows.filter(Q(enterprise__name__icontains=word) | Q(enterprise__short__icontains=word))
    return rows


def _for_lines(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    return rows.select_related("enterprise__community", "office").prefetch_related("joint_with", "runs")


def line_of(visit: Visit) -> Line:
    """Return a visit as a list shows it; expects what belongs to it fetched along."""
    firm = visit.enterprise
    offices = [visit.office.short] if visit.office else []
    return Line(
        id=visit.pk,
        uid=visit.uid,
        enterprise_id=visit.enterprise_id,
        enterprise=firm.name if firm else "企业不明",
        community=firm.community.short if firm and firm.community else "",
        made_on=visit.made_on,
        started_at=visit.started_at,
        nature=Nature.label_of(visit.nature),
        officer=visit.officer_name,
        offices="、".join([*offices, *(office.short for office in visit.joint_with.all())]),
        lists=tuple(run.code for run in visit.runs.all()),
        problems=visit.problems,
        findings=visit.findings,
        acknowledgement=Acknowledgement.label_of(visit.acknowledgement) if visit.acknowledgement else "",
        flags=tuple(flag["words"] for flag in visit.flags),
        to_review=visit.to_review,
        needs_city=visit.needs_city,
        city_on=visit.city_on,
        is_late=visit.lateness == Lateness.WAITS,
        is_demo=visit.is_demo,
    )


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer as shown; `tone` for the eye, never without the word."""

    key: str
    text: str
    section: str
    value: str
    shown: str
    tone: str
    note: str
    photos: "tuple[Photo, ...]" = ()

    @property
    def is_bad(self) -> bool:
        """Say whether something was not in order."""
        return self.value == Mark.BAD


@dataclass(frozen=True, slots=True)
class SectionLine:
    """The answers of one section, in walking order."""

    title: str
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class RunLine:
    """One checklist of a visit: what is wrong first, then all of it by section."""

    id: int
    code: str
    title: str
    number: int
    is_draft: bool
    ok: int
    bad: int
    na: int
    other: int
    blank: int
    problems: tuple[AnswerLine, ...]
    sections: tuple[SectionLine, ...]

    @property
    def answered(self) -> int:
        """Return how many items have an answer."""
        return self.ok + self.bad + self.na + self.other

    @property
    def shown_title(self) -> str:
        """Return the title with 草案 where it is no official text."""
        return f"{self.title}（草案）" if self.is_draft else self.title


@dataclass(frozen=True)
class Sheet:
    """One visit with everything that belongs to it. `only_own_line`: lists of other lines are left out."""

    visit: Visit
    line: Line
    runs: tuple[RunLine, ...]
    only_own_line: bool
    signature: "Photo | None"
    photos: "tuple[Photo, ...]"
    amendments: list[Amendment] = field(default_factory=list)
    fulfils: list[str] = field(default_factory=list)
    entries: "list[Entry]" = field(default_factory=list)


def sheet(by: Actor, uid: UUID) -> Sheet:
    """Return one visit a person may read. A department that was not there reads its own line's lists only.

    Raises:
        NotFound: no such visit, or not one of his.

    Source: domain §1.14 (巡查/隐患).
    """
    visit = get_for(by, uid)
    only = policy.own_lines_only(by, visit)
    runs = [run for run in visit.runs.all() if not only or run.line_id == by.office_id]
    pictures = _pictures(visit)
    fulfils = [f"{duty.title} · {duty.period_title}" for duty in visit.duties_done.all().order_by("due_on", "code")]
    return Sheet(
        visit=visit,
        line=line_of(visit),
        runs=tuple(_run(run, pictures) for run in runs),
        only_own_line=only,
        signature=pictures.get(str(visit.signature)) if visit.signature else None,
        photos=tuple(pictures.values()),
        amendments=list(visit.amendments.all()),
        fulfils=fulfils,
        entries=list(ledger.entries_of("visit", number_of(uid))),
    )


def _pictures(visit: Visit) -> "dict[str, Photo]":
    """Return what the record brought and what its answers name, by id."""
    named = [one for run in visit.runs.all() for answer in run.answers.all() for one in answer.photos]
    named += [str(visit.signature)] if visit.signature else []
    found = [*evidence.of_records([visit.uid]).get(visit.uid, []), *evidence.photos(named)]
    return {str(one.id): one for one in found}


def get_for(by: Actor, uid: UUID) -> Visit:
    """Return a visit a person may read, with lists and answers fetched along.

    Raises:
        NotFound: no such visit, or not one of his.
    """
    rows = _for_lines(policy.visible_to(by)).filter(uid=uid).select_related("community", "planned")
    found = rows.prefetch_related(Prefetch("runs__answers", Answer.objects.order_by("place", "repeat", "id"))).first()
    if found is None:
        raise NotFound("没有找到这次走访，或不在您的查看范围内。")
    return found


def _run(run: ChecklistRun, pictures: "dict[str, Photo]") -> RunLine:
    answers = [_answer(one, pictures) for one in run.answers.all()]
    sections: dict[str, list[AnswerLine]] = {}
    for one in answers:
        sections.setdefault(one.section, []).append(one)
    return RunLine(
        id=run.pk,
        code=run.code,
        title=run.title,
        number=run.number,
        is_draft=run.is_draft,
        ok=run.ok,
        bad=run.bad,
        na=run.na,
        other=run.other,
        blank=run.blank,
        problems=tuple(one for one in answers if one.is_bad),
        sections=tuple(SectionLine(title, tuple(rows)) for title, rows in sections.items()),
    )


_TONES = {Mark.OK.value: "ok", Mark.BAD.value: "late", Mark.NA.value: "calm"}


def _answer(row: Answer, pictures: "dict[str, Photo]") -> AnswerLine:
    return AnswerLine(
        key=row.item_key,
        text=row.item_text or row.item_key,
        section=row.section,
        value=row.value,
        shown=row.shown or row.value,
        tone=_TONES.get(row.value, ""),
        note=row.note,
        photos=tuple(pictures[one] for one in row.photos if one in pictures),
    )


def last_of(enterprise_ids: Iterable[int]) -> dict[int, date]:
    """Return the day of the latest visit by anybody, by firm; firms never visited are left out. One query."""
    later = Visit.objects.filter(enterprise_id=OuterRef("enterprise_id"), made_on__gt=OuterRef("made_on"))
    rows = Visit.objects.filter(~Exists(later), enterprise_id__in=list(enterprise_ids))
    return dict(rows.order_by().values_list("enterprise_id", "made_on"))
