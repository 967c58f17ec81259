"""The way of a list: snapshot, check, objection, ruling, approval, publication; then nothing changes it, and the ledger gives it again."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from qinqing.ledger.models import Entry
from qinqing.standings.actions import calculating, deciding
from qinqing.standings.models import Appeal, Commendation, Evidence, Listing, Score
from qinqing.standings.reads import lists
from qinqing.standings.reads.checking import differences
from tests.cases.world import moment
from tests.standings.conftest import AFTER, CODE, COUNTED, IN_WINDOW, calculated, of, opened, published, submitted

if TYPE_CHECKING:
    from tests.cases.world import World


def nothing_changed(refused: type[Refused], act: Any) -> str:
    entries, rows = Entry.objects.count(), list(Listing.objects.values())
    with pytest.raises(refused) as caught:
        act()
    assert Entry.objects.count() == entries
    assert list(Listing.objects.values()) == rows
    return caught.value.sentence


@pytest.mark.clause("三要(三)-1", "三要(三)-2")
def test_a_list_is_what_the_ledger_says_of_the_quarter(world: "World", quarter: list[Case]) -> None:
    row = calculated(world)
    score = of(world, row)
    assert {key: score.tally[key] for key in ("due", "in_time", "dispatched", "signed", "rated", "satisfied", "solved")} == {
        "due": 6, "in_time": 5, "dispatched": 6, "signed": 6, "rated": 5, "satisfied": 4, "solved": 4,
    }  # fmt: skip
    # 20 + 30 × 5/6 + 25 × 4/5 + 25 × 4/5 − 1
    assert (score.total, score.rank, score.side) == (Decimal("84.00"), 1, "neither")
    assert of(world, row, "cun01").side == "few"
    assert of(world, row, "ziran").side == "told"
    assert differences(row) == []


def test_every_line_opens_to_its_cases(world: "World", quarter: list[Case]) -> None:
    score = of(world, calculated(world))
    for line in score.lines:
        found = lists.behind(world.clerk, score, tuple(line["measures"]), part=line["part"])
        assert found.rows
        assert not found.hidden
    late = lists.behind(world.clerk, score, ("due", "in_time"), part="late")
    assert [case.pk for case, _ in late.rows] == [quarter[-1].pk]


@pytest.mark.clause("三要(三)-2")
def test_an_objection_that_holds_takes_the_case_out_and_the_way_ends_in_a_fixed_list(
    world: "World", quarter: list[Case]
) -> None:
    row = opened(world)
    score = of(world, row)
    objection = deciding.appeal(
        score.pk, by=world.build_head, at=IN_WINDOW, case_number=quarter[-1].number, reason="企业要求暂缓施工。"
    )
    assert "裁定" in nothing_changed(Refused, lambda: deciding.submit(row.pk, by=world.clerk, at=AFTER))
    deciding.rule(objection.pk, by=world.supervisor, at=IN_WINDOW, upheld=True, ruling="有企业书面说明。")
    score.refresh_from_db()
    assert (score.total, score.tally["due"]) == (Decimal("90.00"), 5)
    assert differences(Listing.objects.get()) == []
    deciding.submit(row.pk, by=world.clerk, at=AFTER)
    deciding.approve(row.pk, by=world.leader, at=AFTER)
    row = deciding.publish(row.pk, by=world.clerk, at=AFTER)
    told = [entry.kind for entry in ledger.entries_of("standing", row.pk)]
    assert told == [
        "standing.calculated", "standing.opened", "standing.appealed", "standing.ruled", "standing.submitted",
        "standing.approved", "standing.published",
    ]  # fmt: skip
    assert differences(row) == []
    # What happens to the cases later changes nothing of it.
    world.press(Verb.REOPEN, quarter[4], "clerk", at=AFTER, note="请重新检修。")
    assert differences(row) == []


@pytest.mark.clause("三要(三)-2")
def test_after_the_window_nobody_objects_and_within_it_nothing_is_submitted(
    world: "World", quarter: list[Case]
) -> None:
    row = opened(world)
    assert row.appeal_by == moment("2027-01-08 17:30")
    score = of(world, row)
    given = {"case_number": quarter[0].number, "reason": "有误。"}
    said = nothing_changed(TooLate, lambda: deciding.appeal(score.pk, by=world.build_head, at=AFTER, **given))
    assert "申诉期到1月8日 17:30为止" in said
    assert "报审" in nothing_changed(Refused, lambda: deciding.submit(row.pk, by=world.clerk, at=IN_WINDOW))
    nothing_changed(NotAllowed, lambda: deciding.appeal(score.pk, by=world.village, at=IN_WINDOW, **given))
    nothing_changed(NotAllowed, lambda: deciding.appeal(score.pk, by=world.build, at=IN_WINDOW, **given))
    other = given | {"case_number": "没有的编号"}
    assert "没有计入" in nothing_changed(
        Refused, lambda: deciding.appeal(score.pk, by=world.build_head, at=IN_WINDOW, **other)
    )


def test_who_may_press_what(world: "World", quarter: list[Case]) -> None:
    nothing_changed(NotAllowed, lambda: calculating.calculate(code=CODE, by=world.leader, at=COUNTED))
    nothing_changed(Refused, lambda: calculating.calculate(code="2027-Q1", by=world.clerk, at=COUNTED))
    nothing_changed(Refused, lambda: calculating.calculate(code="2026-11", by=world.clerk, at=COUNTED))
    row = calculated(world)
    nothing_changed(Refused, lambda: calculated(world))
    nothing_changed(NotFound, lambda: deciding.approve(row.pk, by=world.leader, at=COUNTED))
    nothing_changed(TooLate, lambda: deciding.publish(row.pk, by=world.clerk, at=COUNTED))
    nothing_changed(NotAllowed, lambda: deciding.open_appeals(row.pk, by=world.supervisor, at=COUNTED))
    nothing_changed(Refused, lambda: calculating.calculate(code="2026", by=world.clerk, at=COUNTED))


def test_a_leader_sends_back_and_the_list_is_calculated_anew(world: "World", quarter: list[Case]) -> None:
    first = submitted(world)
    deciding.send_back(first.pk, by=world.leader, at=AFTER, reason="先核实超期的一件。")
    again = calculating.calculate(code=CODE, by=world.clerk, at=AFTER)
    assert again.pk != first.pk
    first.refresh_from_db()
    assert (first.state, first.reason) == ("dropped", "先核实超期的一件。")


@pytest.mark.clause("三要(三)-4", "三要(三)-5")
def test_commendations_and_typical_cases(world: "World", quarter: list[Case]) -> None:
    number = quarter[0].number
    given: dict[str, Any] = {"case_number": number, "by": world.clerk, "at": moment("2026-12-01 09:00")}
    said = nothing_changed(
        Refused, lambda: calculating.take_up(**given, title="三日修灯", text="演示车灯有限公司东门的灯。")
    )
    assert "某企业" in said
    calculating.take_up(**given, title="三日修灯", text="当天到场，缺件先用备件，三日修好，回头再问企业。")
    row = calculated(world)
    score = of(world, row)
    assert score.tally["typical"] == 1
    assert score.total == Decimal("86.00")
    calculating.commend(
        row.pk, by=world.clerk, at=COUNTED, office_id=world.office("jianguan"), person="示build", words="件件回访。"
    )
    assert Commendation.objects.get().person == "示build"
    assert differences(row) == []


def test_a_veto_and_an_order_taken_back(world: "World", quarter: list[Case]) -> None:
    at = moment("2026-12-10 09:00")
    late = quarter[-1]
    world.press(Verb.SUPERVISE, late, "supervisor", at, note="请说明。", reply_by="3")
    world.press(Verb.SUPERVISE, late, "supervisor", at, note="请说明。", reply_by="3", level="supervise_2")
    from qinqing.cases.models import Urge

    second = Urge.objects.order_by("-pk")[0]
    world.press(Verb.CANCEL_ORDER, late, "supervisor", at, order=second.pk, reason="发错了。")
    row = calculated(world)
    score = of(world, row)
    assert (score.tally.get("supervised"), score.tally.get("supervised_again")) == (1, None)
    calculating.veto(score.pk, by=world.supervisor, at=COUNTED, ground="accident", note="调查报告认定。")
    score.refresh_from_db()
    assert score.veto == "因履职不力致事故被认定"
    assert differences(Listing.objects.get()) == []


@pytest.mark.clause("三要(三)-2")
def test_the_database_refuses_every_change_to_a_published_list(world: "World", quarter: list[Case]) -> None:
    row = published(world)
    score = of(world, row)
    behind = Evidence.objects.filter(score=score)[0]
    acts = [
        lambda: Listing.objects.filter(pk=row.pk).update(digest="x" * 64),
        lambda: Listing.objects.filter(pk=row.pk)._raw_delete("default"),
        lambda: Score.objects.filter(pk=score.pk).update(total=100),
        lambda: Evidence.objects.filter(pk=behind.pk).delete(),
        lambda: Appeal.objects.create(listing=row, score=score, case=behind.case, reason="x", at=AFTER, by_name="x"),
        lambda: Commendation.objects.create(listing=row, office=score.office, words="x", by_name="x", at=AFTER),
    ]
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    row.refresh_from_db()
    assert differences(row) == []


@pytest.mark.clause("三要(三)-3")
def test_a_year_is_made_of_its_published_quarters(world: "World", quarter: list[Case]) -> None:
    published(world)
    year = calculating.calculate(code="2026", by=world.clerk, at=AFTER)
    assert of(world, year).total == Decimal("84.00")
    assert differences(year) == []
    nothing_changed(Refused, lambda: deciding.open_appeals(year.pk, by=world.clerk, at=AFTER))
    deciding.submit(year.pk, by=world.clerk, at=AFTER)


def test_the_command_holds_the_lists_against_the_ledger(
    world: "World", quarter: list[Case], qinqing: Callable[..., tuple[int, str, str]]
) -> None:
    assert "还没有计算过" in qinqing("standings", "recount", "--town", "demo")[1]
    row = calculated(world)
    code, out, _ = qinqing("standings", "recount", "--town", "demo")
    assert (code, "一致" in out) == (0, True)
    Score.objects.filter(listing=row).update(side="red")
    assert qinqing("standings", "recount", "--town", "demo", "--json")[0] == 1


def test_a_changed_score_before_publication_is_named(world: "World", quarter: list[Case]) -> None:
    row = calculated(world)
    Score.objects.filter(pk=of(world, row).pk).update(total=Decimal("99.00"))
    assert any("建管办：得分榜上 99.00，重算 84.00" in one for one in differences(row))
