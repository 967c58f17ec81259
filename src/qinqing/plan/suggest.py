"""Which topics a text is likely about, by the plan's own keywords: a suggestion for the hub, never a decision."""

import unicodedata
from typing import Literal

from qinqing.plan.spec import Plan, Topic

_ENOUGH = 3
"""A word repeated more often says nothing more."""


def suggest_topics(
    plan: Plan, text: str, kind: Literal["demand", "problem"] = "demand", *, most: int = 3
) -> list[Topic]:
    """Return up to `most` topics whose name or keywords occur in the text, the likeliest first; none if nothing fits.

    Longer words count for more, since 消防通道 says more than 通道. Equal ones keep the plan's order.

    Source: 附1-内容-1 (甄别).
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    scored = [(_score(topic, folded), topic) for topic in plan.topics_for(kind)]
    likely = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [topic for _, topic in likely[:most]]


def _score(topic: Topic, folded: str) -> int:
    words = {word.casefold() for word in (topic.name, *topic.keywords)}
    return sum(len(word) * min(folded.count(word), _ENOUGH) for word in words)
