"""A year of the town in one go: real texts, holidays, good and late offices, returns, reopenings. What the system kept equals a recount."""

from collections import Counter, defaultdict
from datetime import datetime
from decimal import Decimal

import pytest

from qinqing.cases.reads import books
from qinqing.ledger.models import Entry
from qinqing.ledger.verify import verify
from qinqing.standings.actions import calculating, deciding
from qinqing.standings.models import Listing, Score
from qinqing.standings.reads import checking
from qinqing.statistics import actions
from qinqing.statistics.models import Figure
from qinqing.statistics.reads import counting, tables
from qinqing.statistics.reads.tables import Wanted
from qinqing.statistics.rules.periods import quarters_of, year_of
from qinqing.statistics.words import Measure
from tests.cases.world import World, make_world, moment, reading
from tests.statistics.year import lists
from tests.statistics.year.recount import Recount
from tests.statistics.year.stories import HOW_MANY, START, STORIES, live

COUNTED = moment("2027-01-05 09:00")
MONTHS = [f"2026-{number:02}" for number in range(1, 13)]
M = Measure


@pytest.mark.clause("附1-内容-2", "二(四)-2c", "三要(三)-1", "三要(三)-2")
def test_a_year_counted_by_the_system_equals_a_recount_from_raw_entries(db: None) -> None:
    world = make_world(START)
    kinds = live(world)
    assert set(kinds) >= set(STORIES) | {"second round"}, kinds
    while actions.count_town(world.town, at=COUNTED):
        pass

    by_case: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(book=world.town.code, subject_kind="case").order_by("seq"):
        by_case[entry.subject_id].append(entry)
    assert len(by_case) == HOW_MANY
    told = Recount(world.office("jingke"), reading().plan.limits.hub_accept_hours.value)
    for entries in by_case.values():
        told.case(entries)

    kept: defaultdict[tuple[str, int | None], Counter[Measure]] = defaultdict(Counter)
    for row in Figure.objects.filter(town=world.town, dimension__in=("town", "office")):
        kept[row.month, int(row.key) if row.key else None].update(row.counts)
    for key in sorted(kept.keys() | told.sums.keys(), key=str):
        assert +kept[key] == +told.sums[key], (key, +kept[key], +told.sums[key])
    assert counting.differences(world.town.pk) == []

    _the_tables(world, told)
    _the_balance(world, told)
    _the_lists(world, told)
    verdict = verify(book=world.town.code)
    assert verdict.ok, verdict.first_bad


def _the_tables(world: World, told: Recount) -> None:
    """The tables people read, quarter by quarter, and the year's, are sums of the recount."""
    for span in (*quarters_of(2026), year_of(2026)):
        for row in tables.table(world.clerk, Wanted(span)):
            found: Counter[Measure] = Counter()
            for month in span.months:
                found.update(told.sums[month, int(row.key)])
            assert +row.counts == +found, (span.code, row.name)
        total: Counter[Measure] = Counter()
        for month in span.months:
            total.update(told.sums[month, None])
        assert +tables.total(world.clerk, Wanted(span)).counts == +total
    assert {
        line.row.key: line.row.counts[M.DUE] for line in tables.annual(world.clerk, 2026) if line.row.counts[M.DUE]
    } == {
        str(office): n
        for office in {key[1] for key in told.sums if key[1] is not None}
        if (n := sum(told.sums[month, office][M.DUE] for month in MONTHS))
    }


def _the_balance(world: World, told: Recount) -> None:
    """Month after month: what was on every account, what came, what went, as the raw entries say."""
    opening: Counter[int] = Counter()
    for month in MONTHS:
        found = books.balances(world.town.pk, month)
        for office in found.keys() | {key[1] for key in (told.hung | told.cleared)}:
            hung, cleared = told.hung[month, office], told.cleared[month, office]
            shown = found.get(office, books.MonthBalance(month, 0, 0, 0))
            assert (shown.opening, shown.hung, shown.cleared) == (opening[office], hung, cleared), (month, office)
            opening[office] += hung - cleared
            assert shown.closing == opening[office]
    assert sum(opening.values()) == sum(books.recount(world.town.pk).values())


def _the_lists(world: World, told: Recount) -> None:
    """The red and black lists of the four quarters, taken the whole way, and the year's: points, places and sides as recounted."""
    opened_by, after = moment("2027-01-05 10:00"), moment("2027-01-12 09:00")
    quarters: defaultdict[int, list[tuple[Decimal, int]]] = defaultdict(list)
    groups: dict[int, str] = {}
    for span in quarters_of(2026):
        row = calculating.calculate(code=span.code, by=world.clerk, at=opened_by)
        deciding.open_appeals(row.pk, by=world.clerk, at=opened_by)
        _published(world, row, after)
        wanted = {}
        for score in Score.objects.filter(listing=row):
            n = lists.sum_of([told.sums[month, score.office_id] for month in span.months])
            groups[score.office_id] = score.group
            total = lists.points(n, is_hub=score.office_id == told.hub)
            wanted[score.office_id] = (score.group, total, n[M.DUE])
            quarters[score.office_id].append((total, n[M.DUE]))
        _as_recounted(row, wanted)
        assert checking.differences(row) == []
    row = calculating.calculate(code="2026", by=world.clerk, at=after)
    _published(world, row, after)
    _as_recounted(
        row,
        {
            office: (groups[office], lists.year(parts), sum(due for _, due in parts))
            for office, parts in quarters.items()
        },
    )


def _published(world: World, row: Listing, at: datetime) -> None:
    deciding.submit(row.pk, by=world.clerk, at=at)
    deciding.approve(row.pk, by=world.leader, at=at)
    deciding.publish(row.pk, by=world.clerk, at=at)


def _as_recounted(row: Listing, wanted: dict[int, tuple[str, Decimal, int]]) -> None:
    sides = lists.sides(wanted)
    for score in Score.objects.filter(listing=row):
        _, total, due = wanted[score.office_id]
        shown = (score.total if due else None, score.rank, score.side)
        assert shown == (total if due else None, *sides[score.office_id]), (row.period, score.office_id)
    assert {score.side for score in Score.objects.filter(listing=row)} > {"few", "told"}
