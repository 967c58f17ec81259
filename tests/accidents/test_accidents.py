"""事故快报: one press reaches everybody it concerns in the same moment; what follows is a log that only grows."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from qinqing.accidents import policy, reads
from qinqing.accidents.actions import arrive, close, note, report, see
from qinqing.accidents.models import Accident, Line, Told
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from qinqing.people.words import Role
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World

LATER = NOW + timedelta(minutes=20)


def happen(world: "World", by: str = "officer", **more: Any) -> Accident:
    given: dict[str, Any] = {"what": "accident", "enterprise_id": world.firms["lamp"], "accident_id": uuid4()}
    return report(**(given | more), by=world.who[by], at=NOW)


def told(accident: Accident) -> dict[int, str]:
    return dict(Told.objects.filter(accident=accident).values_list("account_id", "why"))


def verbs(accident: Accident) -> list[str]:
    return [entry.verb for entry in ledger.entries_of("accident", number_of(accident.pk))]


@pytest.mark.clause("附2安-(6)a", "附1-(3)b")
class TestReport:
    def test_one_press_goes_to_safety_office_hub_community_leaders_and_deputies_at_once(self, world: "World") -> None:
        law_head = world.person("law_head", "zhifa", Role.OFFICE_HEAD)
        accident = happen(world, casualties="injured", text="压铸机夹手", called=True)
        who = told(accident)
        assert who[world.law.account_id or 0] == "safety"
        assert who[law_head.account_id or 0] == "safety"
        assert {who[world.who[name].account_id or 0] for name in ("clerk", "clerk2", "head")} == {"hub"}
        assert who[world.village.account_id or 0] == "community"
        assert who[world.leader.account_id or 0] == "leader"
        assert world.officer.account_id not in who
        assert world.village2.account_id not in who
        assert world.leader2.account_id not in who
        entry = ledger.entries_of("accident", number_of(accident.pk)).get()
        assert entry.clause == "附2安-(6)a"
        assert "有人受伤" in entry.sentence
        assert entry.facts["account_ids"] == list(who)

    def test_everybody_told_has_it_in_his_inbox_as_something_to_do(self, world: "World") -> None:
        happen(world, what="fire")
        notices.pump(at=NOW)
        for name in ("law", "clerk", "village", "leader"):
            first = inbox.inbox(world.who[name])[0]
            assert first.heading == "事故快报 · 火灾 · 演示车灯有限公司"
            assert first.action
        assert not [one for one in inbox.inbox(world.who["village2"]) if one.kind.startswith("accident")]
        assert [one.what for one in reads.unseen(world.law)] == ["火灾"]

    def test_the_safety_office_is_told_also_when_the_hub_reports(self, world: "World") -> None:
        accident = happen(world, by="clerk")
        assert told(accident)[world.law.account_id or 0] == "safety"
        assert told(accident)[world.officer.account_id or 0] == "officer"

    def test_without_a_leader_in_charge_all_leaders_are_told(self, world: "World") -> None:
        from qinqing.people.actions import posts
        from qinqing.people.models import Post

        for post in Post.objects.filter(role=Role.LEADER.value):
            posts.set_charge(post_id=post.pk, office_ids=[], by=world.root, at=NOW)
        accident = happen(world)
        assert [why for why in told(accident).values() if why == "leader"] == ["leader", "leader"]

    def test_what_happened_and_where_is_enough(self, world: "World") -> None:
        accident = happen(world, enterprise_id=None, where="示范一村路口", what="gas")
        assert (accident.what_name, accident.casualties, accident.arrived_at) == ("燃气泄漏", "unknown", None)
        assert accident.community_id == world.officer.office_id
        assert told(accident)[world.village.account_id or 0] == "community"


class TestOnce:
    def test_the_same_id_is_the_same_report(self, world: "World") -> None:
        key = uuid4()
        first = happen(world, accident_id=key)
        again = happen(world, accident_id=key, text="再按一次")
        assert (again.pk, again.text) == (first.pk, "")
        assert Accident.objects.count() == 1
        assert verbs(first) == ["事故快报"]

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"enterprise_id": None}, "missing"),
            ({"happened_at": NOW + timedelta(hours=1)}, "happened_in_future"),
            ({"casualties": "many"}, "unknown_choice"),
            ({"text": "字" * 2001}, "too_long"),
        ],
    )
    def test_a_refusal_leaves_nothing(self, world: "World", wrong: dict[str, Any], code: str) -> None:
        with pytest.raises(Refused) as refusal:
            happen(world, **wrong)
        assert refusal.value.code == code
        assert not Accident.objects.exists()
        assert not Told.objects.exists()

    @pytest.mark.parametrize("who", ["owner", "discipline", "sysadmin"])
    def test_posts_without_the_right_report_nothing(self, world: "World", who: str) -> None:
        with pytest.raises(NotAllowed):
            happen(world, by=who)
        assert not Accident.objects.exists()

    def test_a_kind_the_plan_does_not_know_counts_as_other(self, world: "World") -> None:
        assert happen(world, what="meteor").what_name == "其他突发事件"


class TestLog:
    @pytest.mark.clause("附1-(3)b")
    def test_arrival_is_optional_and_the_first_one_counts(self, world: "World") -> None:
        accident = happen(world)
        arrive(accident_id=accident.pk, by=world.village, at=LATER)
        arrive(accident_id=accident.pk, by=world.officer, at=LATER, arrived_at=NOW + timedelta(minutes=8))
        accident.refresh_from_db()
        assert accident.arrived_at == NOW + timedelta(minutes=8)
        assert verbs(accident) == ["事故快报", "到场", "到场"]
        with pytest.raises(Refused, match="晚于现在"):
            arrive(accident_id=accident.pk, by=world.officer, at=LATER, arrived_at=LATER + timedelta(hours=1))

    @pytest.mark.clause("附2安-(6)b")
    def test_measures_then_the_end_then_aftercare(self, world: "World") -> None:
        accident = happen(world)
        note(accident_id=accident.pk, kind="measure", text="已切断电源，疏散二十人", by=world.officer, at=LATER)
        with pytest.raises(NotAllowed):
            close(accident_id=accident.pk, text="已处置", by=world.officer, at=LATER)
        close(accident_id=accident.pk, text="伤员已送医，现场封存", by=world.law, at=LATER)
        with pytest.raises(Refused, match="善后"):
            note(accident_id=accident.pk, kind="measure", text="补记", by=world.officer, at=LATER)
        note(accident_id=accident.pk, kind="aftercare", text="已探望家属，工伤申报已受理", by=world.officer, at=LATER)
        sheet = reads.sheet(world.law, accident.pk)
        assert [line.label for line in sheet.lines] == ["现场处置", "处置结束", "善后"]
        assert verbs(accident) == ["事故快报", "事故处置", "处置结束", "事故处置"]

    def test_seen_is_noted_once_and_only_for_those_told(self, world: "World") -> None:
        accident = happen(world)
        see(accident_id=accident.pk, by=world.law, at=LATER)
        see(accident_id=accident.pk, by=world.law, at=LATER)
        see(accident_id=accident.pk, by=world.officer, at=LATER)
        assert verbs(accident) == ["事故快报", "已阅快报"]
        assert reads.unseen(world.law) == []
        assert reads.sheet(world.clerk, accident.pk).seen == 1

    def test_a_line_needs_words_and_a_kind(self, world: "World") -> None:
        accident = happen(world)
        for kind, text in (("measure", " "), ("closed", "x"), ("", "x")):
            with pytest.raises(Refused):
                note(accident_id=accident.pk, kind=kind, text=text, by=world.officer, at=LATER)
        assert not Line.objects.exists()


class TestWho:
    @pytest.mark.parametrize("who", ["officer", "village", "law", "clerk", "head", "leader", "supervisor"])
    def test_those_it_concerns_read_it(self, world: "World", who: str) -> None:
        accident = happen(world)
        assert [line.id for line in reads.listing(world.who[who])[0]] == [accident.pk]

    @pytest.mark.parametrize(
        "who", ["officer2", "village2", "build", "leader2", "owner", "owner2", "discipline", "sysadmin"]
    )
    def test_nobody_else(self, world: "World", who: str) -> None:
        accident = happen(world)
        assert reads.listing(world.who[who]) == ([], "")
        with pytest.raises(NotFound):
            reads.sheet(world.who[who], accident.pk)
        with pytest.raises(NotFound):
            note(accident_id=accident.pk, kind="measure", text="x", by=world.who[who], at=LATER)
        assert not Line.objects.exists()

    def test_an_officer_of_elsewhere_who_saw_it_keeps_reading_it(self, world: "World") -> None:
        accident = happen(world, by="officer2")
        assert policy.visible_to(world.officer2).get() == accident


def test_the_list_goes_on_where_it_ended(world: "World") -> None:
    made = [
        report(
            accident_id=uuid4(),
            what="other",
            where="演示路口",
            by=world.officer,
            at=moment("2026-11-23 09:00") + timedelta(minutes=minute),
        ).pk
        for minute in range(reads.PAGE + 5)
    ]
    first, more = reads.listing(world.law)
    second, end = reads.listing(world.law, after=more)
    assert [line.id for line in first + second] == made[::-1]
    assert end == ""
    assert reads.listing(world.law, after="nonsense")[0] == first
