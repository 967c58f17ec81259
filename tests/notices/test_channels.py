"""Channels against real servers that answer well, fail, stall and answer wrongly; and what they carry: a number and a link."""

import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

from qinqing.cases.words import Verb
from qinqing.kernel import secrets
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger.models import Entry
from qinqing.notices import actions, channels, reads
from qinqing.notices.channels import guard, robots
from qinqing.notices.models import Choice, Cursor, Notice, Post, Robot
from qinqing.notices.routes import ROUTES
from qinqing.notices.words import ROBOTS, Channel
from qinqing.people.models import Account
from tests.cases.world import NOW, moment
from tests.notices.servers import FAULTS, Server, running

if TYPE_CHECKING:
    from tests.cases.world import World

EVERY = ("sms", "gov", "wecom", "dingtalk", "feishu")
TAILS = {
    "wecom": "/cgi-bin/webhook/send?key=k",
    "dingtalk": "/robot/send?access_token=k",
    "feishu": "/open-apis/bot/v2/hook/k",
}
MORNING = moment("2026-11-24 08:45")
_WHAT = r"(?:本单位)?(?:有一件)?(?:待办|动态)(?:：\w{1,4}〔\d{4}〕\d+号)?"
ONLY = re.compile(rf"(?:\[亲清\] |【亲清】){_WHAT}[\n，]请登录查看：http://127\.0\.0\.1:8000/notices/\d*")
"""All that a single message may say."""


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that stands for every gateway, and all channels switched on."""
    monkeypatch.setattr(guard, "TOTAL_S", 0.4)
    cache.clear()
    with running() as found:
        settings.CHANNELS = frozenset(EVERY)
        settings.INSIDE_HOSTS = frozenset({f"127.0.0.1:{found.server_port}"})
        settings.GOV_URL, settings.GOV_CORP, settings.GOV_SECRET, settings.GOV_AGENT = found.url, "c", "s", "1"
        settings.SMS_URL, settings.SMS_OK = f"{found.url}/sms", "code=0"
        settings.SMS_BODY = '{"to": ["{phone}"], "msg": "{text}"}'
        yield found
    cache.clear()


def post_by(world: "World", server: Server, channel: str, kind: str = "case.urged", sentence: str = "") -> Post:
    """Return a post on its way to build, who chose everything; unsaved but for its notice's fields."""
    account = world.build.account_id or 0
    notice = Notice(
        pk=7, account_id=account, book="demo", seq=1, kind=kind, heading="催办 · 演示车灯有限公司 13800000000",
        sentence=sentence or "诉〔2026〕0001号　演示厂长13800000000反映路灯不亮", action=ROUTES[kind].action,
    )  # fmt: skip
    robot = None
    if Channel(channel) in ROBOTS:
        url = secrets.seal(server.url + TAILS[channel], robots.PURPOSE)
        robot = Robot(pk=3, office_id=world.office("jianguan"), channel=channel, sealed_url=url, added_at=NOW)
    return Post(notice=notice, channel=channel, address="build@example.invalid", robot=robot, pace="urgent", due_at=NOW)


def chose(world: "World", who: str = "build") -> None:
    actions.choose(by=world.who[who], email=False, sms=True, phone="138 0000 0000", gov=True, gov_id="build01")


def said(body: Any) -> str:
    """Return the text in what a gateway was sent."""
    return str(
        (body.get("text") or body.get("content") or {"content": body.get("msg")}).get("content")
        or body["content"]["text"]
    )


@pytest.mark.parametrize("channel", EVERY)
def test_a_message_gets_through(world: "World", server: Server, channel: str) -> None:
    chose(world)
    channels.send([post_by(world, server, channel)])
    path, body = server.got[-1]
    assert "诉〔2026〕0001号" in said(body)
    if channel == "sms":
        assert body["to"] == ["13800000000"]
    if channel == "gov":
        assert (path, body["touser"]) == ("/cgi-bin/message/send?access_token=t", "build01")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("channel", EVERY)
