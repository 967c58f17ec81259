"""Learning anew, and holding decisions against suggestions. Neither is a fact of the mechanism, so neither is in the ledger."""

from datetime import datetime

from django.db import transaction

from qinqing.cases.reads.decided import Decided, decided
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.plan import clauses
from qinqing.plan import reads as plans
from qinqing.plan.spec import Plan
from qinqing.triage.models import Judgement, Learned
from qinqing.triage.reads import latest, lesson_of
from qinqing.triage.rules import Example, Lesson, Text

MOST_DECISIONS = 50_000
"""Older decisions than these teach nothing the newer ones do not."""
_STEP = 5000


@transaction.atomic
def learn(*, by: Actor, at: datetime) -> Learned:
    """Learn the town's topics from the plan's own words and from every decision of its hub.

    Raises:
        NotAllowed: neither the hub's head, nor the server's command line.
        Refused: `no_plan`.

    Source: 附1-内容-1.
    """
    if not by.is_system:
        rights.require(by, Right.APPROVE_EXTENSION)
    plan = plans.current(by.book)
    from_plan = plan_examples(plan)
    if not from_plan:
        raise Refused("no_plan", "方案里还没有事项类别，先装入方案。")
    known = {topic.code for topic in plan.topics}
    made = [row for row in _all_decided(by.town_id) if row.topic in known and row.kind == "demand"]
    lesson = Lesson.learn([*from_plan, *(Example(Text(row.title, row.text), row.topic) for row in made)])
    return Learned.objects.create(
        town_id=by.town_id,
        at=at,
        by_name=by.name,
        from_plan=len(from_plan),
        from_decisions=len(made),
        content=lesson.plain(),
    )


def judge(*, town_id: int, at: datetime) -> int:
    """Hold decisions made since the last lesson against what that lesson would have suggested; return how many.

    Only decisions the lesson has not learnt from are judged, so the rate is what the hub really saw. A case is judged once.
    """
    row = latest(town_id)
    if row is None:
        return 0
    lesson = lesson_of(row)
    fresh = [one for one in decided(town_id, since=row.at) if one.kind == "demand" and one.accepted_at <= at]
    known = set(Judgement.objects.filter(case_id__in=[one.case_id for one in fresh]).values_list("case_id", flat=True))
    made = [_judgement(one, lesson, row) for one in fresh if one.case_id not in known]
    Judgement.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def plan_examples(plan: Plan) -> list[Example]:
    """Return what the plan itself says of each topic: its name and keywords, and the duty it rests on."""
    found = []
    for topic in plan.topics_for("demand"):
        found.append(Example(Text(topic.name, "，".join(topic.keywords)), topic.code))
        if clauses.exists(topic.clause):
            found.append(Example(Text(topic.name, clauses.clause(topic.clause).quote), topic.code))
    return found


def _judgement(one: Decided, lesson: Lesson, row: Learned) -> Judgement:
    guessed = [guess.topic for guess in lesson.guess(Text(one.title, one.text))]
    rank = guessed.index(one.topic) + 1 if one.topic in guessed else 0
    return Judgement(
        case_id=one.case_id,
        town_id=row.town_id,
        learned=row,
        chosen=one.topic,
        suggested=" ".join(guessed),
        rank=rank,
        at=one.accepted_at,
    )


def _all_decided(town_id: int) -> list[Decided]:
    found: list[Decided] = []
    while page := decided(town_id, after=found[-1].case_id if found else 0, limit=_STEP):
        found.extend(page)
    return found[-MOST_DECISIONS:]
