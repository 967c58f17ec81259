"""Text messages by any gateway that takes JSON: the body and the sign of success are settings."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from qinqing.kernel import secrets
from qinqing.notices.channels import guard
from qinqing.notices.channels.letter import letter_of
from qinqing.notices.models import Choice, Post

PURPOSE = "notice_phone"


def send(posts: Sequence[Post]) -> None:
    """Send one text message: a number and a link.

    Raises:
        ChannelError: he takes no such messages any more, or the gateway did not take it.
    """
    choice = Choice.objects.filter(pk=posts[0].notice.account_id, sms=True).exclude(sealed_phone="").first()
    if choice is None:
        raise guard.ChannelError("本人已不用这个渠道。")
    given = {"{phone}": secrets.unseal(choice.sealed_phone, PURPOSE), "{text}": f"【亲清】{letter_of(posts).short}"}
    headers = {"Authorization": settings.SMS_AUTHORIZATION} if settings.SMS_AUTHORIZATION else {}
    answer = guard.post_json(settings.SMS_URL, _filled(json.loads(settings.SMS_BODY), given), headers=headers)
    name, _, wanted = settings.SMS_OK.partition("=")
    guard.require_code(answer, name.strip(), wanted.strip())


def _filled(body: Any, given: dict[str, str]) -> Any:
    """Return the body with what is given put into its texts, after it was read: no text can break out of its quotes."""
    if isinstance(body, dict):
        return {key: _filled(value, given) for key, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, given) for value in body]
    if isinstance(body, str):
        for mark, value in given.items():
            body = body.replace(mark, value)
    return body