def test_a_server_that_fails_stalls_or_answers_wrongly_is_no_success(
    world: "World", server: Server, channel: str, fault: str
) -> None:
    chose(world)
    server.mode = fault
    began = time.monotonic()
    with pytest.raises(channels.ChannelError) as caught:
        channels.send([post_by(world, server, channel)])
    assert time.monotonic() - began < 2, "never longer than its time"
    assert not any(path.startswith("/elsewhere") for path, _ in server.got), "a redirect is not followed"
    trouble = str(caught.value)
    assert re.search("[一-鿿]", trouble)
    assert "access_token" not in trouble and "127.0.0.1" not in trouble and "1380000" not in trouble  # noqa: PT018


def test_a_token_is_kept_and_asked_for_anew_when_it_ran_out(world: "World", server: Server) -> None:
    def asked() -> list[str]:
        return [path.split("?")[0].rpartition("/")[2] for path, _ in server.got]

    chose(world)
    channels.send([post_by(world, server, "gov")])
    channels.send([post_by(world, server, "gov")])
    assert asked() == ["gettoken", "send", "send"]
    server.mode = "stale"
    channels.send([post_by(world, server, "gov")])
    assert asked()[3:] == ["send", "gettoken", "send"]


@pytest.mark.parametrize("channel", ["email", *EVERY])
def test_every_notice_carries_a_number_and_a_link_and_nothing_else(
    world: "World", server: Server, channel: str, mailoutbox: list[Any]
) -> None:
    chose(world)
    poison = ("", "演示车灯有限公司　车主张三13800000000", "诉〔2026〕0001号之13800000000　张三")
    for kind in ROUTES:
        for sentence in poison[:2] if kind != "case.urged" else poison:
            post = post_by(world, server, channel, kind, sentence)
            channels.send([post])
            if channel == "email":
                text = f"{mailoutbox[-1].subject}\n{mailoutbox[-1].body.split(chr(10), 1)[1].strip()}"
            else:
                text = said(server.got[-1][1])
            assert ONLY.fullmatch(text), (kind, text)


@pytest.mark.parametrize("channel", ["email", *EVERY])
def test_a_mornings_message_names_numbers_only(
    world: "World", server: Server, channel: str, mailoutbox: list[Any]
) -> None:
    chose(world)
    posts = [post_by(world, server, channel, kind, "演示车灯有限公司　张三") for kind in list(ROUTES)[:30]]
    channels.send(posts)
    text = mailoutbox[-1].subject + mailoutbox[-1].body if channel == "email" else said(server.got[-1][1])
    assert not re.search("张三|车灯|1380000", text)


class TestQueueing:
    def robot(self, world: "World", server: Server, channel: str = "wecom", by: str = "build_head") -> Robot:
        return actions.add_robot(channel=channel, url=server.url + TAILS[channel], by=world.who[by], at=NOW)

    def test_all_is_off_until_it_is_switched_on_and_chosen(self, world: "World", server: Server, settings: Any) -> None:
        chose(world)
        self.robot(world, server)
        settings.CHANNELS = frozenset()
        world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")
        actions.pump(at=NOW)
        assert not Post.objects.exists()

    def test_an_offices_group_hears_a_fact_once_however_many_sit_there(self, world: "World", server: Server) -> None:
        self.robot(world, server)
        world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")
        while actions.pump(at=NOW):
            pass
        told = Notice.objects.filter(
            kind="case.urged", account_id__in=[world.build.account_id, world.build_head.account_id]
        )
        assert told.count() == 2
        posts = Post.objects.filter(notice__kind="case.urged")
        assert [post.channel for post in posts] == ["wecom"]
        Cursor.objects.update(seq=0)  # a worker died before it had moved on
        while actions.pump(at=NOW):
            pass
        assert posts.count() == 1
        actions.deliver(at=NOW, send=channels.send)
        assert "本单位待办：诉〔2026〕0001号" in said(server.got[-1][1])
        assert posts.get().state == "sent"

    def test_a_phone_number_is_kept_sealed_and_only_while_needed(self, world: "World", server: Server) -> None:
        chose(world)
        kept = Choice.objects.get()
        assert "1380" not in kept.sealed_phone
        assert reads.phone_mask(kept) == "138****0000"
        world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")
        while actions.pump(at=NOW):
            pass
        assert set(Post.objects.values_list("address", flat=True)) == {f"account:{world.build.account_id}"}
        actions.choose(by=world.build, email=False)
        assert not Choice.objects.get().sealed_phone

    def test_what_was_given_up_is_queued_anew_by_the_administrator_only(self, world: "World", server: Server) -> None:
        self.robot(world, server)
        world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")
        while actions.pump(at=NOW):
            pass
        server.mode = "code"
        at = NOW
        for _ in range(4):
            actions.deliver(at=at, send=channels.send)
            at += actions.LEASE * 60
        post = Post.objects.get(notice__kind="case.urged")
        assert (post.state, post.tries, post.trouble) == ("failed", 3, "对方不接受，代码 45009。")
        with pytest.raises(NotAllowed):
            actions.retry(by=world.clerk, at=at)
        assert reads.deliveries(world.sysadmin, state="failed")[0].pk == post.pk
        server.mode = "ok"
        assert actions.retry(by=world.sysadmin, at=at) >= 1
        actions.deliver(at=at, send=channels.send)
        post.refresh_from_db()
        assert post.state == "sent"
        assert Entry.objects.filter(kind="deliveries.retried").count() == 1


