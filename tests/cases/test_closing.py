"""办结反馈、整理、销账、评价、重办: nothing closes without an answer, and a dissatisfied owner is heard."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from qinqing.cases.models import Case, Feedback, Holding, Rating
from qinqing.cases.reads import sheet as sheets
from qinqing.cases.reads.books import balance
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed, TooLate
from qinqing.ledger import reads as ledger
from tests.cases.refusal import refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World

ANSWER = {"outcome": "solved", "reply": "三盏灯都已修好。", "told_way": "phone"}
UNHAPPY = {"solved": "no", "satisfaction": "dissatisfied", "comment": "还是不亮"}


@pytest.mark.clause("二(四)-3", "二(四)-6")
def test_one_act_answers_the_enterprise_and_tells_the_hub(world: "World") -> None:
    case = world.answered()
    reply = Feedback.objects.get(case=case)
    assert (reply.reply, reply.outcome, reply.told_way, reply.told_at) == ("三盏灯都已修好。", "solved", "phone", NOW)
    entry = ledger.entries_of("case", case.pk).last()
    assert (entry.verb, entry.clause) == ("办结反馈", "二(四)-6")
    assert world.office("jingke") in entry.facts["office_ids"]
    assert (case.state, case.answered_at) == ("answered", NOW)


@pytest.mark.clause("二(四)-3")
@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        ({"reply": " "}, "missing"),
        ({"outcome": ""}, "outcome_unknown"),
        ({"outcome": "rectified"}, "outcome_unknown"),
        ({"told_way": "没告知"}, "told_way_missing"),
        ({"told_at": NOW + timedelta(seconds=1)}, "told_at_wrong"),
        ({"told_at": NOW - timedelta(days=1)}, "told_at_wrong"),
    ],
)
def test_no_demand_is_finished_without_a_reply_outcome_and_way(
    world: "World", spoilt: dict[str, object], code: str
) -> None:
    case = world.in_hand()
    with refused(code, field=next(iter(spoilt))):
        world.press(Verb.FINISH, case, "build", **(ANSWER | spoilt))


@pytest.mark.clause("二(四)-2c")
def test_no_write_off_without_registering_and_no_registering_without_an_answer(world: "World") -> None:
    case = world.in_hand()
    for verb in (Verb.REGISTER, Verb.WRITE_OFF):
        with refused("moved_on", kind=TooLate):
            world.press(verb, case, "clerk")
    case = world.press(Verb.FINISH, case, "build", **ANSWER)
    with refused("is_registered"):
        world.press(Verb.WRITE_OFF, case, "clerk")
    for who in ("build", "leader", "supervisor"):
        with refused("not_allowed", kind=NotAllowed):
            world.press(Verb.REGISTER, case, who)
    case = world.press(Verb.REGISTER, case, "clerk")
    case = world.press(Verb.WRITE_OFF, case, "clerk2")
    assert (case.state, case.ended_at) == ("written_off", NOW)


@pytest.mark.clause("二(四)-2c")
def test_the_database_itself_refuses_a_write_off_without_answer_and_register(world: "World") -> None:
    case = world.in_hand()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="written_off")


def test_the_hub_sends_an_incomplete_answer_back_and_the_clock_has_never_stopped(world: "World") -> None:
    case = world.answered()
    with refused("missing", field="note"):
        world.press(Verb.SEND_BACK, case, "clerk", note="")
    case = world.press(Verb.SEND_BACK, case, "clerk", note="没写哪天修好。")
    assert (case.state, case.answered_at, case.due_at) == ("in_hand", None, moment("2026-11-30 17:30"))
    assert case.tasks.get().state == "working"
    case = world.press(Verb.FINISH, case, "build", **ANSWER)
    assert Feedback.objects.count() == 2, "the first answer stays on record"


@pytest.mark.clause("三要(四)-5")
def test_the_rating_is_given_once_a_round_and_hidden_from_the_handler_for_fifteen_days(world: "World") -> None:
    case = world.answered()
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.RATE, case, "build", solved="yes", satisfaction="very")
    with refused("satisfaction_missing", field="satisfaction"):
        world.press(Verb.RATE, case, "owner", solved="yes", satisfaction="十分")
    case = world.press(Verb.RATE, case, "owner", solved="yes", satisfaction="fairly", comment="慢了点")
    with refused("rating_open"):
        world.press(Verb.RATE, case, "owner", solved="no", satisfaction="very")
    last_day = NOW + timedelta(days=15)
    for who in ("build", "build_head"):
        assert sheets.sheet(world.who[who], case.pk, last_day - timedelta(seconds=1)).ratings == []
        assert [row.satisfaction for row in sheets.sheet(world.who[who], case.pk, last_day).ratings] == ["fairly"]
    for who in ("clerk", "supervisor", "leader", "owner"):
        assert len(sheets.sheet(world.who[who], case.pk, NOW).ratings) == 1


def test_the_rating_ends_after_fifteen_days_also_when_written_off(world: "World") -> None:
    case = world.press(Verb.WRITE_OFF, world.press(Verb.REGISTER, world.answered(), "clerk"), "clerk")
    end = NOW + timedelta(days=15)
    with refused("rating_open"):
        world.press(Verb.RATE, case, "owner", end + timedelta(seconds=1), solved="yes", satisfaction="very")
    assert world.press(Verb.RATE, case, "owner", end, solved="yes", satisfaction="very").satisfaction == "very"


@pytest.mark.clause("三要(四)-5", "二(四)-2c")
def test_a_dissatisfied_rating_is_settled_before_the_case_is_written_off(world: "World") -> None:
    case = world.press(Verb.RATE, world.answered(), "owner", **UNHAPPY)
    case = world.press(Verb.REGISTER, case, "clerk")
    with refused("complaint_settled"):
        world.press(Verb.WRITE_OFF, case, "clerk")
    with refused("missing", field="note"):
        world.press(Verb.DISMISS_RATING, case, "clerk", note="")
    case = world.press(Verb.DISMISS_RATING, case, "clerk", note="现场看过，灯亮。")
    assert (case.complaint, Rating.objects.get().satisfaction) == ("dismissed", "dissatisfied")
    assert world.press(Verb.WRITE_OFF, case, "clerk").state == "written_off"


@pytest.mark.clause("三要(四)-5", "二(四)-2c")
def test_reopening_gives_three_working_days_and_keeps_the_first_round(world: "World") -> None:
    case = world.press(Verb.RATE, world.answered(), "owner", **UNHAPPY)
    case = world.press(Verb.REOPEN, case, "clerk", note="再修。")
    assert (case.state, case.round, case.reopenings) == ("in_hand", 2, 1)
    assert (case.due_at, case.first_due_at) == (moment("2026-11-26 17:30"), moment("2026-11-30 17:30"))
    assert [(t.round, t.state) for t in case.tasks.all()] == [(1, "done"), (2, "offered")]
    assert Feedback.objects.get(case=case).round == 1
    assert Holding.objects.filter(case=case, closed_at__isnull=True).count() == 2


@pytest.mark.clause("三要(四)-5")
def test_the_hub_reopens_once_then_only_the_leader(world: "World") -> None:
    case = world.press(Verb.RATE, world.answered(), "owner", **UNHAPPY)
    case = world.press(Verb.REOPEN, case, "clerk", note="再修。")
    case = world.press(Verb.SIGN, case, "build", handler=world.build.account_id)
    case = world.press(Verb.FINISH, case, "build", **ANSWER)
    with refused("complaint_open"):
        world.press(Verb.REOPEN, case, "clerk", note="无故重办。")
    case = world.press(Verb.RATE, case, "owner", **UNHAPPY)
    for who in ("clerk", "head"):
        with refused("second_reopening_is_the_leaders"):
            world.press(Verb.REOPEN, case, who, note="再重办。")
    case = world.press(Verb.REOPEN, case, "leader", note="限三日。")
    assert (case.round, case.reopenings) == (3, 2)


@pytest.mark.clause("二(四)-2c")
def test_the_account_of_every_office_balances_over_two_months(world: "World") -> None:
    november = world.answered()
    held = world.in_hand()
    world.press(Verb.REGISTER, november, "clerk", moment("2026-12-01 09:00"))
    world.press(Verb.WRITE_OFF, november, "clerk", moment("2026-12-01 09:05"))
    for office in ("jingke", "jianguan"):
        first, second = (balance(world.office(office), month) for month in ("2026-11", "2026-12"))
        assert (first.opening, first.hung, first.cleared, first.closing) == (0, 2, 0, 2)
        assert (second.opening, second.hung, second.cleared, second.closing) == (2, 0, 1, 1)
    assert held.state == "in_hand"
