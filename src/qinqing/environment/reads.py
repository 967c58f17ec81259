"""Everything fetched about environment files. Rows reach a door only through the firms a person may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import ACTIVE_STATUSES, Tag
from qinqing.environment import policy, rules
from qinqing.environment.models import Monitoring, Paper, Profile, SentReport, Stage
from qinqing.environment.rules import Report, Sign
from qinqing.environment.words import AGREEMENTS, REPORTING, Drainage, Frequency, PaperKind, PermitClass, Result
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.plan import reads as plans
from qinqing.plan.field_spec import HOUSE, Patrol
from qinqing.workdays.words import Tone

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

PAGE = 50


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A permit or agreement as shown."""

    id: int
    kind: str
    label: str
    is_agreement: bool
    number: str
    whom: str
    detail: str
    starts_on: date | None
    ends_on: date | None
    sign: Sign


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A 执行报告 that is or was owed, and what became of it."""

    report: Report
    sent_on: date | None
    number: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class MonitoringLine:
    """A self-monitoring as shown."""

    done_on: date
    agency: str
    items: str
    result_label: str
    is_bad: bool
    number: str


@dataclass(frozen=True)
class Card:
    """The environment card of a firm: what an officer knows before he goes. Source: 附2环-(4)a."""

    enterprise_id: int
    process: str
    drainage_label: str
    permit_class: str
    permit_label: str
    hazardous_codes: str
    storage: str
    measures: tuple[tuple[str, str], ...]
    note: str
    stages: tuple[Stage, ...]
    papers: tuple[PaperLine, ...]
    monitorings: tuple[MonitoringLine, ...]
    reports: tuple[ReportLine, ...]
    tags: tuple[str, ...]
    lacks_agreement: bool
    monitoring: Sign | None
    percent: int
    missing: tuple[str, ...]
    updated: str = ""
    profile: Profile | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm on one of the lists, and why it is there."""

    enterprise_id: int
    enterprise: str
    community: str
    what: str
    sign: Sign
    key: str = ""


def card(by: Actor, enterprise_id: int, *, today: date) -> Card:
    """Return the environment card of a firm this person may see; an empty one where nothing is on file.

    Raises:
        NotFound: not a firm he may see.
    """
    firm = enterprises.get_for(by, enterprise_id)
    profile = Profile.objects.filter(pk=enterprise_id).first()
    shown = profile or Profile(enterprise=firm)
    stages = tuple(Stage.objects.filter(enterprise=firm, ended_at__isnull=True))
    papers = tuple(_paper(row, today) for row in Paper.objects.filter(enterprise=firm, ended_at__isnull=True))
    monitorings = list(Monitoring.objects.filter(enterprise=firm)[:20])
    percent, missing = rules.completeness(shown.process, shown.permit_class, [_of_stage(one) for one in stages])
    has_agreement = any(
        one.kind == PaperKind.HAZARDOUS and rules.in_force(one.starts_on, one.ends_on, today) for one in papers
    )
    return Card(
        enterprise_id=firm.pk,
        process=shown.process,
        drainage_label=Drainage.label_of(shown.drainage),
        permit_class=shown.permit_class,
        permit_label=PermitClass.label_of(shown.permit_class),
        hazardous_codes=shown.hazardous_codes,
        storage=shown.storage,
        measures=tuple((label, text) for label, text in _measures(shown) if text),
        note=shown.note,
        stages=stages,
        papers=papers,
        monitorings=tuple(_monitoring(row) for row in monitorings),
        reports=tuple(reports_of(enterprise_id, today=today, profile=profile)),
        tags=tuple(Tag.label_of(tag) for tag in firm.tags if tag in _SHOWN_TAGS),
        lacks_agreement=Tag.HAZARDOUS_WASTE in firm.tags and not has_agreement,
        monitoring=_monitoring_sign(
            by.book,
            is_emitting=Tag.EMISSION in firm.tags,
            done=sum(1 for row in monitorings if row.year == today.year),
            wanted=shown.monitoring_times,
            today=today,
        ),
        percent=percent,
        missing=missing,
        updated=f"{profile.updated_by} {profile.updated_at:%Y-%m-%d}" if profile else "",
        profile=profile,
    )


_SHOWN_TAGS = (Tag.EMISSION, Tag.WASTEWATER, Tag.HAZARDOUS_WASTE, Tag.EMISSION_LIST, Tag.PAINTING, Tag.PLATING)


def _measures(profile: Profile) -> list[tuple[str, str]]:
    return [
        ("黄色预警", profile.measures_yellow),
        ("橙色预警", profile.measures_orange),
        ("红色预警", profile.measures_red),
        ("临时管控、错峰生产", profile.measures_other),
    ]


def _of_stage(stage: Stage) -> dict[str, str]:
    return {"facility": stage.facility, "pollutants": stage.pollutants, "standard": stage.standard}


