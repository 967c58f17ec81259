"""What happens in the town's year: cases of real texts, told one press after the other in the order of time."""

import csv
import heapq
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from qinqing.cases.actions.submit import submit
from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from tests.cases.world import World, moment
from tests.statistics.year.law import closing, nth, soon

MESSAGES = Path(__file__).parents[4] / "shared" / "data" / "messages.csv"
HOW_MANY = 240
START = moment("2026-01-05 08:00")
SPREAD = (date(2026, 12, 4) - START.date()).days


def texts() -> list[str]:
    dice = random.Random(20260105)
    if MESSAGES.exists():
        with MESSAGES.open(encoding="utf-8", newline="") as file:
            return [row["text"] for row in dice.sample(list(csv.DictReader(file)), HOW_MANY)]
    return [f"第{n}件：厂区门口积水，麻烦看一看。" for n in range(HOW_MANY)]


Steps = Iterator[datetime]


@dataclass
class Teller:
    """Tells one case; `yield` waits for a moment, so that the year's presses come in the order of time."""

    world: World
    dice: random.Random
    text: str
    at: datetime
    story: str
    firm: str
    kinds: Counter[str]

    def press(self, verb: Verb, case: Case, by: str, **values: Any) -> Case:
        return self.world.press(verb, case, by, self.at, **values)

    def wait(self, until: datetime) -> datetime:
        self.at = max(self.at + timedelta(minutes=1), until)
        return self.at

    def tell(self) -> Steps:
        yield self.at
        owner = "owner" if self.firm == "lamp" else "owner2"
        self.kinds[self.story] += 1
        began = self.at
        case = submit(
            by=self.world.who[owner],
            at=self.at,
            enterprise_id=self.world.firms[self.firm],
            text=self.text,
            title="一件事",
        )
        assert case.due_at == closing(began, 5), (began, case.due_at)
        if self.story == "unheard":
            return
        yield self.wait(nth(began, 2, 10) if self.dice.random() < 0.1 else soon(began + timedelta(minutes=45)))
        if self.story == "declined":
            self.press(Verb.DECLINE, case, "clerk", reason="other_town", reply="属邻镇的事，请拨打12345。")
            return
        self.press(Verb.ACCEPT, case, "clerk", topic="streetlight", grade="ordinary")
        yield self.wait(soon(self.at + timedelta(minutes=30)))
        who, code = self.dice.choice(
            (("build", "jianguan"), ("social", "shewu"), ("law", "zhifa"), ("village", "cun01"))
        )
        if who == "village":
            self.press(Verb.HAND, case, "clerk", community=self.world.office(code))
        else:
            self.press(Verb.FORWARD, case, "clerk", lead=self.world.office(code))
        given = self.at
        if self.story in ("returned", "insisted"):
            yield self.wait(soon(self.at + timedelta(minutes=50)))
            self.press(Verb.RETURN, case, who, reason="not_ours", basis="三职(三)-2", note="不属于我单位职责。")
            yield self.wait(soon(self.at + timedelta(minutes=30)))
            if self.story == "insisted":
                self.press(Verb.OVERRULE_RETURN, case, "clerk", note="请按职责办理。")
            else:
                self.press(Verb.ACCEPT_RETURN, case, "clerk")
                yield self.wait(soon(self.at + timedelta(minutes=20)))
                who, code = "land", "ziran"
                self.press(Verb.FORWARD, case, "clerk", lead=self.world.office(code))
        slow = who == "social" and self.dice.random() < 0.5
        yield self.wait(nth(given, 3, 9) if slow else soon(self.at + timedelta(hours=1)))
        self.press(Verb.SIGN, case, who, handler=self.world.who[who].account_id)
        if self.story == "withdrawn":
            yield self.wait(soon(self.at + timedelta(hours=2)))
            self.press(Verb.WITHDRAW, case, owner, reason="自己解决了。")
            return
        if self.story == "extended":
            yield self.wait(nth(began, 3, 14))
            self.press(Verb.ASK_EXTENSION, case, who, reason="several_offices", note="等材料。",
                       new_due_on=str(closing(began, 8).date()))  # fmt: skip
            yield self.wait(nth(began, 4, 14))
            self.press(Verb.GRANT_EXTENSION, case, "head")
        if self.story == "left":
            return
        days = (
            self.dice.choice((7, 8, 9))
            if self.story == "late"
            else 8
            if self.story == "extended"
            else self.dice.choice((3, 4, 5))
        )
        yield self.wait(nth(began, days, 15))
        outcome = self.dice.choice(("solved", "solved", "partly", "explained"))
        self.press(Verb.FINISH, case, who, outcome=outcome, reply="已办理，请企业看一看。", told_way="phone")
        yield from self.end(case, owner, who)

    def end(self, case: Case, owner: str, who: str) -> Steps:
        if self.story == "reopened" or self.dice.random() < 0.7:
            yield self.wait(self.at + timedelta(hours=20))
            bad = self.story == "reopened" or self.dice.random() < 0.1
            self.press(Verb.RATE, case, owner, solved="no" if bad else "yes",
                       satisfaction="dissatisfied" if bad else self.dice.choice(("very", "satisfied")),
                       comment="没有办好。" if bad else "")  # fmt: skip
            yield self.wait(nth(self.at, 1, 9))
            if self.story == "reopened":
                self.press(Verb.REOPEN, case, "clerk", note="情况属实，请重新办理。")
                self.kinds["second round"] += 1
                yield self.wait(soon(self.at + timedelta(hours=2)))
                self.press(Verb.SIGN, case, who, handler=self.world.who[who].account_id)
                yield self.wait(nth(self.at, self.dice.choice((2, 5)), 11))
                self.press(Verb.FINISH, case, who, outcome="solved", reply="重新办理好了。", told_way="phone")
            elif bad:
                self.press(Verb.DISMISS_RATING, case, "clerk", note="经核实已按规定办理。")
        yield self.wait(nth(self.at, 1, 16))
        self.press(Verb.REGISTER, case, "clerk")
        yield self.wait(self.at + timedelta(minutes=30))
        self.press(Verb.WRITE_OFF, case, "clerk")


STORIES = (
    ["good"] * 9 + ["late"] * 3 + ["reopened"] * 2 + ["returned", "insisted", "extended", "withdrawn", "declined", "left", "unheard"]
)  # fmt: skip


def live(world: World) -> Counter[str]:
    dice, kinds = random.Random(2026), Counter[str]()
    waiting: list[tuple[datetime, int, Steps]] = []
    for number, text in enumerate(texts()):
        at = START + timedelta(days=dice.randrange(1, SPREAD), hours=dice.randrange(14), minutes=dice.randrange(60))
        teller = Teller(
            world, random.Random(number), text, at, dice.choice(STORIES), dice.choice(("lamp", "mould")), kinds
        )
        steps = teller.tell()
        heapq.heappush(waiting, (next(steps), number, steps))
    while waiting:
        _, number, steps = heapq.heappop(waiting)
        following = next(steps, None)
        if following is not None:
            heapq.heappush(waiting, (following, number, steps))
    return kinds
