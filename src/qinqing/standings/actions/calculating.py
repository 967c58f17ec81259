"""The snapshot: a list calculated from the ledger up to its last entry; and what the hub and supervision add before it goes on."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from qinqing.cases.reads import find
from qinqing.cases.terms import current_terms
from qinqing.cases.words import CaseState
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ledger import actions as ledger
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind
from qinqing.standings import facts
from qinqing.standings.actions.shared import (
    CLAUSE,
    place_all,
    plain_lines,
    plain_score,
    scheme_of,
    stamp,
    take,
    tell,
    tidy,
    titled,
)
from qinqing.standings.models import Commendation, Evidence, Listing, Score, TypicalCase
from qinqing.standings.reads import deriving
from qinqing.standings.reads.lists import MEASURED, offices_measured
from qinqing.standings.rules.ranking import group_of
from qinqing.standings.rules.scoring import points_of
from qinqing.standings.rules.texts import tells_who
from qinqing.standings.rules.yearly import Quarter, year_of_quarters
from qinqing.standings.words import CURRENT, State
from qinqing.statistics import actions as statistics
from qinqing.statistics.reads import counting
from qinqing.statistics.rules.periods import Period, period, quarters_of

_A_QUARTER, _A_YEAR = 3, 12
_ROWS = 500


def calculate(*, code: str, by: Actor, at: datetime) -> Listing:
    """Calculate the list of a quarter from the ledger, or of a year from its published quarters, and keep it as a snapshot.

    Args:
        code: "2026-Q4" or "2026".

    Raises:
        NotAllowed: not the hub's post.
        Refused: `no_period`, `not_ended`, `already_there`, `not_counted`, `quarters_missing`.

    Source: 三要(三)-2; domain §3.8.
    """
    rights.require(by, Right.CALCULATE_STANDINGS)
    span = _span(code, at)
    town = people.town_of(by.town_id)
    while statistics.count_town(town, at=at):
        pass
    with transaction.atomic():
        ledger.hold(by.book)
        if Listing.objects.filter(town_id=by.town_id, period=code, state__in=[one.value for one in CURRENT]).exists():
            raise Refused("already_there", f"{span.title}的红黑榜已经有了；要重算，请先把它作废。", field="code")
        reader = counting.counted_to(by.town_id)
        if reader is None or reader.counted_at is None or reader.counted_at.astimezone(SHANGHAI).date() < span.end:
            raise Refused("not_counted", f"统计还没有数到{span.title}的末尾，请过几分钟再算。", field="code")
        version, _terms = current_terms(by.book)
        listing = Listing.objects.create(
            town_id=by.town_id,
            period=code,
            plan_version_id=version,
            until_seq=reader.seq,
            counted_at=reader.counted_at,
            calculated_at=at,
            calculated_by_name=by.name,
        )
        if len(span.months) == _A_YEAR:
            _from_quarters(listing, span)
        else:
            _from_cases(listing, span, by.book)
        scores = place_all(listing)
        fact = facts.Calculated(
            period=span.title,
            until_seq=listing.until_seq,
            counted_at=stamp(listing.counted_at),
            plan_version=version,
            digest=listing.digest,
            scores=tuple(plain_score(one) for one in scores),
        )
        tell(fact, listing, by=by, at=at)
        return listing


def _span(code: str, at: datetime) -> Period:
    span = period(code)
    if span is None or len(span.months) not in (_A_QUARTER, _A_YEAR):
        raise Refused("no_period", "红黑榜按季度和年度计算，请选择一个季度或一年。", field="code")
    if at.date() < span.end:
        raise Refused("not_ended", f"{span.title}还没有结束，结束后再计算。", field="code")
    return span


def _from_cases(listing: Listing, span: Period, book: str) -> None:
    scheme = scheme_of(listing)
    found = deriving.by_case(listing.town_id, book, span, until=listing.until_seq)
    for office_id, _name, kind, is_outpost in offices_measured(listing.town_id):
        cases = found.get(office_id, {})
        tally: Counter[str] = Counter()
        for adds in cases.values():
            tally.update(adds)
        is_hub = kind == OfficeKind.HUB
        points = points_of(tally, scheme, is_hub=is_hub)
        score = Score.objects.create(
            listing=listing,
            office_id=office_id,
            group=group_of(kind, is_outpost=is_outpost).value,
            is_hub=is_hub,
            tally=dict(tally),
            lines=plain_lines(points),
            total=points.total,
            side="neither",
        )
        Evidence.objects.bulk_create(
            [
                Evidence(listing=listing, score=score, case_id=case, adds=dict(adds))
                for case, adds in sorted(cases.items())
                if any(adds.values())
            ],
            batch_size=_ROWS,
        )


def _from_quarters(listing: Listing, span: Period) -> None:
    codes = {one.code: one.title for one in quarters_of(span.year)}
    quarters = Listing.objects.filter(town_id=listing.town_id, period__in=codes, state=State.PUBLISHED.value)
    if not quarters.filter(period=f"{span.code}-Q4").exists():
        raise Refused("quarters_missing", f"年度榜由已公布的季度榜折算，请先公布{span.year}年第四季度。", field="code")
    rows = Score.objects.filter(listing__in=quarters).select_related("listing").order_by("listing__period")
    for office_id, _name, kind, is_outpost in offices_measured(listing.town_id):
        mine = [one for one in rows if one.office_id == office_id]
        tally, points = year_of_quarters([Quarter(codes[one.listing.period], one.total, one.tally) for one in mine])
        Score.objects.create(
            listing=listing,
            office_id=office_id,
            group=group_of(kind, is_outpost=is_outpost).value,
            is_hub=kind == OfficeKind.HUB,
            tally=dict(tally),
            lines=plain_lines(points),
            total=points.total,
            side="neither",
            veto="；".join(dict.fromkeys(one.veto for one in mine if one.veto))[:200],
        )


def drop(listing_id: int, *, by: Actor, at: datetime, reason: str) -> Listing:
    """Throw a list away that was not submitted yet; it is calculated anew. The old one stays readable to the hub.

    Raises:
        NotAllowed, NotFound, TooLate, Refused: as `take` and `tidy`.
    """
    with transaction.atomic():
        listing = take(listing_id, State.CHECKING, State.APPEALING, by=by)
        rights.require(by, Right.CALCULATE_STANDINGS)
        words = tidy(reason, field="reason", label="作废原因", limit=200)
        tell(facts.Dropped(period=titled(listing), reason=words), listing, by=by, at=at)
        listing.state, listing.reason = State.DROPPED.value, words
        listing.save(update_fields=["state", "reason"])
        return listing


def veto(score_id: int, *, by: Actor, at: datetime, ground: str, note: str) -> Score:
    """Keep an office off the red list: an integrity matter was proved, or an accident was its failing. Supervision decides.

    Raises:
        NotAllowed, NotFound, TooLate; Refused: `ground_unknown`, `missing`.

    Source: 三要(三)-2; domain §3.8.
    """
    with transaction.atomic():
        listing = take(_listing_of(score_id), State.CHECKING, State.APPEALING, by=by)
        rights.require(by, Right.RULE_STANDINGS)
        found = next((one for one in scheme_of(listing).vetoes if one.code == ground), None)
        if found is None:
            raise Refused("ground_unknown", "请从列出的情形里选一项。", field="ground")
        words = tidy(note, field="note", label="认定依据", limit=150)
        score = Score.objects.select_related("office").get(pk=score_id)
        score.veto = found.name
        score.save(update_fields=["veto"])
        place_all(listing)
        fact = facts.Vetoed(
            period=titled(listing), office=score.office.short, office_id=score.office_id, ground=found.name, note=words
        )
        tell(fact, listing, by=by, at=at)
        score.refresh_from_db()
        return score


def commend(listing_id: int, *, by: Actor, at: datetime, office_id: int, person: str = "", words: str) -> Commendation:
    """Put an office, or somebody of it by name, forward for commendation. Nobody is ever put forward for the contrary.

    Raises:
        NotAllowed, NotFound, TooLate; Refused: `office_unknown`, `missing`, `too_long`.

    Source: 三要(三)-4.
    """
    with transaction.atomic():
        listing = take(listing_id, State.CHECKING, State.APPEALING, by=by)
        rights.require(by, Right.CALCULATE_STANDINGS)
        office = next((one for one in people.offices(by.town_id, MEASURED) if one.pk == office_id), None)
        if office is None:
            raise Refused("office_unknown", "请选择单位。", field="office_id")
        name = tidy(person, field="person", label="个人姓名", limit=40) if person.strip() else ""
        said = tidy(words, field="words", label="事迹", limit=300)
        row = Commendation.objects.create(
            listing=listing, office=office, person=name, words=said, by_name=by.name, at=at
        )
        whom = f"{office.short}{name}" if name else office.short
        tell(facts.Commended(period=titled(listing), whom=whom, words=said), listing, by=by, at=at)
        return row


def take_up(*, case_number: str, by: Actor, at: datetime, title: str, text: str) -> TypicalCase:
    """Take a written-off matter's way of handling up as a typical case: without names, for the whole town to learn from.

    Raises:
        NotAllowed: not the hub's post. NotFound: the case.
        Refused: `not_written_off`, `already_taken`, `tells_who` when the text says whose matter it was.

    Source: 三要(三)-5.
    """
    rights.require(by, Right.CALCULATE_STANDINGS)
    with transaction.atomic():
        number = tidy(case_number, field="case_number", label="事项编号", limit=40)
        try:
            case = find.get_for(by, find.id_of(by, number))
        except NotFound:
            raise Refused("case_unknown", "没有这个编号的事项，请核对。", field="case_number") from None
        if case.state != CaseState.WRITTEN_OFF or case.lead_office is None:
            raise Refused("not_written_off", "典型案例从已经销账的事项里选。", field="case_number")
        if TypicalCase.objects.filter(case_id=case.pk).exists():
            raise Refused("already_taken", "这件事项已经采用为典型案例。", field="case_number")
        name = tidy(title, field="title", label="题目", limit=60)
        said = tidy(text, field="text", label="做法", limit=1000)
        for field, words in (("title", name), ("text", said)):
            if found := tells_who(words, (case.enterprise_name, case.enterprise.short, case.number)):
                raise Refused(
                    "tells_who", f"典型案例不能写出是谁家的事，请改掉“{found}”，例如写“某企业”。", field=field
                )
        row = TypicalCase.objects.create(
            town_id=by.town_id, office=case.lead_office, case_id=case.pk, title=name, text=said, at=at, by_name=by.name
        )
        fact = facts.TypicalTaken(
            office_id=row.office_id, office=case.lead_office.short, case_id=case.pk, title=name, text=said
        )
        ledger.record(fact, book=by.book, on=("typical", row.pk), label=name, by=by, at=at, clause=CLAUSE)
        return row


def _listing_of(score_id: int) -> int:
    found = Score.objects.filter(pk=score_id).values_list("listing_id", flat=True).first()
    if found is None:
        raise NotFound("没有这个单位的结果。")
    return found
