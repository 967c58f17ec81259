"""Changes of the two lists and of a firm's file reach whom they concern, each in the words meant for him."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from qinqing.enterprises.actions import contacts, files, proposals
from qinqing.grids.actions import handover, officers, ties
from qinqing.grids.models import Grid
from qinqing.notices import actions, channels, reads
from qinqing.notices.models import Notice, Post
from qinqing.people.models import Account
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def town(world: "World") -> "World":
    """The town, what its making told already read."""
    actions.pump(at=NOW)
    Notice.objects.all().delete()
    return world


def told(town: "World", name: str) -> list[str]:
    actions.pump(at=TOMORROW)
    return [f"{notice.heading}：{notice.sentence}" for notice in reversed(reads.inbox(town.who[name]))]


def account_of(town: "World", name: str) -> Account:
    return Account.objects.get(pk=town.who[name].account_id or 0)


def second_officer(town: "World") -> int:
    row = officers.name_officer(
        community_id=town.office("cun01"),
        name="示新网格",
        grid_ids=[Grid.objects.get(community_id=town.office("cun01")).pk],
        starts_on=NOW.date(),
        by=town.village,
        at=NOW,
    )
    return row.post.account_id


@pytest.mark.clause("附1-(1)a")
def test_a_hand_over_tells_both_officers_and_each_firm_only_its_own_part(town: "World") -> None:
    firm = files.create(
        raw={"name": "演示邻厂", "no_code_reason": "个体经营"},
        community_id=town.office("cun01"),
        by=town.clerk,
        at=NOW,
        is_demo=True,
    )
    ties.tie(enterprise_id=firm.pk, officer_id=town.officer.account_id or 0, by=town.village, at=NOW)
    new = second_officer(town)
    handover.hand_over(
        enterprise_ids=[town.firms["lamp"], firm.pk],
        to_officer_id=new,
        effective_on=NOW.date(),
        reason="示范员调离原岗",
        by=town.village,
        at=NOW,
    )
    (to_owner,) = told(town, "owner")
    assert to_owner == f"交接：自{NOW.date()}起，贵企业的主责网格员改为示新网格。"
    assert any("交接给示新网格" in line and "调离" in line for line in told(town, "officer"))
    assert Notice.objects.filter(account_id=new, kind="liaison.handed_over").count() == 1
    assert not [line for line in told(town, "village") if "交接" in line], "it did it itself"
    assert told(town, "owner2") == []


def test_releasing_leaves_a_gap_and_the_hub_hears_of_it(town: "World") -> None:
    from qinqing.grids.models import Liaison

    tied = Liaison.objects.get(enterprise_id=town.firms["lamp"])
    ties.release(liaison_id=tied.pk, reason="人员调整", by=town.village, at=NOW)
    assert len(told(town, "clerk")) == len(told(town, "officer")) == 1
    assert "不再担任贵企业" in told(town, "owner")[0]
    assert "人员调整" not in told(town, "owner")[0]


@pytest.mark.clause("附1-(2)b")
def test_a_proposal_goes_to_the_hub_and_its_fate_back_to_who_made_it(town: "World", client: Client) -> None:
    made = proposals.propose(
        enterprise_id=town.firms["lamp"], raw={"name": "演示车灯科技有限公司"}, by=town.officer, at=NOW, reason="已更名"
    )
    assert told(town, "clerk")[0].startswith("提请变更 · 演示车灯有限公司：提请中转站审核")
    notice = reads.inbox(town.clerk)[0]
    assert notice.action
    proposals.reject(proposal_id=made.pk, by=town.clerk, at=NOW, note="请附营业执照")
    assert "请附营业执照" in told(town, "officer")[0]
    assert told(town, "owner") == []

    client.force_login(account_of(town, "clerk"))
    answer = client.get(f"/notices/{notice.pk}")
    assert answer["Location"] == f"/enterprises/{town.firms['lamp']}/"
    assert reads.unread(town.clerk) == 0


def test_the_officer_hears_who_speaks_for_his_firm_and_an_owner_is_led_home(town: "World", client: Client) -> None:
    contacts.add_contact(
        enterprise_id=town.firms["lamp"],
        name="示新联系人",
        duty="safety",
        phone="10000000009",
        starts_on=NOW.date(),
        by=town.clerk,
        at=NOW,
    )
    assert any(line.startswith("登记联系人") for line in told(town, "officer"))
    assert told(town, "owner") == []
    new = second_officer(town)
    handover.hand_over(
        enterprise_ids=[town.firms["lamp"]],
        to_officer_id=new,
        effective_on=NOW.date(),
        reason="调整",
        by=town.village,
        at=NOW,
    )
    told(town, "owner")
    client.force_login(account_of(town, "owner"))
    answer = client.get(f"/notices/{reads.inbox(town.owner)[0].pk}")
    assert answer["Location"] == "/portal/"


def test_an_email_about_a_firm_does_not_name_it(town: "World", mailoutbox: list) -> None:  # type: ignore[type-arg]
    Account.objects.filter(pk=account_of(town, "clerk").pk).update(email="clerk@example.invalid")
    actions.choose(by=town.clerk, email=True)
    proposals.propose(
        enterprise_id=town.firms["lamp"], raw={"name": "演示车灯科技有限公司"}, by=town.officer, at=NOW, reason="已更名"
    )
    told(town, "clerk")
    actions.deliver(at=TOMORROW + timedelta(days=1), send=channels.send)
    assert Post.objects.get().state == "sent"
    text = mailoutbox[0].subject + mailoutbox[0].body
    assert "车灯" not in text
    assert f"/notices/{reads.inbox(town.clerk)[0].pk}" in text
