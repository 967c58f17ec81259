"""The e-mail channel."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from qinqing.notices.channels.letter import letter_of
from qinqing.notices.models import Post


def send(posts: Sequence[Post]) -> None:
    """Send one letter: a single notice, or a person's morning letter with one line for each.

    Raises:
        OSError and kin: whatever the mail server answers; the queue tries again.
    """
    letter = letter_of(posts)
    body = "\n".join([f"{letter.heading}。", *letter.lines, f"请登录查看：{letter.link}", ""])
    EmailMessage(f"[亲清] {letter.heading}", body, settings.DEFAULT_FROM_EMAIL, [posts[0].address]).send()
