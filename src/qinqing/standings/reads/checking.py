"""Holding a list against the ledger: counted anew from raw entries up to the entry and the moment it was made from."""

from collections import Counter
from typing import Any

from qinqing.cases.terms import terms_of
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.standings import facts
from qinqing.standings.models import Listing, Score
from qinqing.standings.reads import deriving
from qinqing.standings.reads.lists import period_of
from qinqing.standings.rules.digesting import digest_of
from qinqing.standings.rules.ranking import Runner, places
from qinqing.standings.rules.scoring import points_of
from qinqing.standings.rules.yearly import Quarter, year_of_quarters
from qinqing.standings.words import Group, State
from qinqing.statistics.rules.periods import quarters_of

_A_YEAR = 12


def differences(listing: Listing) -> list[str]:
    """Return, in words, where a list is not what the ledger says: every office's sums, points, place and the digest; empty: nowhere.

    Matters that an upheld objection took out, and vetoes, are read from the ledger too.

    Source: 三要(三)-2; 二(四)-1.
    """
    told = list(ledger.entries_of("standing", listing.pk))
    scores = list(Score.objects.filter(listing=listing).select_related("office").order_by("office_id"))
    counted = _counted(listing, scores, told)
    scheme = terms_of(listing.plan_version_id).plan.standings
    runners = [
        Runner(
            one.pk, Group(one.group), counted[one.office_id][1], counted[one.office_id][0], counted[one.office_id][2]
        )
        for one in scores
    ]
    found = places(runners, scheme)
    wrong: list[str] = []
    plain: list[dict[str, Any]] = []
    for one in scores:
        tally, total, veto = counted[one.office_id]
        place = found[one.pk]
        again = {
            "office_id": one.office_id, "office": one.office.short, "group": one.group,
            "tally": {key: tally[key] for key in sorted(tally) if tally[key]}, "total": f"{total:.2f}",
            "rank": place.rank, "side": place.side.value, "veto": veto,
        }  # fmt: skip
        plain.append(again)
        wrong += _unlike(one, again)
    counted_at = _counted_at(told)
    digest = digest_of(listing.period, listing.until_seq, counted_at, plain)
    if digest != listing.digest:
        wrong.append(f"快照不符：榜上 {listing.digest[:12]}，重算 {digest[:12]}")
    if listing.state == State.PUBLISHED:
        kept = [entry.facts["digest"] for entry in told if entry.kind == facts.Published.kind]
        if kept != [digest]:
            wrong.append("账目里公布的快照与重算的不符")
    return wrong


def _counted(listing: Listing, scores: list[Score], told: list[Any]) -> dict[int, tuple[Counter[str], Any, str]]:
    """Return (sums, points, veto) of every office, from the ledger."""
    span = period_of(listing)
    vetoes = {entry.facts["office_id"]: entry.facts["ground"] for entry in told if entry.kind == facts.Vetoed.kind}
    if len(span.months) == _A_YEAR:
        return _from_quarters(listing, scores, vetoes)
    book = people.town_of(listing.town_id).code
    until, now = listing.until_seq, listing.counted_at
    sums = deriving.from_entries(listing.town_id, book, span, now=now, until=until)
    for entry in told:
        if entry.kind == facts.Ruled.kind and entry.facts["is_upheld"]:
            office, case = entry.facts["office_ids"][0], entry.facts["case_id"]
            sums.setdefault(office, Counter()).subtract(
                deriving.of_case(case, office, book, span, now=now, until=until)
            )
    scheme = terms_of(listing.plan_version_id).plan.standings
    return {
        one.office_id: (
            (tally := sums.get(one.office_id, Counter())),
            points_of(tally, scheme, is_hub=one.is_hub).total,
            vetoes.get(one.office_id, ""),
        )
        for one in scores
    }


def _from_quarters(
    listing: Listing, scores: list[Score], vetoes: dict[int, str]
) -> dict[int, tuple[Counter[str], Any, str]]:
    codes = {one.code: one.title for one in quarters_of(period_of(listing).year)}
    rows = list(
        Score.objects.filter(
            listing__town_id=listing.town_id,
            listing__period__in=codes,
            listing__state=State.PUBLISHED.value,
            listing__published_at__lte=listing.calculated_at,
        )
        .select_related("listing")
        .order_by("listing__period")
    )
    found = {}
    for one in scores:
        mine = [row for row in rows if row.office_id == one.office_id]
        tally, points = year_of_quarters([Quarter(codes[row.listing.period], row.total, row.tally) for row in mine])
        veto = "；".join(dict.fromkeys(row.veto for row in mine if row.veto))[:200]
        found[one.office_id] = (tally, points.total, vetoes.get(one.office_id, veto))
    return found


def _unlike(score: Score, again: dict[str, Any]) -> list[str]:
    name = score.office.short
    wrong = []
    kept = {key: number for key, number in score.tally.items() if number}
    if kept != again["tally"]:
        wrong.append(f"{name}：计数不符")
    if f"{score.total:.2f}" != again["total"]:
        wrong.append(f"{name}：得分榜上 {score.total:.2f}，重算 {again['total']}")
    if (score.rank, score.side, score.veto) != (again["rank"], again["side"], again["veto"]):
        wrong.append(f"{name}：名次或榜别不符")
    return wrong


def _counted_at(told: list[Any]) -> str:
    return next((entry.facts["counted_at"] for entry in told if entry.kind == facts.Calculated.kind), "")
