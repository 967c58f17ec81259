"""Nothing typed in makes the server call into its own network, however it is spelled and whatever its name stands for."""

import socket
from typing import Any

import pytest

from qinqing import hosts
from qinqing.env import Env
from qinqing.notices.channels import ChannelError, guard
from tests.notices.servers import running

INSIDE = (
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://0/",
    "https://10.0.0.8/x",
    "https://172.16.3.4/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:0a00:0001::]/",
    "https://224.0.0.1/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://db/",
    "https://metadata.google.internal/",
    "https://printer.local/",
)
WRONG = (
    "",
    "ftp://open.feishu.cn/",
    "https://",
    "https://user:pw@open.feishu.cn/",
    "https://open.feishu.cn:22/",
    "http://open.feishu.cn/",
    "https://[::1",
    "https://open.feishu.cn/a b",
    "https://open.feishu.cn:99999/",
)


@pytest.mark.parametrize("url", INSIDE)
def test_an_address_inside_is_refused_with_a_sentence(url: str) -> None:
    assert "内部网络" in hosts.trouble_with(url)
    with pytest.raises(ChannelError, match="内部网络"):
        guard.post_json(url, {})


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    assert hosts.trouble_with(url)


def test_the_usual_addresses_pass() -> None:
    for url in (
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://8.8.8.8/",
        "https://[2606:4700::1]:8443/",
    ):
        assert hosts.trouble_with(url) == ""


def test_a_name_that_stands_for_an_inner_address_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as server:

        def to_us(host: str, port: int, *args: Any, **more: Any) -> Any:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server_port))]

        monkeypatch.setattr(socket, "getaddrinfo", to_us)
        assert "内部网络" in guard.check("https://evil.example.com/hook")
        with pytest.raises(ChannelError, match="内部网络"):
            guard.post_json("https://evil.example.com/hook", {})
        assert server.got == []


def test_a_listed_host_may_lie_inside_and_only_it(settings: Any) -> None:
    with running() as server:
        settings.INSIDE_HOSTS = frozenset({f"127.0.0.1:{server.server_port}"})
        assert guard.post_json(f"{server.url}/x", {"a": 1})["errcode"] == 0
        with pytest.raises(ChannelError, match="内部网络"):
            guard.post_json("http://127.0.0.1:1/x", {})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"channels": "pigeon"}, "没有“pigeon”这个渠道"),
        ({"channels": "sms"}, "须填 QINQING_SMS_URL"),
        ({"channels": "sms", "sms_url": "https://169.254.169.254/sms"}, "内部网络"),
        ({"channels": "sms", "sms_url": "https://sms.example.com/", "sms_body": "{phone}"}, "QINQING_SMS_BODY"),
        (
            {"channels": "gov", "gov_url": "http://10.1.1.1", "gov_corp": "a", "gov_secret": "b", "gov_agent": "1"},
            "内部网络",
        ),
    ],
)
def test_a_wrong_setting_of_a_channel_stops_the_start_with_a_sentence(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Env(mode="test", **given)  # type: ignore[arg-type]


def test_a_private_host_is_allowed_where_it_is_listed() -> None:
    made = Env(
        mode="test", channels="gov", gov_url="http://10.1.1.1", gov_corp="a", gov_secret="b", gov_agent="1",
        inside_hosts="10.1.1.1",
    )  # type: ignore[call-arg]  # fmt: skip
    assert made.open_channels == {"gov"}
