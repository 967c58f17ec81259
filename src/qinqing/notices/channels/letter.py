"""What leaves the house, in words: numbers and a link. Nothing about persons, firms or matters, whatever the channel."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from qinqing.notices.models import Post

_NUMBER = re.compile(r"\w{1,4}〔\d{4}〕\d+号")
"""What may stand in a message: a number. Other labels of the ledger can be the name of a firm."""
_MOST_NAMED = 20


@dataclass(frozen=True)
class Letter:
    """One message: a heading, lines of kind and number, and where to read on."""

    heading: str
    lines: tuple[str, ...]
    link: str

    @property
    def short(self) -> str:
        """Return it as one line, for channels that count characters."""
        return f"{self.heading}，请登录查看：{self.link}"


def letter_of(posts: Sequence[Post]) -> Letter:
    """Return the message of one notice, or of a morning's notices with a line each.

    A group's robot speaks to several people: its link goes to whoever presses it, to his own inbox.
    """
    first = posts[0]
    inbox = f"{settings.BASE_URL}/notices/"
    whose = "本单位" if first.robot_id else ""
    if len(posts) == 1:
        number, what = _number(first), _what(first)
        # The notice knows on which side of the house its reader looks; a case's own address would not.
        link = inbox if first.robot_id else f"{inbox}{first.notice_id}"
        heading = f"{whose}{what}：{number}" if number else f"{whose}有一件{what}"
        return Letter(heading, (), link)
    to_do = sum(post.notice.action for post in posts)
    heading = f"{whose}今日{to_do}件待办" if to_do else f"{whose}{len(posts)}件动态"
    lines = [f"{_what(post)}　{_number(post) or '请登录查看'}" for post in _to_do_first(posts)[:_MOST_NAMED]]
    more = [f"……共{len(posts)}件。"] if len(posts) > _MOST_NAMED else []
    return Letter(heading, (*lines, *more), inbox)


def text_of(posts: Sequence[Post]) -> str:
    """Return the message as text of several lines, as chats show it."""
    letter = letter_of(posts)
    return "\n".join([f"[亲清] {letter.heading}", *letter.lines, f"请登录查看：{letter.link}"])


def _to_do_first(posts: Sequence[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: (not post.notice.action, post.notice_id))


def _what(post: Post) -> str:
    return "待办" if post.notice.action else "动态"


def _number(post: Post) -> str:
    number = post.notice.sentence.split("　", 1)[0]
    return number if _NUMBER.fullmatch(number) else ""