def _paper(row: Paper, today: date) -> PaperLine:
    return PaperLine(
        id=row.pk,
        kind=row.kind,
        label=PaperKind.label_of(row.kind),
        is_agreement=row.kind in AGREEMENTS,
        number=row.number,
        whom=row.whom,
        detail=row.detail,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        sign=rules.expiry(row.ends_on, today),
    )


def _monitoring(row: Monitoring) -> MonitoringLine:
    return MonitoringLine(
        row.done_on, row.agency, row.items, Result.label_of(row.result), row.result == Result.EXCEEDED, row.number
    )


def _monitoring_sign(book: str, *, is_emitting: bool, done: int, wanted: int | None, today: date) -> Sign | None:
    terms = _terms(book)
    month, day = (int(part) for part in terms.self_monitoring_from.split("-"))
    return rules.monitoring(
        is_emitting=is_emitting,
        done=done,
        wanted=terms.self_monitoring.value if wanted is None else wanted,
        reminds_from=date(today.year, month, day),
        today=today,
        year=today.year,
    )


def _terms(book: str) -> Patrol:
    """Return the plan's numbers of the officers' duties; the house's where there is no plan."""
    try:
        return plans.current(book).patrol
    except Refused:
        return HOUSE


def reports_of(enterprise_id: int, *, today: date, profile: Profile | None = None) -> list[ReportLine]:
    """Return the 执行报告 of last year and this one that a firm owed since it owes any, earliest due first.

    Source: 附2环-(6)b.
    """
    profile = profile or Profile.objects.filter(pk=enterprise_id).first()
    if profile is None or profile.permit_class not in REPORTING:
        return []
    sent = {row.period: row for row in SentReport.objects.filter(enterprise_id=enterprise_id)}
    return _reports(profile, sent, today)


def _reports(profile: Profile, sent: dict[str, SentReport], today: date) -> list[ReportLine]:
    frequencies = [Frequency.QUARTER.value] * profile.is_quarterly + [Frequency.MONTH.value] * profile.is_monthly
    owed = [
        report
        for year in (today.year - 1, today.year)
        for report in rules.reports(profile.permit_class, frequencies, year, yearly_by=profile.yearly_by)
        if report.code in sent or profile.reports_since is None or report.ends_on >= profile.reports_since
    ]
    lines = []
    for report in sorted(owed, key=lambda one: one.due_on):
        row = sent.get(report.code)
        sent_on = row.sent_on if row else None
        lines.append(ReportLine(report, sent_on, row.number if row else "", rules.report_sign(report, sent_on, today)))
    return lines


# ── lists ──


def firms(by: Actor, *, tag: str = "") -> "QuerySet[Enterprise]":
    """Return the working firms a person may see, with a tag if one is named."""
    rows = enterprises.visible_to(by).filter(status__in=sorted(str(status) for status in ACTIVE_STATUSES))
    return with_tag(rows, tag) if tag else rows


def with_tag(rows: "QuerySet[Enterprise]", tag: str) -> "QuerySet[Enterprise]":
    """Narrow firms to those that have a tag; a JSON list is asked as text, since SQLite knows no other way."""
    return rows.annotate(tags_text=Cast("tags", CharField())).filter(tags_text__contains=f'"{tag}"')


def expiring(by: Actor, *, today: date, limit: int = PAGE) -> list[FirmLine]:
    """Return papers that have ended or will within 60 days and that no later one of their kind replaces, most urgent first.

    Source: 附2环-(1).
    """
    later = Paper.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")),
        enterprise_id=OuterRef("enterprise_id"),
        kind=OuterRef("kind"),
        ended_at__isnull=True,
    )
    rows = (
        Paper.objects.filter(
            ~Exists(later),
            ended_at__isnull=True,
            ends_on__lte=date.fromordinal(today.toordinal() + rules.SOON_DAYS),
            enterprise__in=firms(by).values("pk"),
        )
        .select_related("enterprise__community")
        .order_by("ends_on", "pk")
    )
    return [
        _line(row.enterprise, f"{PaperKind.label_of(row.kind)} {row.number}".strip(), rules.expiry(row.ends_on, today))
        for row in rows[:limit]
    ]


def without_agreement(by: Actor, *, today: date, after: int = 0, limit: int = PAGE) -> list[FirmLine]:
    """Return firms that make hazardous waste and have no agreement in force, by id after one.

    Source: 附2环-(1).
    """
    in_force = Paper.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        enterprise_id=OuterRef("pk"),
        kind=PaperKind.HAZARDOUS.value,
        ended_at__isnull=True,
    )
    rows = firms(by, tag=Tag.HAZARDOUS_WASTE).filter(~Exists(in_force), pk__gt=after).select_related("community")
    bad = Sign(Tone.LATE, "没有有效协议")
    return [_line(row, "危险废物处置协议", bad) for row in rows.order_by("pk")[:limit]]


