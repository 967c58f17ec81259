"""批示: a leader writes one on a matter of his line, whoever has the matter replies, and it cannot be forgotten."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Instruction, Tally
from qinqing.cases.reads import waiting
from qinqing.cases.reads.sheet import sheet
from qinqing.cases.reads.today import today
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed, Refused
from qinqing.notices import actions as notices
from qinqing.notices.models import Notice
from tests.cases.refusal import refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from tests.cases.world import World

TEXT = "路灯关系夜班安全，请建管办三天内修好，配件从库存先调。"


def _instructed(world: "World", case: "Case", by: str = "leader", **more: object) -> "Case":
    given = {"note": TEXT, "leading": "push", "reply_by": "2"} | more
    return world.press(Verb.INSTRUCT, case, by, **given)


def _to_reply(world: "World", office: str) -> int:
    return Tally.objects.filter(office=world.office(office), pile="to_reply", count__gt=0).count()


@pytest.mark.clause("三要(二)-3")
def test_an_instruction_is_numbered_and_lies_with_the_office_until_it_replies(world: "World") -> None:
    case = _instructed(world, world.in_hand())
    row = Instruction.objects.get()
    assert (row.number, row.reply_by) == ("批示〔2026〕0001号", moment("2026-11-25 17:30"))
    assert (row.get_leading_display(), row.leader_id) == ("调度推进", world.leader.account_id)
    assert (_to_reply(world, "jianguan"), _to_reply(world, "jingke")) == (1, 0)
    first = today(world.build, NOW)[0]
    assert first.instructed
    assert first.next is not None
    assert first.next.verb is Verb.ANSWER_INSTRUCTION
    assert [entry.facts["note"] for entry in waiting.answered(case, Verb.ANSWER_INSTRUCTION)] == [TEXT]
    case = world.press(Verb.ANSWER_INSTRUCTION, case, "build", note="库存已调，今晚装。", files=[])
    row.refresh_from_db()
    assert (case.instruction_waits, row.reply) == (False, "库存已调，今晚装。")
    assert _to_reply(world, "jianguan") == 0
    assert world.verbs(case)[-2:] == ["批示", "回复批示"]


@pytest.mark.clause("三要(二)-2")
def test_only_the_leader_of_the_line_or_the_village_instructs(world: "World") -> None:
    case = world.in_hand()
    for who in ("leader2", "clerk", "head", "build", "village", "supervisor", "owner"):
        with pytest.raises(Refused):
            _instructed(world, case, who)
    assert not Instruction.objects.exists()
    key = world.press(Verb.MARK_KEY, case, "clerk", reason="重大项目")
    with refused("not_allowed", kind=NotAllowed):  # he reads a key matter, it is not in his charge
        _instructed(world, key, "leader2")


@pytest.mark.parametrize(
    ("more", "field"), [({"note": " "}, "note"), ({"note": "字" * 501}, "note"), ({"leading": "x"}, "leading"), ({"reply_by": "9"}, "reply_by")]
)  # fmt: skip
def test_what_is_missing_is_said_beside_the_field(world: "World", more: dict[str, str], field: str) -> None:
    case = world.in_hand()
    with pytest.raises(Refused) as found:
        _instructed(world, case, **more)
    assert found.value.field == field
    case.refresh_from_db()
    assert not case.instruction_waits
    assert not Instruction.objects.exists()


def test_it_follows_the_matter_and_the_hub_replies_while_no_office_has_it(world: "World") -> None:
    case = _instructed(world, world.accepted())
    assert (_to_reply(world, "jingke"), Instruction.objects.get().office_name) == (1, world.clerk.office_name)
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
    assert (_to_reply(world, "jingke"), _to_reply(world, "jianguan")) == (0, 1)
    with refused("instruction_is_ours"):
        world.press(Verb.ANSWER_INSTRUCTION, case, "clerk", note="已转建管办。", files=[])
    world.press(Verb.ANSWER_INSTRUCTION, case, "build_head", note="已安排。", files=[])
    with refused("instruction_waits"):
        world.press(Verb.ANSWER_INSTRUCTION, case, "build_head", note="再答。", files=[])


def test_nothing_is_written_off_over_an_open_instruction(world: "World") -> None:
    case = _instructed(world, world.answered())
    case = world.press(Verb.REGISTER, case, "clerk", note="")
    with refused("instructions_are_answered"):
        world.press(Verb.WRITE_OFF, case, "clerk", note="")
    case = world.press(Verb.ANSWER_INSTRUCTION, case, "clerk", note="已修好，照片在案。", files=[])
    assert world.press(Verb.WRITE_OFF, case, "clerk", note="").state == "written_off"


def test_office_hub_and_handler_are_told_the_leader_hears_the_reply_the_enterprise_nothing(world: "World") -> None:
    case = _instructed(world, world.in_hand())
    world.press(Verb.ANSWER_INSTRUCTION, case, "build", note="今晚装。", files=[])
    notices.pump(at=NOW)
    told = {kind: set(Notice.objects.filter(kind=kind).values_list("account_id", flat=True)) for kind in (
        "case.instructed", "case.instruction_answered"
    )}  # fmt: skip
    assert {world.build.account_id, world.build_head.account_id, world.clerk.account_id} <= told["case.instructed"]
    assert world.leader.account_id in told["case.instruction_answered"]
    assert world.owner.account_id not in told["case.instructed"] | told["case.instruction_answered"]
    seen = sheet(world.owner, case.pk, NOW)
    assert seen.instructions == []
    assert not any("批示" in entry.sentence for entry in seen.entries)
    assert [one.reply for one in sheet(world.leader, case.pk, NOW).instructions] == ["今晚装。"]
