"""提交、退请补充、接办、不予受理、并案: how a demand comes in and what the hub may do with it first."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from qinqing.cases import policy
from qinqing.cases.actions.submit import submit
from qinqing.cases.models import Feedback
from qinqing.cases.words import Verb
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import cards
from qinqing.kernel.errors import NotAllowed, NotFound, TooLate
from qinqing.ledger import reads as ledger
from tests.cases.refusal import refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.mark.clause("二(二)1-诉求-提交")
def test_the_owner_submits_and_reads_number_and_promised_moment(world: "World") -> None:
    case = world.demand()
    assert (case.number, case.state, case.source) == ("诉〔2026〕0001号", "submitted", "portal")
    assert case.title == "厂区东门外三盏路灯不亮，夜班工人下班不安全"
    assert case.due_at == moment("2026-11-30 17:30")
    assert case.hub_id == world.office("jingke")
    assert (case.first_asked_id, case.first_asked_name) == (None, "")
    entry = ledger.entries_of("case", case.pk).get()
    assert (entry.verb, entry.clause, entry.actor_id) == ("提交", "二(二)1-诉求-提交", world.owner.account_id)
    assert entry.facts["text"] == case.text


@pytest.mark.clause("二(一)-7")
@pytest.mark.parametrize("who", ["clerk", "build", "officer", "village2", "leader", "supervisor", "discipline"])
def test_any_member_of_staff_takes_a_demand_down_and_stays_the_first_asked(world: "World", who: str) -> None:
    by = world.who[who]
    case = world.demand(who)
    assert (case.first_asked_id, case.first_asked_name) == (by.account_id, f"{by.office_name}·{by.name}")
    assert case.source == "proxy"
    case = world.press(Verb.ACCEPT, case, "clerk2", topic="streetlight", grade="ordinary")
    case = world.press(Verb.FORWARD, case, "clerk2", lead=world.office("jianguan"))
    assert case.first_asked_id == by.account_id, "who was asked first never changes"
    if who != "discipline":  # reads what came of it, whatever office it went to
        assert policy.visible_to(by).filter(pk=case.pk).exists()


def test_the_clock_starts_when_the_enterprise_said_it(world: "World") -> None:
    case = world.demand("officer", told_at=moment("2026-11-19 15:00"))
    assert (case.clock_at, case.submitted_at) == (moment("2026-11-19 15:00"), NOW)
    assert case.due_at == moment("2026-11-26 17:30")


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"text": " \u3000\n "}, "missing", "text"),
        ({"text": "字" * 10_001}, "too_long", "text"),
        ({"title": "题" * 81}, "too_long", "title"),
        ({"topic": "没有这一类"}, "topic_unknown", "topic"),
        ({"told_at": NOW + timedelta(seconds=1)}, "told_in_future", "told_at"),
        ({"told_at": NOW - timedelta(days=30, seconds=1)}, "told_too_long_ago", "told_at"),
    ],
)
def test_a_submission_that_cannot_be_taken_says_why_beside_the_field(
    world: "World", given: dict[str, object], code: str, field: str
) -> None:
    with refused(code, field=field):
        world.demand("officer", **given)


def test_an_administrator_submits_nothing(world: "World") -> None:
    with refused("not_allowed", kind=NotAllowed):
        world.demand("sysadmin")


def test_an_owner_cannot_speak_for_another_firm(world: "World") -> None:
    with refused("not_found", kind=NotFound):
        world.demand("owner", firm="mould")


def test_whoever_scans_the_card_gives_his_name_with_it(world: "World") -> None:
    cards.issue_card(enterprise_id=world.firms["lamp"], by=world.clerk, at=NOW)
    bearer = enterprises.actor_of_card(enterprises.card_token(world.clerk, world.firms["lamp"]))
    assert bearer is not None
    case = submit(by=bearer, at=NOW, enterprise_id=world.firms["lamp"], text="招不到人。", submitter_name="门卫老示")
    assert (case.source, case.submitter_id) == ("card", None)
    assert case.submitter_name.endswith("·门卫老示")


def test_numbers_run_on_without_gaps_and_a_refused_one_uses_none(world: "World") -> None:
    first = world.demand()
    with refused("missing", field="text"):
        world.demand(text="")
    second, problem = world.demand("owner2", firm="mould"), world.problem("officer")
    later = world.demand(at=moment("2027-01-04 09:00"))
    assert [case.number for case in (first, second, problem, later)] == [
        "诉〔2026〕0001号", "诉〔2026〕0002号", "问〔2026〕0001号", "诉〔2027〕0001号",
    ]  # fmt: skip


@pytest.mark.clause("二(二)0-3")
def test_the_hub_accepts_with_topic_and_grade_and_the_limit_stands(world: "World") -> None:
    case = world.demand()
    case = world.press(Verb.ACCEPT, case, "clerk", topic="streetlight", grade="special")
    assert (case.state, case.topic, case.topic_name, case.grade) == ("accepted", "streetlight", "路灯", "special")
    assert (case.accepted_at, case.due_at) == (NOW, moment("2026-11-30 17:30"))


@pytest.mark.clause("二(二)0-3")
@pytest.mark.parametrize("who", ["village", "officer", "leader", "supervisor", "owner"])
def test_nobody_but_the_hub_accepts(world: "World", who: str) -> None:
    case = world.demand()
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.ACCEPT, case, who, topic="streetlight", grade="ordinary")


def test_a_department_does_not_even_see_what_was_not_given_to_it(world: "World") -> None:
    case = world.demand()
    with refused("not_found", kind=NotFound):
        world.press(Verb.ACCEPT, case, "build", topic="streetlight", grade="ordinary")


def test_accepting_asks_for_a_topic_and_a_grade_of_the_lists(world: "World") -> None:
    case = world.demand()
    with refused("topic_unknown", field="topic"):
        world.press(Verb.ACCEPT, case, "clerk", topic="", grade="ordinary")
    with refused("grade_unknown", field="grade"):
        world.press(Verb.ACCEPT, case, "clerk", topic="streetlight", grade="urgent")


def test_a_question_goes_to_the_submitter_and_the_clock_runs_on(world: "World") -> None:
    case = world.demand()
    case = world.press(Verb.ASK, case, "clerk", question="是哪三盏灯，有编号吗？")
    assert (case.state, case.due_at) == ("clarifying", moment("2026-11-30 17:30"))
    with refused("moved_on", kind=TooLate):
        world.press(Verb.ACCEPT, case, "clerk2", topic="streetlight", grade="ordinary")
    case = world.press(Verb.SUPPLY, case, "owner", answer="灯杆编号 D12 到 D14。")
    assert (case.state, case.due_at) == ("submitted", moment("2026-11-30 17:30"))


def test_only_the_firm_or_who_submitted_for_it_supplies(world: "World") -> None:
    case = world.press(Verb.ASK, world.demand("officer"), "clerk", question="哪一天发现的？")
    with refused("not_found", kind=NotFound):
        world.press(Verb.SUPPLY, case, "owner2", answer="不是我们的")
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.SUPPLY, case, "clerk", answer="上周五。")
    assert world.press(Verb.SUPPLY, case, "officer", answer="上周五。").state == "submitted"


@pytest.mark.clause("二(四)-3")
def test_declining_needs_a_reason_of_the_list_and_a_reply(world: "World") -> None:
    case = world.demand()
    with refused("reason_unknown", field="reason"):
        world.press(Verb.DECLINE, case, "clerk", reason="不想办", reply="不办。")
    with refused("missing", field="reply"):
        world.press(Verb.DECLINE, case, "clerk", reason="other_town", reply="")
    case = world.press(Verb.DECLINE, case, "clerk", reason="other_town", reply="灯在邻镇，请拨打12345。")
    assert (case.state, case.ended_at, case.decline_reason) == ("declined", NOW, "other_town")
    assert ledger.entries_of("case", case.pk).last().facts["reply"] == "灯在邻镇，请拨打12345。"
    assert not Feedback.objects.exists()


@pytest.mark.clause("二(二)0-2")
def test_merging_lets_both_submitters_follow_the_other_case(world: "World") -> None:
    kept, double = world.demand(), world.demand("officer", text="东门路灯坏了。")
    case = world.press(Verb.MERGE, double, "clerk", into="诉[2026]0001")
    assert (case.state, case.merged_into_id, case.ended_at) == ("merged", kept.pk, NOW)
    assert policy.visible_to(world.officer).filter(pk=kept.pk).exists()


@pytest.mark.parametrize("into", ["诉〔2026〕9999号", "诉〔2026〕0001号", "问〔2026〕0001号", "", "诉〔2026〕0002号"])
def test_merging_needs_another_open_case_of_the_same_kind(world: "World", into: str) -> None:
    case = world.demand()
    gone = world.demand("owner2", firm="mould")
    world.press(Verb.WITHDRAW, gone, "owner2", reason="解决了")
    world.problem("officer")
    with refused("merge_target", field="into"):
        world.press(Verb.MERGE, case, "clerk", into=into)


@pytest.mark.clause("一-1")
def test_the_enterprise_withdraws_before_it_is_answered_and_never_after(world: "World") -> None:
    case = world.in_hand()
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.WITHDRAW, case, "clerk", reason="替企业撤回")
    case = world.press(Verb.WITHDRAW, case, "owner", reason="自己修好了")
    assert (case.state, case.ended_at, case.tasks.get().state) == ("withdrawn", NOW, "recalled")
    answered = world.answered()
    with refused("moved_on", kind=TooLate):
        world.press(Verb.WITHDRAW, answered, "owner", reason="不要了")
