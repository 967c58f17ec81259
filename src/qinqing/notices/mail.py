"""The e-mail channel: a number and a link, nothing about persons or matters leaves the house."""

from django.conf import settings
from django.core.mail import EmailMessage

from qinqing.notices.models import Post


def send(post: Post) -> None:
    """Send one notice by e-mail.

    Raises:
        OSError and kin: whatever the mail server answers; the queue tries again.
    """
    number = post.notice.sentence.split("　", 1)[0]
    way = f"cases/{post.notice.case_id}" if post.notice.case_id else f"notices/{post.notice_id}"
    body = f"您有一件{'待办' if post.notice.action else '动态'}：{number}。\n请登录查看：{settings.BASE_URL}/{way}\n"
    EmailMessage(f"[亲清] {number}", body, settings.DEFAULT_FROM_EMAIL, [post.address]).send()
