"""催办、督办、重点: who presses, how often, and that it is answered."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases import policy
from qinqing.cases.models import Urge
from qinqing.cases.reads.sheet import sheet
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices.models import Notice
from tests.cases.refusal import refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.mark.clause("二(二)1-诉求-跟进")
def test_the_enterprise_urges_once_a_stage_the_hub_at_any_time(world: "World") -> None:
    case = world.press(Verb.URGE, world.demand(), "owner", note="请快一点")
    with refused("enterprise_urges_once_a_stage"):
        world.press(Verb.URGE, case, "owner", note="再快一点")
    case = world.press(Verb.ACCEPT, case, "clerk", topic="streetlight", grade="ordinary")
    case = world.press(Verb.URGE, case, "owner", note="到哪一步了？")
    with refused("somebody_to_urge"):
        world.press(Verb.URGE, case, "clerk", note="请抓紧。")
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
    for number in (1, 2):
        case = world.press(Verb.URGE, case, "clerk", note="请抓紧。")
        assert Urge.objects.filter(level="urge").last().number == f"催办〔2026〕{number:04d}号"
    assert case.urge_waits


@pytest.mark.clause("二(二)1-诉求-跟进")
def test_the_enterprise_reads_what_was_said_to_its_own_urging_and_no_inner_order(world: "World") -> None:
    case = world.press(Verb.URGE, world.in_hand(), "owner", note="到哪一步了？")
    world.press(Verb.SUPERVISE, case, "supervisor", note="请说明进度。", reply_by="3")
    world.press(
        Verb.ANSWER_URGE, case, "build", note="配件周三到，已催供货商。", to_enterprise="配件周三到，周四修好。"
    )
    told = [entry.sentence for entry in sheet(world.owner, case.pk, NOW).entries]
    assert told[-2:] == ["企业催办 → 镇建设管理办公室", "镇建设管理办公室答复企业催办：配件周三到，周四修好。"]
    assert not any("督办" in sentence or "供货商" in sentence for sentence in told)
    world.press(Verb.URGE, case, "clerk", note="请抓紧。")
    world.press(Verb.ANSWER_URGE, case, "build", note="内部答复。")
    assert len(sheet(world.owner, case.pk, NOW).entries) == len(told)
    notices.pump(at=NOW)
    mine = Notice.objects.filter(account_id=world.owner.account_id or 0, kind="case.urge_answered")
    assert [notice.sentence.split("　")[1] for notice in mine] == ["配件周三到，周四修好。"]


@pytest.mark.clause("三要(三)-1")
def test_an_order_is_numbered_has_a_reply_by_and_is_answered_by_the_office(world: "World") -> None:
    case = world.press(Verb.SUPERVISE, world.in_hand(), "supervisor", note="请说明进度。", reply_by="3")
    row = Urge.objects.get()
    assert (row.number, row.reply_by) == ("督办〔2026〕0001号", moment("2026-11-26 17:30"))
    with refused("missing", field="note"):
        world.press(Verb.ANSWER_URGE, case, "build", note="")
    case = world.press(Verb.ANSWER_URGE, case, "build", note="周四修好。")
    row.refresh_from_db()
    assert (case.urge_waits, row.reply, row.replied_by_name) == (False, "周四修好。", world.build.name)
    with refused("urge_waits"):
        world.press(Verb.ANSWER_URGE, case, "build", note="再答一次。")


@pytest.mark.clause("三要(三)-1")
def test_only_supervision_and_the_leader_in_charge_order(world: "World") -> None:
    case = world.press(Verb.MARK_KEY, world.in_hand(), "clerk", reason="重大项目")
    for who in ("clerk", "head", "build", "village", "owner", "leader2"):
        with refused("not_allowed", kind=NotAllowed):
            world.press(Verb.SUPERVISE, case, who, note="限期", reply_by="1")
    with refused("reply_by_unknown", field="reply_by"):
        world.press(Verb.SUPERVISE, case, "supervisor", note="限期", reply_by="9")
    assert world.press(Verb.SUPERVISE, case, "leader", note="限期", reply_by="1").urge_waits


@pytest.mark.clause("三要(四)-5")
def test_supervision_reads_the_whole_town_and_writes_orders_only(world: "World") -> None:
    cases = [world.demand(), world.demand("owner2", firm="mould"), world.problem("law")]
    assert set(policy.visible_to(world.supervisor)) == set(cases)
    for verb, values in (
        (Verb.ACCEPT, {"topic": "streetlight", "grade": "ordinary"}),
        (Verb.DECLINE, {"reason": "other_town", "reply": "不办"}),
        (Verb.URGE, {"note": "快"}),
        (Verb.MARK_KEY, {"reason": "要紧"}),
    ):
        with refused("not_allowed", kind=NotAllowed):
            world.press(verb, cases[0], "supervisor", **values)


@pytest.mark.clause("三要(二)-2")
def test_a_key_matter_attaches_the_leaders_of_its_line_and_of_its_village(world: "World") -> None:
    case = world.accepted(by="owner2", firm="mould")
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
    for who in ("build", "supervisor"):
        with refused("not_allowed", kind=NotAllowed):
            world.press(Verb.MARK_KEY, case, who, reason="要紧")
    with refused("missing", field="reason"):
        world.press(Verb.MARK_KEY, case, "clerk", reason="")
    case = world.press(Verb.MARK_KEY, case, "clerk", reason="涉及重大项目")
    entry = ledger.entries_of("case", case.pk).last()
    assert case.is_key
    assert set(entry.facts["leaders"]) == {"示leader", "示leader2"}, "分管 of the department, 蹲点 of the village"
    with refused("not_key_yet"):
        world.press(Verb.MARK_KEY, case, "head", reason="再列一次")


@pytest.mark.clause("三要(二)-2")
def test_a_leader_sees_his_lines_and_villages_and_every_key_matter(world: "World") -> None:
    his, other = world.in_hand(), world.demand("owner2", firm="mould")
    assert policy.visible_to(world.leader).filter(pk=his.pk).exists()
    assert not policy.visible_to(world.leader).filter(pk=other.pk).exists()
    world.press(Verb.MARK_KEY, other, "clerk", reason="群体性")
    assert policy.visible_to(world.leader).filter(pk=other.pk).exists()
