"""The kept sums equal a recount from raw entries, whatever is pressed in which order, and say what they are meant to say."""

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.statistics import actions
from qinqing.statistics.models import Figure, Line, Reader, Ripening
from qinqing.statistics.reads import counting
from qinqing.statistics.words import Dimension, Measure
from tests.cases.walk import Walk
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World

M = Measure
NOVEMBER = "2026-11"


def count(world: "World", at: datetime) -> None:
    while actions.count_town(world.town, at=at):
        pass


def sums(
    world: "World", dimension: Dimension = Dimension.TOWN, key: object = "", month: str = NOVEMBER
) -> Counter[Measure]:
    found: Counter[Measure] = Counter()
    for row in Figure.objects.filter(town=world.town, dimension=dimension.value, key=str(key), month=month):
        found.update(row.counts)
    return +found


def of_build(world: "World", month: str = NOVEMBER) -> Counter[Measure]:
    return sums(world, Dimension.OFFICE, world.office("jianguan"), month)


class TestWhatIsCounted:
    def test_a_case_answered_in_time_rated_and_written_off(self, world: "World") -> None:
        case = world.answered()
        world.press(Verb.RATE, case, "owner", solved="yes", satisfaction="very")
        world.press(Verb.REGISTER, case, "clerk")
        world.press(Verb.WRITE_OFF, case, "clerk")
        count(world, NOW + timedelta(minutes=1))
        assert of_build(world) == {
            M.RECEIVED: 1, M.DISPATCHED: 1, M.SIGNED: 1, M.DUE: 1, M.IN_TIME: 1, M.RATED: 1, M.SATISFIED: 1,
            M.VISITED: 1, M.SOLVED: 1, M.WRITTEN_OFF: 1,
        }  # fmt: skip
        town = sums(world)
        assert (town[M.RECEIVED], town[M.DUE], town[M.IN_TIME], town[M.TAKEN], town[M.TAKEN_IN_TIME]) == (1, 1, 1, 1, 1)
        for dimension, key in (
            (Dimension.COMMUNITY, world.office("cun01")),
            (Dimension.TOPIC, "demand:streetlight"),
            (Dimension.SOURCE, "portal"),
        ):
            assert sums(world, dimension, key)[M.WRITTEN_OFF] == 1

    def test_the_months_are_those_in_which_the_limits_fall(self, world: "World") -> None:
        late_november = moment("2026-11-27 10:00")
        case = world.answered(late_november)
        assert case.due_at.month == 12
        count(world, late_november + timedelta(hours=1))
        assert of_build(world) == {M.RECEIVED: 1}
        assert of_build(world, "2026-12")[M.DUE] == 1

    def test_what_nobody_answered_is_late_only_when_its_limit_has_passed(self, world: "World") -> None:
        case = world.in_hand()
        count(world, NOW + timedelta(minutes=1))
        assert M.DUE not in of_build(world)
        assert Ripening.objects.get(case=case).at == case.due_at
        assert actions.count_town(world.town, at=case.due_at) == 0, "the last moment is still in time"
        count(world, case.due_at + timedelta(seconds=1))
        assert of_build(world)[M.DUE] == 1
        assert of_build(world)[M.IN_TIME] == 0
        assert not Ripening.objects.exists()

    def test_an_unsigned_share_counts_against_the_office_after_its_limit(self, world: "World") -> None:
        case = world.accepted()
        world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
        count(world, NOW + timedelta(minutes=1))
        assert M.DISPATCHED not in of_build(world)
        count(world, NOW + timedelta(days=2))
        assert (of_build(world)[M.DISPATCHED], of_build(world)[M.SIGNED]) == (1, 0)

    def test_the_hub_answers_for_what_it_has_not_sent_on(self, world: "World") -> None:
        case = world.demand()
        count(world, case.due_at + timedelta(seconds=1))
        hub = sums(world, Dimension.OFFICE, world.office("jingke"))
        assert hub == {M.DUE: 1, M.TAKEN: 1}

    def test_declined_and_withdrawn_cases_say_nothing_of_anybody(self, world: "World") -> None:
        withdrawn = world.in_hand()
        world.press(Verb.WITHDRAW, withdrawn, "owner", reason="自己修好了。")
        count(world, withdrawn.due_at + timedelta(days=9))
        assert sums(world) == {M.RECEIVED: 1, M.EXCLUDED: 1}
        assert of_build(world) == {M.RECEIVED: 1, M.EXCLUDED: 1}

    def test_an_overruled_return_counts_and_an_accepted_one_takes_the_share_away(self, world: "World") -> None:
        first, second = (world.accepted() for _ in range(2))
        for case in (first, second):
            world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
            world.press(Verb.RETURN, case, "build", reason="not_ours", basis="三职(三)-2", note="不属于我单位职责。")
        world.press(Verb.OVERRULE_RETURN, first, "clerk", note="属于路灯管理。")
        world.press(Verb.ACCEPT_RETURN, second, "clerk")
        count(world, first.due_at + timedelta(days=1))
        build = of_build(world)
        assert (build[M.RETURNS], build[M.OVERRULED]) == (2, 1)
        assert build[M.DISPATCHED] == 1, "the share that was rightly returned is nobody's fault"
        assert build[M.DUE] == 1

    def test_a_reopened_case_is_a_second_duty_and_the_first_stays(self, world: "World") -> None:
        case = world.answered()
        world.press(Verb.RATE, case, "owner", solved="no", satisfaction="dissatisfied", comment="又坏了。")
        case = world.press(Verb.REOPEN, case, "clerk", note="请重新检修。")
        count(world, NOW + timedelta(minutes=1))
        build = of_build(world)
        assert (build[M.DUE], build[M.IN_TIME], build[M.REOPENED]) == (1, 1, 1)
        assert (build[M.RATED], build[M.SATISFIED], build[M.VISITED], build[M.SOLVED]) == (1, 0, 1, 0)
        count(world, case.due_at + timedelta(seconds=1))
        assert (of_build(world)[M.DUE], of_build(world)[M.IN_TIME]) == (2, 1)

    def test_an_approved_extension_moves_the_limit(self, world: "World") -> None:
        case = world.in_hand()
        new = "2026-12-03"
        world.press(Verb.ASK_EXTENSION, case, "build", reason="several_offices", note="等材料。", new_due_on=new)
        case = world.press(Verb.GRANT_EXTENSION, case, "head")
        count(world, moment("2026-12-01 09:00"))
        assert M.DUE not in of_build(world)
        assert Ripening.objects.get(case=case).at == case.due_at


