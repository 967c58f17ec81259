"""政务微信 on a host of its own: an application's message to one person, by his number there."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache

from qinqing.notices.channels import guard
from qinqing.notices.channels.letter import text_of
from qinqing.notices.models import Choice, Post

_STALE = {"40001", "40014", "42001"}
_LONGEST_S = 7000


def send(posts: Sequence[Post]) -> None:
    """Send one message.

    Raises:
        ChannelError: he takes no such messages any more, or the server did not take it.
    """
    choice = Choice.objects.filter(pk=posts[0].notice.account_id, gov=True).exclude(gov_id="").first()
    if choice is None:
        raise guard.ChannelError("本人已不用这个渠道。")
    answer = _send(choice.gov_id, text_of(posts), _token())
    if str(answer.get("errcode")) in _STALE:
        cache.delete(_key())
        answer = _send(choice.gov_id, text_of(posts), _token())
    guard.require_code(answer, "errcode")
    if answer.get("invaliduser"):
        raise guard.ChannelError("政务微信里没有这个账号。")


def _send(to: str, text: str, token: str) -> dict[str, object]:
    url = f"{settings.GOV_URL}/cgi-bin/message/send?{urlencode({'access_token': token})}"
    return guard.post_json(
        url, {"touser": to, "msgtype": "text", "agentid": settings.GOV_AGENT, "text": {"content": text}}
    )


def _token() -> str:
    kept = cache.get(_key())
    if kept:
        return str(kept)
    asked = urlencode({"corpid": settings.GOV_CORP, "corpsecret": settings.GOV_SECRET})
    answer = guard.get_json(f"{settings.GOV_URL}/cgi-bin/gettoken?{asked}")
    guard.require_code(answer, "errcode")
    token, lasts = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token:
        raise guard.ChannelError("政务微信没有给出访问凭证。")
    cache.set(_key(), token, min(int(lasts) - 60, _LONGEST_S) if isinstance(lasts, int) and lasts > 120 else 60)
    return token


def _key() -> str:
    return f"gov_token:{settings.GOV_URL}:{settings.GOV_AGENT}"
