"""点对点: between an enterprise and its officers, and nobody else."""

from typing import TYPE_CHECKING

import pytest

from qinqing.grids import reads as grids
from qinqing.grids.actions import officers
from qinqing.grids.actions.ties import tie
from qinqing.grids.words import Rank
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from qinqing.outreach.actions.messages import mark_messages_read, send_message
from qinqing.outreach.models import Message
from qinqing.outreach.reads import contacts
from qinqing.people import reads as people
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World


def name_deputy(world: "World") -> None:
    row = officers.name_officer(
        community_id=world.office("cun01"),
        name="示deputy",
        grid_ids=[grids.grids_of(world.office("cun01"))[0].pk],
        by=world.village,
        at=NOW,
    )
    tie(
        enterprise_id=world.firms["lamp"],
        officer_id=row.post.account_id,
        rank=Rank.DEPUTY,
        by=world.village,
        at=NOW,
    )
    world.who["deputy"] = people.actor_of(people.posts_of(row.post.account_id, NOW.date())[0])


def write(world: "World", by: str, text: str = "变压器坏了，能帮忙问问吗？") -> Message:
    return send_message(enterprise_id=world.firms["lamp"], text=text, by=world.who[by], at=NOW)


@pytest.mark.clause("附1-(1)a")
class TestPointToPoint:
    def test_a_message_reaches_its_officer_and_the_deputy_only(self, world: "World") -> None:
        name_deputy(world)
        write(world, "owner")
        notices.pump(at=NOW)
        told = [
            name
            for name, actor in world.who.items()
            if any(one.kind == "message.from_enterprise" for one in inbox.inbox(actor))
        ]
        assert told == ["officer", "deputy"]
        assert inbox.inbox(world.officer)[0].action
        assert len(contacts.thread(world.deputy, world.firms["lamp"])) == 1

    def test_both_sides_read_it_and_nobody_else(self, world: "World") -> None:
        write(world, "owner")
        write(world, "officer", "已报供电所，下午来人。")
        for name in ("owner", "officer"):
            assert [one.is_from_enterprise for one in contacts.thread(world.who[name], world.firms["lamp"])] == [
                False,
                True,
            ]
        for name in ("officer2", "village", "clerk", "head", "law", "leader", "supervisor", "owner2", "sysadmin"):
            with pytest.raises(NotFound):
                contacts.thread(world.who[name], world.firms["lamp"])
            with pytest.raises(NotFound):
                write(world, name)
        assert Message.objects.count() == 2

    def test_the_ledger_knows_that_there_was_one_and_not_what_it_said(self, world: "World") -> None:
        write(world, "owner", "秘密的事")
        entry = ledger.entries_of("message", world.firms["lamp"]).get()
        assert "秘密" not in entry.sentence + entry.facts_text
        assert entry.actor_id == world.owner.account_id


class TestReading:
    def test_unread_is_counted_for_the_other_side(self, world: "World") -> None:
        write(world, "owner")
        assert (contacts.unread(world.officer), contacts.unread(world.owner)) == (1, 0)
        assert [(one.enterprise, one.unread) for one in contacts.threads(world.officer)] == [("演示车灯有限公司", 1)]
        mark_messages_read(enterprise_id=world.firms["lamp"], by=world.officer, at=NOW)
        assert contacts.unread(world.officer) == 0

    def test_nothing_written_is_nothing_sent(self, world: "World") -> None:
        with pytest.raises(Refused):
            write(world, "owner", "  ")
        assert not Message.objects.exists()
