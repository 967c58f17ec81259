"""减排通知: the listed firms and nobody else, those not told yet on top, states that only go forward."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.environment.actions.profile import keep_profile
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from qinqing.outreach.actions import alerts
from qinqing.outreach.actions.alerts import Reply
from qinqing.outreach.models import Alert, AlertFirm, AlertReply
from qinqing.outreach.reads import alerts as reads
from tests.cases.world import NOW
from tests.outreach.phone import codes, ms, record, tag, take_in

if TYPE_CHECKING:
    from tests.cases.world import World

SOON = NOW + timedelta(minutes=30)
LATE = NOW + timedelta(hours=2)


def start(world: "World", by: str = "law", **more: Any) -> Alert:
    given: dict[str, Any] = {"level": "orange", "measures": "停用溶剂型涂装线", "starts_at": NOW}
    return alerts.start_alert(**(given | more), by=world.who[by], at=NOW)


def tell(world: "World", alert: Alert, by: str, state: str, firm: str = "lamp", at: Any = SOON) -> list[int]:
    replies = [Reply(world.firms[firm], state, at, "电话")]
    return alerts.reply(alert_id=alert.pk, replies=replies, by=world.who[by], at=at)


def state(alert: Alert, world: "World", firm: str = "lamp") -> str:
    return AlertFirm.objects.get(alert=alert, enterprise_id=world.firms[firm]).state


@pytest.mark.clause("附2环-(5)")
class TestAlert:
    def test_reaches_the_listed_firms_and_their_officers_only(self, world: "World") -> None:
        tag(world, "emission_list")
        keep_profile(enterprise_id=world.firms["lamp"], raw={"measures_orange": "喷涂线停产"}, by=world.officer, at=NOW)
        alert = start(world)
        notices.pump(at=NOW)
        own = inbox.inbox(world.owner)[0]
        assert (own.heading, own.action) == ("减排通知", True)
        assert "停用溶剂型涂装线" in own.sentence
        assert inbox.inbox(world.officer)[0].kind == "alert.started"
        assert not [one for one in inbox.inbox(world.owner2) if one.kind.startswith("alert")]
        assert not [one for one in inbox.inbox(world.officer2) if one.kind.startswith("alert")]
        firm = reads.own_alert(world.owner, alert.pk)
        assert (firm.own_measures, firm.asks) == ("喷涂线停产", True)
        with pytest.raises(NotFound):
            reads.own_alert(world.owner2, alert.pk)

    def test_told_unreached_in_place_are_kept_with_their_moments(self, world: "World") -> None:
        tag(world, "emission_list")
        alert = start(world)
        tell(world, alert, "officer", "unreached", at=NOW + timedelta(minutes=5))
        tell(world, alert, "officer", "told", at=SOON)
        alerts.confirm(alert_id=alert.pk, state="in_place", by=world.owner, at=NOW + timedelta(minutes=50))
        line = reads.sheet(world.law, alert.pk, now=LATE).firms[0]
        assert (line.state, line.told_at, line.in_place_at) == ("in_place", SOON, NOW + timedelta(minutes=50))
        assert [(one.label, one.source) for one in line.replies] == [
            ("已落实", "企业确认"), ("已通知", "电话通知"), ("未接通", "电话通知"),
        ]  # fmt: skip
        verbs = [entry.verb for entry in ledger.entries_of("alert", alert.pk)]
        assert verbs == ["减排通知", "减排落实", "减排落实", "企业确认"]

    def test_those_who_do_not_know_after_two_hours_are_listed_on_top(self, world: "World") -> None:
        tag(world, "emission_list")
        tag(world, "emission_list", firm="mould")
        alert = start(world)
        tell(world, alert, "officer", "told")
        before = reads.sheet(world.law, alert.pk, now=LATE - timedelta(seconds=1))
        after = reads.sheet(world.law, alert.pk, now=LATE)
        assert [line.is_overdue for line in before.firms] == [False, False]
        assert [(line.enterprise, line.is_overdue) for line in after.firms] == [
            ("演示模具有限公司", True),
            ("演示车灯有限公司", False),
        ]
        assert (after.tally.listed, after.tally.told, after.tally.overdue, after.tally.untold) == (2, 1, 1, 1)
        assert after.firms[0].phone_mask

    def test_lifting_tells_the_firms_and_ends_the_replies(self, world: "World") -> None:
        tag(world, "emission_list")
        alert = start(world)
        with pytest.raises(NotAllowed):
            alerts.lift_alert(alert_id=alert.pk, by=world.officer, at=LATE)
        alerts.lift_alert(alert_id=alert.pk, by=world.law, at=LATE)
        with pytest.raises(Refused, match="解除"):
            tell(world, alert, "officer", "told", at=LATE)
        notices.pump(at=LATE)
        assert inbox.inbox(world.owner)[0].sentence.endswith("可以恢复正常生产。")
        assert not AlertReply.objects.exists()


class TestStates:
    def test_only_go_forward_whatever_arrives_later(self, world: "World") -> None:
        tag(world, "emission_list")
        alert = start(world)
        tell(world, alert, "officer", "in_place")
        tell(world, alert, "officer", "unreached", at=LATE)
        assert state(alert, world) == "in_place"
        assert AlertReply.objects.count() == 2

    def test_a_firm_confirms_forward_only(self, world: "World") -> None:
        tag(world, "emission_list")
        alert = start(world)
        alerts.confirm(alert_id=alert.pk, state="in_place", by=world.owner, at=SOON)
        for wrong in ("told", "in_place", "unreached"):
            with pytest.raises(Refused):
                alerts.confirm(alert_id=alert.pk, state=wrong, by=world.owner, at=SOON)
        with pytest.raises(NotFound):
            alerts.confirm(alert_id=alert.pk, state="told", by=world.owner2, at=SOON)
        with pytest.raises(NotAllowed):
            alerts.confirm(alert_id=alert.pk, state="told", by=world.officer, at=SOON)
        assert AlertReply.objects.count() == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"level": "purple"}, "unknown_choice"),
            ({"measures": ""}, "missing"),
            ({"ends_at": NOW}, "ends_before_start"),
        ],
    )
    def test_leave_nothing(self, world: "World", wrong: dict[str, Any], code: str) -> None:
        tag(world, "emission_list")
        with pytest.raises(Refused) as refusal:
            start(world, **wrong)
        assert refusal.value.code == code
        assert not Alert.objects.exists()

    def test_nobody_listed_is_said_plainly(self, world: "World") -> None:
        with pytest.raises(Refused, match="应急减排清单"):
            start(world)
        assert not Alert.objects.exists()

    @pytest.mark.parametrize("who", ["build", "officer", "village", "owner", "leader", "supervisor"])
    def test_only_the_environments_office_and_the_hub_start_one(self, world: "World", who: str) -> None:
        tag(world, "emission_list")
        with pytest.raises(NotAllowed):
            start(world, by=who)
        assert not Alert.objects.exists()
        assert start(world, by="clerk")


class TestWho:
    @pytest.mark.parametrize("who", ["officer", "village", "law", "clerk", "supervisor", "leader"])
    def test_those_it_concerns_read_it(self, world: "World", who: str) -> None:
        tag(world, "emission_list")
        alert = start(world)
        assert [line.id for line in reads.listing(world.who[who], now=NOW)] == [alert.pk]
        assert len(reads.sheet(world.who[who], alert.pk, now=NOW).firms) == 1

    @pytest.mark.parametrize("who", ["officer2", "village2", "build", "leader2", "discipline", "sysadmin"])
    def test_nobody_else_does(self, world: "World", who: str) -> None:
        tag(world, "emission_list")
        alert = start(world)
        assert reads.listing(world.who[who], now=NOW) == []
        with pytest.raises(NotFound):
            reads.sheet(world.who[who], alert.pk, now=NOW)
        with pytest.raises(Refused):
            tell(world, alert, who, "told")
        assert not AlertReply.objects.exists()


class TestFromThePhone:
    def test_each_reply_has_its_own_moment(self, world: "World") -> None:
        tag(world, "emission_list")
        alert = start(world)
        firm = world.firms["lamp"]
        replies = [
            {"enterprise": firm, "state": "unreached", "at_ms": ms(NOW + timedelta(minutes=3))},
            {"enterprise": firm, "state": "told", "at_ms": ms(NOW + timedelta(minutes=9)), "note": "回电了"},
        ]
        rec = record("alert", at=SOON)
        assert take_in(world, rec, {"alert": alert.pk, "replies": replies}, at=SOON) == []
        row = AlertFirm.objects.get()
        assert (row.state, row.told_at) == ("told", NOW + timedelta(minutes=9))
        assert {one.source for one in AlertReply.objects.all()} == {"field"}

    def test_what_cannot_be_entered_is_flagged(self, world: "World") -> None:
        tag(world, "emission_list")
        alert = start(world)
        foreign = {"enterprise": world.firms["mould"], "state": "told"}
        data: dict[str, Any] = {"alert": alert.pk, "replies": [foreign]}
        assert codes(take_in(world, record("alert"), data)) == ["enterprise_not_listed"]
        data["replies"] = [foreign, {"enterprise": world.firms["lamp"], "state": "maybe"}]
        assert codes(take_in(world, record("alert"), data)) == ["choice_unknown", "reply_odd", "enterprise_not_listed"]
        alerts.lift_alert(alert_id=alert.pk, by=world.law, at=SOON)
        data["replies"] = [{"enterprise": world.firms["lamp"], "state": "told"}]
        assert codes(take_in(world, record("alert"), data)) == ["alert_lifted"]
        assert not AlertReply.objects.exists()
        with pytest.raises(Refused):
            take_in(world, record("alert"), {"replies": []})
