"""Suggestions for one matter, matters that may be the same, and how often the suggestions were right."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from qinqing.cases.reads.decided import open_nearby
from qinqing.kernel.actor import Actor
from qinqing.plan import clauses
from qinqing.plan import reads as plans
from qinqing.plan.spec import Plan, Topic
from qinqing.plan.suggest import suggest_topics
from qinqing.plan.words import DefaultRoute
from qinqing.triage.models import Judgement, Learned
from qinqing.triage.rules import Lesson, Text, likeness

if TYPE_CHECKING:
    from qinqing.cases.models import Case

ALIKE = 0.35
"""From this likeness on two matters of one village may be the same; measured on real messages, see docs/bench.md."""
SAME_FIRM = 0.12
"""The same firm seldom has two open matters that have this much in common by chance."""
MOST_ALIKE = 5


@dataclass(frozen=True)
class Suggestion:
    """One suggested topic with the office and way the plan gives it, and why.

    Attributes:
        topic, name: the plan's code and words.
        office, route: who usually handles it and how it usually goes, in 中文.
        clause, duty: the clause it rests on and its own words.
        words: what in the text led to it.
        share: how sure, 0–1.
    """

    topic: str
    name: str
    office: str
    route: str
    clause: str
    duty: str
    words: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Alike:
    """An open matter that may be the same one."""

    case: "Case"
    percent: int
    is_same_firm: bool


@dataclass(frozen=True)
class HitRate:
    """How often the hub decided for the first suggestion, for one of three, of how many decisions."""

    judged: int
    first: int
    among_three: int

    def percent(self, hits: int) -> str:
        """Return a share as 87%, — where nothing was judged."""
        return f"{round(100 * hits / self.judged)}%" if self.judged else "—"


def latest(town_id: int) -> Learned | None:
    """Return the lesson in use, without its content."""
    return Learned.objects.filter(town_id=town_id).defer("content").first()


_kept: dict[int, Lesson] = {}
_MOST_KEPT = 8


def lesson_of(row: Learned) -> Lesson:
    """Return what a row holds; kept in this process, since every page of the hub's desk asks."""
    if row.pk not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[row.pk] = Lesson.from_plain(row.content)
    return _kept[row.pk]


def suggest(by: Actor, title: str, text: str) -> list[Suggestion]:
    """Return up to three topics a demand is likely about, the likeliest first.

    Before anything was learnt the plan's keywords alone speak. It is a suggestion: nothing is chosen by it.

    Source: 附1-内容-1.
    """
    plan = plans.current(by.book)
    row = latest(by.town_id)
    if row is None:
        return [
            _suggestion(plan, topic, _found(topic, title + text), 0.0) for topic in suggest_topics(plan, title + text)
        ]
    guesses = lesson_of(row).guess(Text(title, text), [topic.code for topic in plan.topics_for("demand")])
    topics = {topic.code: topic for topic in plan.topics}
    return [_suggestion(plan, topics[one.topic], one.words, one.share) for one in guesses]


def alike(by: Actor, case: "Case") -> list[Alike]:
    """Return open matters that may be the same: of the same firm, or of the same village and much alike."""
    features = Text(case.title, case.text).features()
    found = []
    for other in open_nearby(by, case):
        same = other.enterprise_id == case.enterprise_id
        much = likeness(features, Text(other.title, other.text).features())
        if much >= (SAME_FIRM if same else ALIKE):
            found.append(Alike(other, round(100 * much), same))
    return sorted(found, key=lambda one: -one.percent)[:MOST_ALIKE]


def hit_rate(town_id: int, month: str = "") -> HitRate:
    """Return how often suggestions were right, of a month ("2026-11") or of all time."""
    rows = Judgement.objects.filter(town_id=town_id)
    if month:
        year, number = month.split("-")
        rows = rows.filter(at__year=int(year), at__month=int(number))
    counted = rows.aggregate(
        judged=Count("pk"), first=Count("pk", filter=Q(rank=1)), among_three=Count("pk", filter=Q(rank__gt=0))
    )
    return HitRate(**counted)


def misses(town_id: int, *, limit: int = 20) -> list[Judgement]:
    """Return the latest decisions none of three suggestions had foreseen."""
    return list(Judgement.objects.filter(town_id=town_id, rank=0).select_related("case").order_by("-case_id")[:limit])


def _suggestion(plan: Plan, topic: Topic, words: tuple[str, ...], share: float) -> Suggestion:
    office = plan.office(topic.office)
    return Suggestion(
        topic=topic.code,
        name=topic.name,
        office=office.short if office else "属地村（社区）",
        route=DefaultRoute.label_of(topic.route),
        clause=topic.clause,
        duty=clauses.clause(topic.clause).quote if clauses.exists(topic.clause) else "",
        words=words,
        share=share,
    )


def _found(topic: Topic, text: str) -> tuple[str, ...]:
    return tuple(word for word in (topic.name, *topic.keywords) if word in text)
