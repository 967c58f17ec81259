"""The e-mail channel: a number and a link, nothing about persons or matters leaves the house."""

import re

from django.conf import settings
from django.core.mail import EmailMessage

from qinqing.notices.models import Post

_NUMBER = re.compile(r"\w+〔\d{4}〕\d+号")
"""What may stand in an e-mail: a number. Other labels of the ledger can be the name of a firm."""


def send(post: Post) -> None:
    """Send one notice by e-mail.

    Raises:
        OSError and kin: whatever the mail server answers; the queue tries again.
    """
    what = "待办" if post.notice.action else "动态"
    number = post.notice.sentence.split("　", 1)[0]
    number = number if _NUMBER.fullmatch(number) else ""
    # The notice knows on which side of the house its reader looks; a case's own address would not.
    body = (
        f"您有一件{what}{'：' if number else ''}{number}。\n请登录查看：{settings.BASE_URL}/notices/{post.notice_id}\n"
    )
    EmailMessage(f"[亲清] {number or what}", body, settings.DEFAULT_FROM_EMAIL, [post.address]).send()
