"""五个工作日、延期、长期挂账: to the second, governed, and never restarted."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Extension, Suspension
from qinqing.cases.reads.lines import lamp_of
from qinqing.cases.reads.sheet import explain
from qinqing.cases.terms import terms_of
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed
from qinqing.ledger import reads as ledger
from tests.cases.refusal import refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from tests.cases.world import World

CLOSE = moment("2026-11-30 17:30")
TENTH = moment("2026-12-07 17:30")
WAIT = {"reason": "upper_pending", "scheme": "等区里批复后立即安装。", "next_reply_on": date(2026, 12, 15)}
LATE = {"reason": "expert_test", "new_due_on": "2026-12-04", "note": "要做检测。"}


def finish(world: "World", case: "Case", at: object) -> "Case":
    return world.press(Verb.FINISH, case, "build", at, outcome="solved", reply="已修好。", told_way="phone")  # type: ignore[arg-type]


@pytest.mark.clause("二(四)-2a", "二(四)-4")
def test_answered_at_half_past_five_is_in_time_and_a_second_later_is_late(world: "World") -> None:
    intime, late = world.in_hand(), world.in_hand()
    assert (intime.due_at, late.due_at) == (CLOSE, CLOSE)
    intime, late = finish(world, intime, CLOSE), finish(world, late, CLOSE.replace(second=1))
    facts = [ledger.entries_of("case", case.pk).last().facts["in_time"] for case in (intime, late)]
    assert facts == [True, False]
    assert lamp_of(intime, CLOSE).words == "待企业评价 · 用时5个工作日"
    assert lamp_of(late, CLOSE).words.startswith("超期办结")


@pytest.mark.clause("二(四)-4")
def test_the_limit_explains_itself_day_by_day_and_comes_out_the_same(world: "World") -> None:
    case = world.demand()
    due = explain(case, terms_of(case.plan_version_id))
    assert due is not None
    assert due.at == case.due_at
    assert [day.on.isoformat() for day in due.days if day.number] == [
        "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30",
    ]  # fmt: skip


@pytest.mark.clause("二(四)-4")
def test_the_clock_never_restarts_on_its_way_through_four_desks(world: "World") -> None:
    case = world.accepted()
    dues = [case.due_at]
    back = {"reason": "not_ours", "basis": "三（三）", "note": "非本单位。"}
    for verb, who, values in (
        (Verb.FORWARD, "clerk", {"lead": world.office("zhifa")}),
        (Verb.RETURN, "law", back),
        (Verb.ACCEPT_RETURN, "clerk", {}),
        (Verb.FORWARD, "clerk", {"lead": world.office("jianguan")}),
        (Verb.SIGN, "build", {"handler": world.build.account_id}),
        (Verb.FINISH, "build", {"outcome": "solved", "reply": "好了。", "told_way": "phone"}),
        (Verb.SEND_BACK, "clerk", {"note": "请写明哪天修好。"}),
    ):
        case = world.press(verb, case, who, moment("2026-11-24 10:00"), **values)
        dues.append(case.due_at)
    assert set(dues) == {CLOSE}
    assert case.tasks.get(state="working").due_at == CLOSE


@pytest.mark.clause("二(四)-5")
def test_an_extension_reaches_at_most_the_tenth_working_day_in_total(world: "World") -> None:
    case = world.in_hand()
    for day in ("2026-12-08", "2026-12-05", "2026-11-30", "2026-11-27", "明天", ""):
        with refused("extension_too_long", field="new_due_on"):
            world.press(Verb.ASK_EXTENSION, case, "build", **(LATE | {"new_due_on": day}))
    case = world.press(Verb.ASK_EXTENSION, case, "build", **(LATE | {"new_due_on": "2026-12-07"}))
    assert (case.due_at, case.extension) == (CLOSE, "asked"), "asking alone moves nothing"
    case = world.press(Verb.GRANT_EXTENSION, case, "head")
    assert (case.due_at, case.first_due_at, case.last_due_at) == (TENTH, CLOSE, TENTH)
    assert (case.tasks.get().due_at, Extension.objects.get().working_days) == (TENTH, 10)
    with refused("extended_only_once"):
        world.press(Verb.ASK_EXTENSION, case, "build", **LATE)


@pytest.mark.clause("二(四)-5")
def test_an_extension_is_asked_for_before_the_limit_or_not_at_all(world: "World") -> None:
    case = world.in_hand()
    with refused("before_due"):
        world.press(Verb.ASK_EXTENSION, case, "build", CLOSE.replace(second=1), **LATE)
    assert world.press(Verb.ASK_EXTENSION, case, "build", CLOSE, **LATE).extension == "asked"


@pytest.mark.clause("二(四)-5")
def test_only_the_head_of_the_hub_decides_and_work_waits_for_it(world: "World") -> None:
    case = world.press(Verb.ASK_EXTENSION, world.in_hand(), "build", **LATE)
    for who in ("clerk", "build_head", "leader"):
        with refused("not_allowed", kind=NotAllowed):
            world.press(Verb.GRANT_EXTENSION, case, who)
    with refused("not_while_extension_asked"):
        finish(world, case, NOW)
    with refused("missing", field="note"):
        world.press(Verb.REFUSE_EXTENSION, case, "head", note="")
    case = world.press(Verb.REFUSE_EXTENSION, case, "head", note="三天够了。")
    assert (case.extension, case.due_at) == ("refused", CLOSE)
    with refused("extension_waits"):
        world.press(Verb.GRANT_EXTENSION, case, "head")


def test_an_extension_needs_a_reason_of_the_list(world: "World") -> None:
    case = world.in_hand()
    with refused("reason_unknown", field="reason"):
        world.press(Verb.ASK_EXTENSION, case, "build", **(LATE | {"reason": "忙"}))
    with refused("missing", field="note"):
        world.press(Verb.ASK_EXTENSION, case, "build", **(LATE | {"note": ""}))


@pytest.mark.clause("二(四)-2c", "二(四)-5")
def test_beyond_ten_days_only_a_leader_lets_it_hang_with_staged_replies(world: "World") -> None:
    case = world.press(Verb.ASK_SUSPENSION, world.in_hand(), "build", **WAIT)
    assert (case.state, case.due_at) == ("in_hand", CLOSE)
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.SUSPEND, case, "head")
    case = world.press(Verb.SUSPEND, case, "leader", note="同意，抓紧。")
    assert (case.state, case.ended_at, case.due_at) == ("suspended", None, moment("2026-12-15 17:30"))
    assert case.first_due_at == CLOSE
    case = world.press(
        Verb.STAGE_REPLY,
        case,
        "build",
        moment("2026-12-15 10:00"),
        reply="区里已批。",
        next_reply_on=date(2026, 12, 22),
    )
    assert (case.due_at, case.feedbacks.get().is_staged) == (moment("2026-12-22 17:30"), True)
    case = world.press(Verb.RESUME, case, "build", moment("2026-12-21 09:00"), note="材料到齐。")
    assert (case.state, case.suspension) == ("in_hand", "")
    assert case.due_at == moment("2026-12-24 17:30"), "three working days for the last stretch"


def test_taken_up_again_early_it_has_no_less_time_than_it_was_promised(world: "World") -> None:
    case = world.press(Verb.ASK_SUSPENSION, world.in_hand(), "build", **WAIT)
    case = world.press(Verb.SUSPEND, case, "leader")
    lead = case.tasks.get()
    assert lead.due_at == case.due_at == moment("2026-12-15 17:30"), (
        "the office is not late where its leader moved the date"
    )
    case = world.press(Verb.RESUME, case, "build", moment("2026-11-24 09:00"), note="材料提前到齐。")
    lead.refresh_from_db()
    assert case.due_at == lead.due_at == CLOSE


def test_a_leader_of_another_line_does_not_decide(world: "World") -> None:
    case = world.press(Verb.MARK_KEY, world.in_hand(), "clerk", reason="重大项目")
    case = world.press(Verb.ASK_SUSPENSION, case, "build", **WAIT)
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.SUSPEND, case, "leader2")


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        ({"reason": "忙"}, "reason_unknown"),
        ({"scheme": ""}, "missing"),
        ({"next_reply_on": date(2026, 11, 23)}, "reply_date_past"),
        ({"next_reply_on": date(2027, 2, 24)}, "reply_date_far"),
    ],
)
def test_hanging_needs_a_reason_a_scheme_and_a_near_reply(world: "World", spoilt: dict[str, object], code: str) -> None:
    case = world.in_hand()
    with refused(code, field=next(iter(spoilt))):
        world.press(Verb.ASK_SUSPENSION, case, "build", **(WAIT | spoilt))


def test_a_suspension_decided_after_its_reply_date_is_refused(world: "World") -> None:
    case = world.press(Verb.ASK_SUSPENSION, world.in_hand(), "build", **(WAIT | {"next_reply_on": date(2026, 11, 25)}))
    with refused("reply_date_past"):
        world.press(Verb.SUSPEND, case, "leader", moment("2026-11-25 09:00"))
    world.press(Verb.REFUSE_SUSPENSION, case, "leader", note="请重报。")
    assert Suspension.objects.get().state == "refused"
