"""500 texts people really wrote to their government, as demands of the demonstration town, driven to an end through a year."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.cases.actions.submit import submit
from qinqing.cases.models import Case, Feedback
from qinqing.cases.words import ENDS, Verb
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import cards
from qinqing.ledger.models import Entry
from qinqing.ledger.verify import verify
from tests.cases.invariants import check_case, check_town
from tests.cases.walk import Walk
from tests.cases.world import World, make_world, moment

if TYPE_CHECKING:
    from qinqing.kernel.actor import Actor

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "messages.csv"
HOW_MANY = 500
ON_THE_DESK = 30
"""Cases under way at the same time: as one ends, the next comes in."""
RANDOM_PRESSES = 3
"""So many presses a case goes where chance takes it; then what leads onward comes first."""
START = moment("2026-03-02 08:40")
NOT_EVERY_PRESS = 12
"""One press in so many is followed by the whole check of its case."""


def messages() -> list[dict[str, str]]:
    """Return texts to submit: real ones where they are, made-up ones of the same sorts elsewhere."""
    if MESSAGES.exists():
        with MESSAGES.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return random.Random(20260302).sample(rows, HOW_MANY)
    dice = random.Random(20260302)
    words = "路灯 积水 招工 噪声 停车 排污 证照 电压 限行 土地 补贴 垃圾 安全 道路 消防 用气".split()
    return [
        {"title": f"{dice.choice(words)}问题第{n}件", "text": "。\n".join(dice.choices(words, k=dice.randint(3, 400)))}
        for n in range(HOW_MANY)
    ]


def ways_in(world: World) -> Iterator[dict[str, Any]]:
    """Yield who submits, in turn: owners, staff on an owner's behalf, the bearer of an enterprise's card."""
    cards.issue_card(enterprise_id=world.firms["lamp"], by=world.clerk, at=START)
    bearer = enterprises.actor_of_card(enterprises.card_token(world.clerk, world.firms["lamp"]))
    assert bearer is not None
    world.who["card"] = bearer
    givers: list[tuple[Actor, str]] = [
        (world.owner, "lamp"),
        (world.owner2, "mould"),
        (world.officer, "lamp"),
        (bearer, "lamp"),
        (world.clerk, "mould"),
        (world.land, "lamp"),
        (world.owner2, "mould"),
        (world.leader2, "mould"),
    ]
    while True:
        for by, firm in givers:
            yield {"by": by, "enterprise_id": world.firms[firm]}


@pytest.mark.clause("二(四)-2c", "二(四)-3", "二(四)-6")
def test_five_hundred_real_texts_all_come_to_an_end(db: None) -> None:
    world = make_world(START)
    walk = Walk(world, 7, START)
    givers, texts = ways_in(world), iter(messages())
    desk: list[Case] = []
    steps: dict[int, int] = {}
    presses = 0
    numbers: list[str] = []
    while True:
        while len(desk) < ON_THE_DESK and (given := next(texts, None)):
            case = submit(at=walk.at, text=given["text"], title=given["title"][:80], **next(givers))
            numbers.append(case.number)
            desk.append(case)
        if not desk:
            break
        place = walk.dice.randrange(len(desk))
        case = desk[place]
        steps[case.pk] = steps.get(case.pk, 0) + 1
        assert steps[case.pk] < 200, (case.number, case.state, walk.refused[-5:])
        case = desk[place] = walk.step(case, hurry=steps[case.pk] > RANDOM_PRESSES)
        presses += 1
        if presses % NOT_EVERY_PRESS == 0:
            check_case(case)
        if case.state in ENDS:
            del desk[place]

    rows = Case.objects.filter(town=world.town)
    assert len(set(numbers)) == HOW_MANY == rows.count()
    years = {number[2:6] for number in numbers}
    for year in years:  # no number is missing and none was given twice
        given_out = sorted(int(number[7:-1]) for number in numbers if number[2:6] == year)
        assert given_out == list(range(1, len(given_out) + 1))
    assert not rows.exclude(state__in=[state.value for state in ENDS]).exists()
    unanswered = rows.filter(state="written_off").exclude(
        pk__in=Feedback.objects.filter(is_staged=False).values("case")
    )
    assert not unanswered.exists()
    for case in rows:
        check_case(case)
    check_town(world)
    verdict = verify(book=world.town.code)
    assert verdict.ok, verdict.first_bad
    # One press, one entry: nothing else wrote about a case, and no press went unwritten.
    about_cases = Entry.objects.filter(subject_kind="case").count()
    assert about_cases == HOW_MANY + sum(walk.pressed.values())
    assert {Verb.FORWARD, Verb.HAND, Verb.CONVENE, Verb.FINISH, Verb.RATE, Verb.WRITE_OFF} <= set(walk.pressed)
