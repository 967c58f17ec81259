"""代提诉求 and 联系记录: what an enterprise says reaches the hub, once, with the moment it was said."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from qinqing.cases.models import Attachment, Case
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.outreach.actions.contacts import note_contact, turn_into_demand
from qinqing.outreach.models import ContactNote
from qinqing.outreach.reads import contacts
from tests.cases.world import NOW, moment
from tests.outreach.phone import codes, ms, record, sent, take_in

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.mark.clause("附1-(3)a", "二(一)-7")
class TestDemand:
    def test_goes_to_the_hub_with_when_it_was_told_and_who_was_first_asked(self, world: "World") -> None:
        told = NOW - timedelta(minutes=50)
        rec = record("demand", enterprise=world.firms["lamp"])
        flags = take_in(
            world,
            rec,
            {
                "title": "招工难",
                "text": "缺十名注塑工",
                "topic": "recruitment",
                "told_ms": ms(told),
                "contact_name": "示老板",
            },
        )
        case = Case.objects.get()
        assert flags == []
        assert (case.title, case.topic, case.state) == ("招工难", "recruitment", "submitted")
        assert case.told_at == told
        assert case.clock_at == told
        assert case.first_asked_id == world.officer.account_id
        assert "联系人：示老板" in case.text
        assert ledger.entries_of("case", case.pk).get().actor_id == world.officer.account_id

    def test_the_phones_clock_is_corrected(self, world: "World") -> None:
        three_days = 3 * 86_400_000
        rec = record("demand", enterprise=world.firms["lamp"], offset_ms=three_days)
        take_in(world, rec, {"text": "路灯", "told_ms": ms(NOW - timedelta(hours=1)) + three_days})
        assert Case.objects.get().told_at == NOW - timedelta(hours=1)

    def test_the_same_record_is_one_demand(self, world: "World") -> None:
        rec = record("demand", enterprise=world.firms["lamp"])
        for _ in range(3):
            take_in(world, rec, {"text": "路灯不亮"})
        assert Case.objects.count() == 1

    def test_what_reached_the_hub_late_is_flagged_with_both_moments(self, world: "World") -> None:
        rec = record("demand", enterprise=world.firms["lamp"])
        told = moment("2026-11-20 10:00")  # a Friday; NOW is Monday morning
        assert codes(take_in(world, rec, {"text": "路灯", "told_ms": ms(told)})) == ["relayed_late"]
        case = Case.objects.get()
        assert case.told_at == told
        assert case.clock_at == told

    def test_told_at_the_end_of_friday_and_handed_over_on_monday_morning_is_no_delay(self, world: "World") -> None:
        rec = record("demand", enterprise=world.firms["lamp"])
        told = moment("2026-11-20 16:30")
        assert take_in(world, rec, {"text": "路灯", "told_ms": ms(told)}) == []

    def test_pictures_hang_on_the_case_under_their_digest(self, world: "World") -> None:
        photo = sent(7)
        rec = record("demand", enterprise=world.firms["lamp"], attachments=(photo,))
        flags = take_in(world, rec, {"text": "路灯", "photos": [str(photo.id), str(uuid4())]})
        assert codes(flags) == ["attachment_unknown"]
        assert Attachment.objects.get().digest == photo.sha256


class TestOddDemand:
    @pytest.mark.parametrize(
        ("data", "flag"),
        [
            ({}, "text_blank"),
            ({"text": "路灯", "topic": "nonsense"}, "choice_unknown"),
            ({"text": "长" * 20_000}, "text_cut"),
            ({"text": ["not", "text"]}, "text_odd"),
            ({"text": "路灯", "told_ms": ms(NOW + timedelta(days=2))}, "time_ahead"),
            ({"text": "路灯", "told_ms": "soon"}, "time_odd"),
            ({"text": "路灯", "told_ms": ms(NOW - timedelta(days=40))}, "told_long_ago"),
            ({"text": "路灯", "told_ms": 10**30}, "time_odd"),
        ],
    )
    def test_becomes_a_demand_all_the_same(self, world: "World", data: dict[str, object], flag: str) -> None:
        rec = record("demand", enterprise=world.firms["lamp"])
        assert flag in codes(take_in(world, rec, data))
        assert Case.objects.count() == 1

    def test_of_no_firm_waits_for_a_person(self, world: "World") -> None:
        for firm in (None, 987_654):
            with pytest.raises(Refused):
                take_in(world, record("demand", enterprise=firm), {"text": "路灯"})
        assert not Case.objects.exists()

    def test_what_is_no_object_is_unreadable(self, world: "World") -> None:
        with pytest.raises(TypeError):
            take_in(world, record("demand", enterprise=world.firms["lamp"]), ["x"])  # type: ignore[arg-type]


@pytest.mark.clause("附1-(1)a")
class TestContactLog:
    def note(self, world: "World", **more: object) -> ContactNote:
        given = {
            "note_id": uuid4(),
            "enterprise_id": world.firms["lamp"],
            "text": "问补贴几时发",
            "by": world.officer,
            "at": NOW,
        }
        return note_contact(**(given | more))  # type: ignore[arg-type]

    @pytest.mark.clause("二(一)-5")
    def test_is_kept_once_and_entered_in_the_ledger(self, world: "World") -> None:
        key = uuid4()
        for _ in range(2):
            self.note(world, note_id=key, way="wechat", with_name="示老板")
        line = contacts.log(world.officer)[0][0]
        assert (line.way, line.with_name, line.text, line.may_turn) == ("微信", "示老板", "问补贴几时发", True)
        assert [entry.verb for entry in ledger.entries_of("contact", number_of(key))] == ["联系记录"]

    @pytest.mark.clause("二(一)-5")
    def test_becomes_a_demand_in_one_press_told_when_it_was_said(self, world: "World") -> None:
        note = self.note(world, made_at=NOW - timedelta(hours=1))
        turn_into_demand(note_id=note.pk, by=world.officer, at=NOW)
        case = Case.objects.get()
        assert case.told_at == NOW - timedelta(hours=1)
        assert case.first_asked_id == world.officer.account_id
        line = contacts.log(world.officer)[0][0]
        assert (line.case_id, line.may_turn) == (case.pk, False)
        with pytest.raises(Refused, match="已经转为"):
            turn_into_demand(note_id=note.pk, by=world.officer, at=NOW)
        assert Case.objects.count() == 1

    def test_only_who_heard_it_turns_it(self, world: "World") -> None:
        note = self.note(world)
        with pytest.raises(NotAllowed, match="首问"):
            turn_into_demand(note_id=note.pk, by=world.clerk, at=NOW)
        with pytest.raises(NotFound):
            turn_into_demand(note_id=note.pk, by=world.officer2, at=NOW)
        assert not Case.objects.exists()

    @pytest.mark.parametrize("who", ["officer", "village", "clerk", "supervisor", "leader"])
    def test_is_read_by_those_who_serve_the_firm(self, world: "World", who: str) -> None:
        self.note(world)
        assert len(contacts.log(world.who[who])[0]) == 1

    @pytest.mark.parametrize("who", ["officer2", "village2", "build", "law", "owner", "leader2", "discipline"])
    def test_and_by_nobody_else(self, world: "World", who: str) -> None:
        note = self.note(world)
        assert contacts.log(world.who[who]) == ([], "")
        with pytest.raises(NotFound):
            contacts.note(world.who[who], note.pk)

    def test_from_the_phone_with_the_tick_it_is_a_demand_at_once(self, world: "World") -> None:
        rec = record("contact", enterprise=world.firms["lamp"])
        data = {"way": "phone", "text": "变压器要增容", "with_name": "示老板", "wants_demand": True}
        assert take_in(world, rec, data) == []
        assert take_in(world, rec, data) == []
        assert Case.objects.get().text.startswith("变压器要增容")
        assert ContactNote.objects.get().case_id == Case.objects.get().pk

    def test_odd_ones_are_kept_and_flagged(self, world: "World") -> None:
        rec = record("contact", enterprise=world.firms["lamp"])
        assert codes(take_in(world, rec, {"way": "pigeon", "text": ""})) == ["text_blank", "choice_unknown"]
        note = ContactNote.objects.get()
        assert (note.way, note.text) == ("other", "（未写内容）")
