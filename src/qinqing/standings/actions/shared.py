"""What the verbs of a list share: taking it, setting everybody's place anew, telling the ledger."""

from collections import Counter
from datetime import datetime
from typing import Any

from qinqing.cases.terms import terms_of
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.ledger.facts import Fact
from qinqing.plan.standings_spec import Standings
from qinqing.standings import policy
from qinqing.standings.models import Evidence, Listing, Score
from qinqing.standings.reads.lists import period_of
from qinqing.standings.rules.digesting import digest_of
from qinqing.standings.rules.ranking import Runner, places
from qinqing.standings.rules.scoring import Points, points_of
from qinqing.standings.words import Group, State

CLAUSE = "三要(三)-2"


def take(listing_id: int, *states: State, by: Actor) -> Listing:
    """Return a list, locked, that stands where this verb needs it.

    Raises:
        NotFound: out of sight. TooLate: it stands elsewhere.
    """
    found = policy.visible_to(by).filter(pk=listing_id).values_list("pk", flat=True).first()
    row = Listing.objects.select_for_update().filter(pk=found).first() if found else None
    if row is None:
        raise NotFound("没有这一期红黑榜，或还没有公布。")
    if row.state not in {state.value for state in states}:
        raise TooLate(
            "wrong_stage", f"{titled(row)}现在是“{State.label_of(row.state)}”，这一步要在“{states[0].label}”时办。"
        )
    return row


def titled(listing: Listing) -> str:
    """Return what a list is called: 2026年第四季度."""
    return period_of(listing).title


def scheme_of(listing: Listing) -> Standings:
    """Return the scheme a list was calculated by: that of its version of the plan, for ever."""
    return terms_of(listing.plan_version_id).plan.standings


def tell(fact: Fact, listing: Listing, *, by: Actor, at: datetime) -> None:
    """Put a step of a list into the ledger."""
    ledger.record(fact, book=by.book, on=("standing", listing.pk), label=titled(listing), by=by, at=at, clause=CLAUSE)


def tidy(text: str, *, field: str, label: str, limit: int) -> str:
    """Return cleaned text.

    Raises:
        Refused: `missing` or `too_long`.
    """
    words = clean(text)
    if not words:
        raise Refused("missing", f"请填写{label}。", field=field)
    if len(words) > limit:
        raise Refused("too_long", f"{label}最多{limit}个字，现在{len(words)}个字。", field=field)
    return words


def plain_lines(points: Points) -> list[dict[str, Any]]:
    """Return the lines of an office's sheet as they are kept."""
    return [
        {"part": one.part, "how": one.how, "points": f"{float(one.points):.2f}", "measures": list(one.measures)}
        for one in points.lines
    ]


def count_again(score: Score, scheme: Standings) -> None:
    """Sum the cases behind an office's points that count, and set its points by them. Its place is set by `place_all`."""
    tally: Counter[str] = Counter()
    for adds in Evidence.objects.filter(score=score, is_excluded=False).values_list("adds", flat=True):
        tally.update(adds)
    points = points_of(tally, scheme, is_hub=score.is_hub)
    score.tally, score.lines, score.total = dict(tally), plain_lines(points), points.total
    score.save(update_fields=["tally", "lines", "total"])


def place_all(listing: Listing) -> list[Score]:
    """Set everybody's rank and side, and the list's digest."""
    scores = list(Score.objects.filter(listing=listing).select_related("office").order_by("office_id"))
    runners = [Runner(one.pk, Group(one.group), one.total, one.tally, one.veto) for one in scores]
    found = places(runners, scheme_of(listing))
    for one in scores:
        place = found[one.pk]
        one.rank, one.side, one.why = place.rank, place.side.value, place.why
    Score.objects.bulk_update(scores, ["rank", "side", "why"])
    listing.digest = digest_of(
        listing.period, listing.until_seq, stamp(listing.counted_at), [plain_score(one) for one in scores]
    )
    listing.save(update_fields=["digest"])
    return scores


def plain_score(score: Score) -> dict[str, Any]:
    """Return an office's result as the ledger keeps it: sums, points, place, nothing of any person."""
    return {
        "office_id": score.office_id,
        "office": score.office.short,
        "group": score.group,
        "tally": {key: score.tally[key] for key in sorted(score.tally) if score.tally[key]},
        "total": f"{score.total:.2f}",
        "rank": score.rank,
        "side": score.side,
        "veto": score.veto,
    }


def stamp(at: datetime) -> str:
    """Return a moment as the ledger writes it."""
    return at.astimezone(SHANGHAI).isoformat()