class TestEqualToARecount:
    @pytest.mark.parametrize("seed", range(4))
    def test_after_random_presses_of_everybody(self, world: "World", seed: int) -> None:
        walk = Walk(world, seed, NOW)
        cases = [
            world.demand(),
            world.demand("officer", text="招不到注塑工，请帮忙发布招聘信息。"),
            world.problem("officer"),
            world.problem("law"),
            world.problem("law", several_offices=True),
        ]
        for turn in range(60):
            case = walk.dice.choice(cases)
            case.refresh_from_db()
            walk.step(case)
            if turn % 9 == 0:
                count(world, walk.at)
                assert counting.differences(world.town.pk) == []
        count(world, walk.at + timedelta(days=40))
        assert counting.differences(world.town.pk) == []
        kept = counting.kept(world.town.pk)
        actions.rebuild(town_id=world.town.pk, at=walk.at + timedelta(days=40))
        assert counting.kept(world.town.pk) == kept
        _check_against_rows(world)

    def test_a_changed_sum_is_named(self, world: "World") -> None:
        world.answered()
        count(world, NOW)
        Figure.objects.filter(dimension="office", key=str(world.office("jianguan")), month=NOVEMBER).update(signed=7)
        found = counting.differences(world.town.pk)
        assert [(one.measure, one.kept, one.counted) for one in found] == [(M.SIGNED, 7, 1)]
        actions.rebuild(town_id=world.town.pk, at=NOW)
        assert counting.differences(world.town.pk) == []

    def test_counting_twice_changes_nothing(self, world: "World") -> None:
        world.answered()
        count(world, NOW)
        before = (counting.kept(world.town.pk), Line.objects.count(), Reader.objects.get().seq)
        count(world, NOW)
        assert (counting.kept(world.town.pk), Line.objects.count(), Reader.objects.get().seq) == before


def _check_against_rows(world: "World") -> None:
    """The town's sums agree with what the cases' own rows say."""
    total: Counter[Measure] = Counter()
    for row in Figure.objects.filter(town=world.town, dimension="town"):
        total.update(row.counts)
    cases = Case.objects.filter(town=world.town)
    assert total[M.RECEIVED] == cases.count()
    assert total[M.RETURNS] == sum(case.returns for case in cases)
    assert total[M.EXCLUDED] == cases.filter(state__in=["declined", "withdrawn", "merged"]).count()
    offices: Counter[Measure] = Counter()
    for row in Figure.objects.filter(town=world.town, dimension="office"):
        offices.update(row.counts)
    for measure in (M.DUE, M.IN_TIME, M.DISPATCHED, M.SIGNED, M.RATED, M.SATISFIED, M.WRITTEN_OFF, M.WORKING_DAYS):
        assert offices[measure] == total[measure], measure