class TestRobots:
    @pytest.mark.parametrize(
        ("channel", "url", "said"),
        [
            ("wecom", "https://192.168.1.1/cgi-bin/webhook/send?key=k", "内部网络"),
            ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "不完整"),
            ("feishu", "https://evil.example.com/hook/1", "不是飞书群机器人的网址"),
            ("dingtalk", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", "不是钉钉群机器人的网址"),
            ("pigeon", "https://open.feishu.cn/open-apis/bot/v2/hook/k", "没有开通"),
        ],
    )
    def test_a_wrong_address_is_refused_where_it_is_entered(
        self, world: "World", settings: Any, channel: str, url: str, said: str
    ) -> None:
        settings.CHANNELS = frozenset(EVERY)
        before = Entry.objects.count()
        with pytest.raises(Refused, match=said):
            actions.add_robot(channel=channel, url=url, by=world.build_head, at=NOW)
        assert (Robot.objects.count(), Entry.objects.count()) == (0, before)

    def test_it_belongs_to_the_heads_office_and_its_key_stays_out_of_the_ledger(
        self, world: "World", server: Server
    ) -> None:
        url = server.url + TAILS["feishu"]
        with pytest.raises(NotAllowed):
            actions.add_robot(channel="feishu", url=url, by=world.build, at=NOW)
        robot = actions.add_robot(channel="feishu", url=url, by=world.build_head, at=NOW)
        assert "/hook/k" not in robot.sealed_url
        assert not Entry.objects.filter(sentence__contains="hook").exists()
        with pytest.raises(NotFound):
            actions.end_robot(robot_id=robot.pk, by=world.village, at=NOW)
        actions.try_robot(robot_id=robot.pk, by=world.build_head)
        assert "已接通" in said(server.got[-1][1])
        server.mode = "500"
        with pytest.raises(Refused, match="试发没有成功：对方应答 500"):
            actions.try_robot(robot_id=robot.pk, by=world.build_head)
        again = actions.add_robot(channel="feishu", url=url, by=world.build_head, at=NOW)
        assert [one.pk for one in reads.robots_of(world.build_head)] == [again.pk], "the former one is replaced"
        actions.end_robot(robot_id=again.pk, by=world.build_head, at=NOW)
        assert reads.robots_of(world.build_head) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sms": True}, "请填写手机号"),
        ({"sms": True, "phone": "12"}, "11位数字"),
        ({"gov": True}, "政务微信里的账号"),
        ({"gov": True, "gov_id": "张三|@all"}, "只含字母"),
        ({"email": True}, "还没有邮箱"),
    ],
)
def test_a_choice_without_what_it_needs_is_refused(world: "World", given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        actions.choose(**({"email": False} | given), by=world.clerk)
    assert not Choice.objects.exists()
    assert Account.objects.get(pk=world.clerk.account_id).email == ""