def without_monitoring(by: Actor, *, today: date, after: int = 0, limit: int = PAGE) -> list[FirmLine]:
    """Return 涉气 firms that still lack self-monitoring this year, by id after one; none before the plan's day (1 October).

    Source: 附2环-(6)a.
    """
    terms = _terms(by.book)
    if f"{today:%m-%d}" < terms.self_monitoring_from:
        return []
    wanted = terms.self_monitoring.value
    rows = (
        firms(by, tag=Tag.EMISSION)
        .filter(pk__gt=after)
        .select_related("community", "environment")
        .annotate(done=Count("monitorings", filter=Q(monitorings__year=today.year), distinct=True))
        .filter(Q(done__lt=wanted) | Q(environment__monitoring_times__gt=wanted) | Q(environment__monitoring_times=0))
        .order_by("pk")
    )
    found = []
    for row in rows:
        own = getattr(row, "environment", None)
        sign = _monitoring_sign(
            by.book,
            is_emitting=True,
            done=row.done,
            wanted=own.monitoring_times if own else None,
            today=today,
        )
        if sign and sign.is_bad:
            found.append(_line(row, "自行监测", sign))
        if len(found) >= limit:
            break
    return found


def reports_due(by: Actor, *, today: date, limit: int = PAGE) -> list[FirmLine]:
    """Return the 执行报告 that are late or due within 15 days, most urgent first.

    Source: 附2环-(6)b.
    """
    profiles = list(
        Profile.objects.filter(
            permit_class__in=sorted(str(one) for one in REPORTING), enterprise__in=firms(by).values("pk")
        ).select_related("enterprise__community")
    )
    sent: dict[int, dict[str, SentReport]] = {}
    for row in SentReport.objects.filter(enterprise_id__in=[profile.pk for profile in profiles]):
        sent.setdefault(row.enterprise_id, {})[row.period] = row
    waiting = [
        (line.report.due_on, _line(profile.enterprise, line.report.label, line.sign, line.report.code))
        for profile in profiles
        for line in _reports(profile, sent.get(profile.pk, {}), today)
        if line.sent_on is None and line.sign.is_bad
    ]
    return [line for _, line in sorted(waiting, key=lambda one: one[0])[:limit]]


def incomplete(by: Actor, *, after: int = 0, limit: int = PAGE) -> list[FirmLine]:
    """Return 重点 firms whose card is not complete, with what is missing, by id after one.

    Source: 附2环-(4)a.
    """
    rows = (
        firms(by)
        .filter(is_key=True, pk__gt=after)
        .select_related("community", "environment")
        .prefetch_related("stages")
        .order_by("pk")
    )
    found = []
    for row in rows.iterator(chunk_size=200):
        own = getattr(row, "environment", None)
        stages = [_of_stage(one) for one in row.stages.all() if one.ended_at is None]
        percent, missing = rules.completeness(
            own.process if own else "", own.permit_class if own else PermitClass.UNKNOWN.value, stages
        )
        if missing:
            tone = Tone.SOON if percent < 50 else Tone.CALM
            found.append(_line(row, f"缺{'、'.join(missing)}", Sign(tone, f"完整度{percent}%")))
        if len(found) >= limit:
            break
    return found


def _line(firm: "Enterprise", what: str, sign: Sign, key: str = "") -> FirmLine:
    return FirmLine(firm.pk, firm.name, firm.community.short if firm.community else "", what, sign, key)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A firm's environment card in a few words, for the phone."""

    permit_class: str
    process: str
    stages: tuple[tuple[str, str, str, str], ...]
    measures: tuple[tuple[str, str], ...]


def cards_of(enterprise_ids: Iterable[int]) -> dict[int, CardLine]:
    """Return the short cards of firms whose scope was checked elsewhere: process, stages (name, facility, pollutants,
    standard), measures. Two queries.

    Source: 附2环-(4)a.
    """
    ids = list(enterprise_ids)
    stages: dict[int, list[tuple[str, str, str, str]]] = {}
    for one in Stage.objects.filter(enterprise_id__in=ids, ended_at__isnull=True):
        stages.setdefault(one.enterprise_id, []).append((one.name, one.facility, one.pollutants, one.standard))
    return {
        profile.pk: CardLine(
            PermitClass.label_of(profile.permit_class),
            profile.process,
            tuple(stages.get(profile.pk, ())),
            tuple((label, text) for label, text in _measures(profile) if text),
        )
        for profile in Profile.objects.filter(pk__in=ids)
    }


def measures_for(enterprise_ids: Iterable[int], level: str) -> dict[int, str]:
    """Return what each firm has to do at an alert level, by firm; firms without a word about it are left out.

    Source: 附2环-(5).
    """
    name = f"measures_{level}" if level in ("yellow", "orange", "red") else "measures_other"
    rows = Profile.objects.filter(pk__in=list(enterprise_ids)).exclude(**{name: ""})
    return dict(rows.values_list("pk", name))


may_keep = policy.may_keep
