"""Random permitted presses of random people: what the lifecycle table offers is pressed, with answers its inputs allow."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from qinqing.cases import policy
from qinqing.cases.models import Case, Task
from qinqing.cases.needs import Ask, Need
from qinqing.cases.options import asking, options_for
from qinqing.cases.reads.find import sight_of
from qinqing.cases.rules.offers import Offer, offers
from qinqing.cases.words import ENDS, Verb
from qinqing.consultations.actions import press
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from tests.cases.world import World

SEEN_ONLY = {Verb.REVEAL}
"""Buttons that show something instead of changing the case."""
RARELY = {
    Verb.WITHDRAW,
    Verb.DECLINE,
    Verb.MERGE,
    Verb.URGE,
    Verb.SUPERVISE,
    Verb.MARK_KEY,
    Verb.PROGRESS,
    Verb.NAME_HANDLER,
    Verb.ASK_CONSULTATION,
    Verb.ANSWER_URGE,
    Verb.INSTRUCT,
}
ONWARD = {Verb.FINISH, Verb.RESUME, Verb.REGISTER, Verb.WRITE_OFF, Verb.COMPLETE, Verb.ACCEPT, Verb.SIGN}


class Walk:
    """A simulated town: `step` presses one random button on one case; the calendar moves on between presses."""

    def __init__(self, world: World, seed: int, at: datetime) -> None:
        self.world, self.dice, self.at = world, random.Random(seed), at
        self.pressed: dict[Verb, int] = {}
        self.refused: list[str] = []

    def offered(self, case: Case) -> list[tuple[Actor, Offer]]:
        """Return every button anybody in town has on a case he can see."""
        sees = {actor: policy.visible_to(actor).filter(pk=case.pk).exists() for actor in self.world.who.values()}
        return [(actor, offer) for actor, offer in self.buttons(case) if sees[actor]]

    def buttons(self, case: Case) -> list[tuple[Actor, Offer]]:
        """Return every button of everybody's standing, whether he would come to the case or not."""
        sight = sight_of(case)
        return [
            (actor, offer)
            for actor in self.world.who.values()
            for offer in offers(actor, sight, self.at)
            if offer.verb not in SEEN_ONLY
        ]

    def choose(self, case: Case, *, hurry: bool = False) -> tuple[Actor, Offer] | None:
        """Return one random button of somebody who can see the case; None when nobody has one. `hurry`: what leads onward first."""
        found = self.buttons(case)
        while found:
            weights = [self.weight(offer, hurry=hurry) for _, offer in found]
            actor, offer = self.dice.choices(found, weights)[0]
            if policy.visible_to(actor).filter(pk=case.pk).exists():
                return actor, offer
            found = [pair for pair in found if pair[0] is not actor]
        return None

    @staticmethod
    def weight(offer: Offer, *, hurry: bool) -> float:
        """Return how likely a button is to be pressed."""
        if offer.verb in RARELY:
            return 0.001 if hurry else 0.08
        if offer.verb is Verb.CONVENE and offer.weight > 10:
            return 0.3
        if offer.verb in ONWARD:
            return 100.0 if hurry else 3.0
        return 100.0 / offer.weight**2 if hurry else 1.0

    def step(self, case: Case, *, hurry: bool = False) -> Case:
        """Press one random offered button; a refusal for what was typed is noted, never a crash."""
        chosen = self.choose(case, hurry=hurry)
        assert chosen or case.state in ENDS, f"{case.number} is {case.state} and nobody may do anything"
        if not chosen:
            return case
        case = self.press(case, *chosen)
        self.at += timedelta(minutes=self.dice.choice([3, 20, 90, 60 * 5]))
        return case

    def press(self, case: Case, actor: Actor, offer: Offer) -> Case:
        """Press a button with made-up answers; a refusal for what was typed is noted."""
        task = Task.objects.filter(pk=offer.task_id).first()
        values = {need.name: self.answer(need, case, task, actor) for need in offer.step.needs}
        try:
            case = press(offer.verb, case.pk, by=actor, at=self.at, values=values, task_id=offer.task_id)
            self.pressed[offer.verb] = self.pressed.get(offer.verb, 0) + 1
        except Refused as refused:
            self.refused.append(f"{offer.verb.label}：{refused.sentence}")
        return case

    def to_an_end(self, case: Case, most: int = 120) -> Case:
        """Press until the case is off the ledger."""
        for _ in range(most):
            if case.state in ENDS:
                return case
            case = self.step(case)
        for _ in range(60):  # a real office hurries in the end: only what leads onward
            if case.state in ENDS:
                break
            onward = [(a, o) for a, o in self.offered(case) if o.verb not in RARELY]
            actor, offer = min(onward, key=lambda pair: (pair[1].verb not in ONWARD, pair[1].weight))
            case = self.press(case, actor, offer)
            self.at += timedelta(minutes=30)
        return case

    def choices(self, need: Need, case: Case, task: Task | None, actor: Actor) -> list[Any]:
        """Return what may be chosen; of offices those with somebody at his post, because nobody can sign at the others."""
        found = [option.value for option in options_for(need, asking(case, task, actor, self.at))]
        if need.options not in ("offices", "departments", "communities"):
            return found
        staffed = {someone.office_id for someone in self.world.who.values()}
        return [office for office in found if office in staffed]

    def answer(self, need: Need, case: Case, task: Task | None, actor: Actor) -> Any:
        """Make up an answer of the right sort; the outcome of a problem fits what was done about it."""
        choices = self.choices(need, case, task, actor) if need.options else []
        few = (2, 3) if need.required else (0, 1)
        makers: dict[Ask, Callable[[], Any]] = {
            Ask.CHOICE: lambda: self.dice.choice(choices) if choices else "",
            Ask.CHOICES: lambda: self.dice.sample(choices, min(len(choices), self.dice.randint(*few))),
            Ask.YES: lambda: self.dice.random() < 0.2,
            Ask.FILES: list,
            Ask.DATE: lambda: (self.at + timedelta(days=self.dice.randint(0, 20))).astimezone(SHANGHAI).date(),
            Ask.MOMENT: lambda: self.at + timedelta(hours=self.dice.randint(1, 30)),
            Ask.ITEMS: lambda: [
                {"office": office, "what": "按会商意见办理。", "days": self.dice.randint(1, 5)}
                for office in self.dice.sample(choices, min(len(choices), 2))
            ],
        }
        if need.name == "told_at" or need.options == "community_officers":
            return None
        if need.name == "sent_on":
            return self.at.astimezone(SHANGHAI).date()
        if need.name == "into":
            other = Case.objects.filter(kind=case.kind, ended_at__isnull=True).exclude(pk=case.pk).first()
            return other.number if other else "诉〔2026〕9999号"
        if need.ask in makers:
            return makers[need.ask]()
        return f"{need.label}：演示{self.dice.randint(1, 999)}"
