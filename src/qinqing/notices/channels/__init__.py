"""How a notice travels outside: a file a channel, one table, one call."""

from collections.abc import Callable, Sequence

from django.conf import settings

from qinqing.notices.channels import gov, mail, robots, sms
from qinqing.notices.channels.guard import ChannelError
from qinqing.notices.models import Post
from qinqing.notices.words import Channel

__all__ = ["ChannelError", "is_on", "send"]

_WAYS: dict[Channel, Callable[[Sequence[Post]], None]] = {
    Channel.EMAIL: mail.send,
    Channel.SMS: sms.send,
    Channel.GOV: gov.send,
    Channel.WECOM: robots.send,
    Channel.DINGTALK: robots.send,
    Channel.FEISHU: robots.send,
}


def is_on(channel: Channel) -> bool:
    """Say whether this town's server has a channel switched on; e-mail is where it has a server for letters."""
    return channel is Channel.EMAIL or channel.value in settings.CHANNELS


def send(posts: Sequence[Post]) -> None:
    """Send one letter by the channel it was queued for.

    Raises:
        ChannelError, OSError and kin: the reason it did not get through; the queue tries again.
    """
    channel = Channel(posts[0].channel)
    if not is_on(channel):
        raise ChannelError("这个渠道没有开通。")
    _WAYS[channel](posts)
