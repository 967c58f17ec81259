"""Robots of office groups in 企业微信, 钉钉 and 飞书: what their address looks like, what they are told, when they took it.

All three answer 200 with a code in the body when they refuse, so the code decides (docs/adr/0021).
"""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from qinqing import hosts
from qinqing.kernel import secrets
from qinqing.kernel.errors import Refused
from qinqing.notices.channels import guard
from qinqing.notices.channels.letter import text_of
from qinqing.notices.models import Post
from qinqing.notices.words import Channel

PURPOSE = "robot"
_HOMES = {
    Channel.WECOM: ("qyapi.weixin.qq.com", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"),
    Channel.DINGTALK: ("oapi.dingtalk.com", "https://oapi.dingtalk.com/robot/send?access_token=…"),
    Channel.FEISHU: ("open.feishu.cn", "https://open.feishu.cn/open-apis/bot/v2/hook/…"),
}
"""Where each lives, and how its address looks."""


def example(channel: Channel) -> str:
    """Return what an address of this kind looks like."""
    return _HOMES[channel][1]


def checked(channel: Channel, raw: str) -> str:
    """Return a robot's address, tidied.

    Raises:
        Refused: it points inside the network, or is no address of such a robot; with private deployments listed in
            QINQING_INSIDE_HOSTS.
    """
    url = raw.strip()
    trouble = guard.check(url)
    if trouble:
        raise Refused("robot_address", trouble, field="url")
    parts = urlsplit(url)
    home, look = _HOMES[channel]
    host = (parts.hostname or "").lower()
    if host != home and not hosts.is_listed(host, hosts.port_of(parts), settings.INSIDE_HOSTS):
        raise Refused("robot_elsewhere", f"这不是{channel.label}的网址，应当像 {look}。", field="url")
    asked = parse_qs(parts.query)
    keys = {Channel.WECOM: asked.get("key"), Channel.DINGTALK: asked.get("access_token")}
    key = keys.get(channel, [parts.path.rstrip("/").rpartition("/hook/")[2]])
    if not key or not key[0]:
        raise Refused("robot_without_key", f"网址不完整，应当像 {look}，请从群里整条复制。", field="url")
    return url


def send(posts: Sequence[Post]) -> None:
    """Tell an office's group.

    Raises:
        ChannelError: the robot was taken out meanwhile, or it did not take the message.
    """
    robot = posts[0].robot
    if robot is None or robot.ended_at is not None:
        raise guard.ChannelError("这个群机器人已停用。")
    say(Channel(robot.channel), secrets.unseal(robot.sealed_url, PURPOSE), text_of(posts))


def say(channel: Channel, url: str, text: str) -> None:
    """Send a text by a robot; raises as `send`."""
    if channel is Channel.FEISHU:
        guard.require_code(guard.post_json(url, {"msg_type": "text", "content": {"text": text}}), "code")
    else:
        guard.require_code(guard.post_json(url, {"msgtype": "text", "text": {"content": text}}), "errcode")
