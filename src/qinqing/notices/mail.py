"""The e-mail channel: a number and a link, nothing about persons or matters leaves the house."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from qinqing.notices.models import Post

_NUMBER = re.compile(r"\w+〔\d{4}〕\d+号")
"""What may stand in an e-mail: a number. Other labels of the ledger can be the name of a firm."""


_MOST_NAMED = 20


def send(posts: Sequence[Post]) -> None:
    """Send one letter: a single notice, or a person's morning letter with one line for each.

    Raises:
        OSError and kin: whatever the mail server answers; the queue tries again.
    """
    first = posts[0]
    if len(posts) == 1:
        number, what = _number(first), _what(first)
        # The notice knows on which side of the house its reader looks; a case's own address would not.
        link = f"{settings.BASE_URL}/notices/{first.notice_id}"
        body = f"您有一件{what}{'：' if number else ''}{number}。\n请登录查看：{link}\n"
        subject = f"[亲清] {number or what}"
    else:
        to_do = sum(post.notice.action for post in posts)
        subject = f"[亲清] 今日{to_do}件待办" if to_do else f"[亲清] {len(posts)}件动态"
        lines = [f"{_what(post)}　{_number(post) or '请登录查看'}" for post in _to_do_first(posts)[:_MOST_NAMED]]
        more = [f"……共{len(posts)}件。"] if len(posts) > _MOST_NAMED else []
        body = "\n".join([f"您有{to_do}件待办、{len(posts) - to_do}件动态：", *lines, *more, ""])
        body += f"请登录查看：{settings.BASE_URL}/notices/\n"
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [first.address]).send()


def _to_do_first(posts: Sequence[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: (not post.notice.action, post.notice_id))


def _what(post: Post) -> str:
    return "待办" if post.notice.action else "动态"


def _number(post: Post) -> str:
    number = post.notice.sentence.split("　", 1)[0]
    return number if _NUMBER.fullmatch(number) else ""
