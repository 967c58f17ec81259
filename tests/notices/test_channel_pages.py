"""The pages of the channels: what is open is offered, a refusal stands beside its field, a log says nothing of the matter."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from qinqing.cases.words import Verb
from qinqing.notices import actions, channels
from qinqing.notices.models import Choice, Post, Robot
from qinqing.people.models import Account
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World


def at_desk(world: "World", name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[name].account_id))
    return client


def test_a_person_chooses_what_is_open(world: "World", settings: Any) -> None:
    client = at_desk(world, "build")
    assert "没有开通：短信、政务微信" in client.get("/notices/channels/").content.decode()
    settings.CHANNELS = frozenset({"sms"})
    answer = client.post("/notices/channels/", {"sms": "on", "phone": "1380000"})
    assert answer.status_code == 422
    assert "手机号应是11位数字" in answer.content.decode()
    assert client.post("/notices/channels/", {"sms": "on", "phone": "13800000000"}).status_code == 303
    assert Choice.objects.get().sms
    page = client.get("/notices/channels/").content.decode()
    assert "138****0000" in page
    assert "13800000000" not in page


def test_a_robots_address_inside_is_refused_beside_its_field(world: "World", settings: Any) -> None:
    settings.CHANNELS = frozenset({"wecom"})
    client = at_desk(world, "build_head")
    answer = client.post("/notices/robots/", {"channel": "wecom", "url": "https://10.0.0.8/send?key=1"})
    assert answer.status_code == 422
    assert "内部网络" in answer.content.decode()
    assert not Robot.objects.exists()


@pytest.mark.clause("三要(四)-1")
def test_the_log_shows_way_and_reason_and_retries(world: "World", django_assert_max_num_queries: Any) -> None:
    Account.objects.filter(pk=world.build.account_id).update(email="build@example.invalid")
    actions.choose(by=world.build, email=True)
    for _ in range(3):
        world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")
    while actions.pump(at=NOW):
        pass

    def fail(posts: Any) -> None:
        raise channels.ChannelError("对方应答 500。")

    for hours in range(4):
        actions.deliver(at=NOW + timedelta(days=1, hours=hours), send=fail)
    client = at_desk(world, "sysadmin")
    client.get("/notices/deliveries/")
    with django_assert_max_num_queries(12):
        page = client.get("/notices/deliveries/?state=failed").content.decode()
    assert "对方应答 500。" in page
    assert "示build" in page
    for secret in ("路灯", "演示车灯有限公司", "build@example"):
        assert secret not in page
    one = Post.objects.filter(state="failed").order_by("-pk")[0]
    client.post("/notices/deliveries/", {"post": str(one.pk)})
    one.refresh_from_db()
    assert one.state == "queued"
    client.post("/notices/deliveries/", {})
    assert not Post.objects.filter(state="failed").exists()
