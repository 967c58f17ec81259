"""The life of every case by rule: its steps on working days, its entries in the words of the real facts, its rows.

A fact is asked once for its sentence and payload with marks in place of names; every entry is then filled in from that,
so the ledger of a million cases has the very form the actions give it.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bench.texts import Texts
from bench.towns import BenchTown, Firm, Person, Seat
from qinqing.cases.facts.base import CaseFact
from qinqing.cases.facts.closing import Finished, Rated, Registered, WrittenOff
from qinqing.cases.facts.intake import Accepted, Forwarded, Handed, Reported, Submitted
from qinqing.cases.facts.work import Progressed, Signed
from qinqing.cases.terms import Terms, current_terms
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger.chain import canonical_json
from qinqing.people.words import Role

_DUE = "2099-12-31T23:58:00+08:00"
_TOLD = "2098-11-28T22:57:00+08:00"
_IDS = {"hub": 987_654_321, "office": 987_654_322, "person": 987_654_323, "days": 987_654_324}
_ODD_TIME = "23:58"


@dataclass(frozen=True)
class Form:
    """An entry with marks."""

    kind: str
    verb: str
    sentence: str
    facts: str
    clause: str


def _form(fact: CaseFact, clause: str) -> Form:
    return Form(fact.kind, fact.verb, _marked(fact.sentence()), _marked(canonical_json(fact.payload())), clause)


def _marked(text: str) -> str:
    text = text.replace("%", "%%").replace(_DUE, "%(due_iso)s").replace(f"12月31日 {_ODD_TIME}", "%(due_day)s")
    text = text.replace(_TOLD, "%(now_iso)s").replace("⟦", "%(").replace("⟧", ")s")
    for name, number in _IDS.items():
        text = text.replace(str(number), f"%({name})s")
    return text


_HUB, _OFFICE, _PERSON = _IDS["hub"], _IDS["office"], _IDS["person"]
FORMS = {
    "submitted": _form(
        Submitted(
            source="企业提交", submitter="⟦who⟧", title="⟦title⟧", text="⟦text⟧", topic="", due_at=_DUE,
            provisional=False, office_ids=(_HUB,),
        ),
        "二(二)1-诉求-提交",
    ),
    "reported": _form(
        Reported(
            source="部门发现", title="⟦title⟧", text="⟦text⟧", topic="⟦topic⟧", severity="一般", due_at=_DUE,
            provisional=False, stop_notice="部门自行处置", several_offices=False, office_ids=(_HUB, _OFFICE),
        ),
        "二(二)2-问题-部门-自行",
    ),
    "accepted": _form(Accepted(topic="⟦topic⟧", grade="一般诉求", is_key=False), "二(二)0-3"),
    "forwarded": _form(Forwarded(lead="⟦lead⟧", office_ids=(_OFFICE,)), "二(二)1-诉求-转办"),
    "handed": _form(
        Handed(community="⟦lead⟧", handler="⟦name⟧", office_ids=(_OFFICE,), account_ids=(_PERSON,)), "二(二)1-诉求-交村"
    ),
    "signed": _form(Signed(office="⟦lead⟧", handler="⟦name⟧", late=False, account_ids=(_PERSON,)), "三要(二)-1"),
    "progressed": _form(Progressed(office="⟦lead⟧", told_enterprise=False, note="⟦note⟧"), "二(二)1-诉求-跟进"),
    "finished": _form(
        Finished(
            office="⟦lead⟧", outcome="已解决", reply="⟦reply⟧", told_way="电话", told_at=_TOLD, round=1, in_time=True,
            office_ids=(_HUB,),
        ),
        "二(四)-3",
    ),
    "rated": _form(Rated(solved=True, satisfaction="满意", dissatisfied=False, office_ids=(_HUB,)), "三要(四)-5"),
    "registered": _form(Registered(), "二(四)-6"),
    "written_off": _form(WrittenOff(outcome="已解决", working_days=_IDS["days"]), "二(四)-2c"),
}  # fmt: skip


class Days:
    """Working days up to yesterday, and what is due from each; a moment is (day, minute, second)."""

    def __init__(self, terms: Terms, today: date, count: int) -> None:
        self.terms = terms
        found: list[date] = []
        day = today - timedelta(days=1)
        while len(found) < count:
            if terms.calendar.is_workday(day):
                found.append(day)
            day -= timedelta(days=1)
        self.dates = found[::-1]
        self._iso = [day.isoformat() for day in self.dates]
        self._due: dict[tuple[int, int], datetime] = {}

    def __len__(self) -> int:
        return len(self.dates)

    def due(self, day: int, limit: int) -> datetime:
        key = (day, limit)
        if key not in self._due:
            start = datetime.combine(self.dates[day], time(9, 30), SHANGHAI)
            self._due[key] = self.terms.due(start, limit)
        return self._due[key]

    def stamp(self, at: "Moment") -> str:
        day, minute, second = at
        return f"{self._iso[day]}T{minute // 60:02d}:{minute % 60:02d}:{second:02d}.000000+08:00"

    def utc(self, at: "Moment") -> str:
        day, minute, second = at
        return f"{self._iso[day]} {minute // 60 - 8:02d}:{minute % 60:02d}:{second:02d}"

    def month(self, at: "Moment") -> str:
        return self._iso[at[0]][:7]


Moment = tuple[int, int, int]


@dataclass(slots=True)
class Event:
    """An entry to be: where it stands in time, its form and what fills it."""

    at: Moment
    case: int
    step: int
    label: str
    form: Form
    fill: dict[str, Any]
    actor: Person | None
    actor_name: str
    post: str
    seat: Seat | None


@dataclass(slots=True)
class Life:
    """One case: its row's values, its events and everything beside it."""

    id: int
    town: BenchTown
    firm: Firm
    number: str
    title: str
    text: str
    kind: str
    path: list[tuple[str, Moment]]
    lead: Seat
    handler: Person
    topic: tuple[str, str]
    reply: str = ""
    done: dict[str, Moment] = field(default_factory=dict)

    @property
    def state(self) -> str:
        for step, state in _STATES:
            if step in self.done:
                return state
        raise AssertionError("a case begins somewhere")


_STATES = (
    ("written_off", "written_off"), ("finished", "answered"), ("forwarded", "in_hand"), ("handed", "in_hand"),
    ("reported", "in_hand"), ("accepted", "accepted"), ("submitted", "submitted"),
)  # fmt: skip


class Fate:
    """Throws the dice for one case after the other."""

    def __init__(self, days: Days, texts: Texts, dice: random.Random) -> None:
        self.days, self.texts, self.dice = days, texts, dice
        self._topics = {
            kind: [(topic.code, topic.name) for topic in days.terms.matters(kind)] for kind in _kinds(days.terms)
        }

    def life(self, case_id: int, town: BenchTown, day: int, numbers: "Counter[tuple[int, str, int]]") -> Life:
        dice = self.dice
        luck = dice.random()
        kind = "problem" if luck > 0.92 else "demand"
        by_village = luck < 0.27
        firm = dice.choice(town.firms)
        lead = town.communities[firm.community] if by_village else dice.choice(town.departments)
        handler = lead.people[firm.id % 2 * 2]
        prefix = "问" if kind == "problem" else "诉"
        key = (town.id, prefix, self.days.dates[day].year)
        numbers[key] += 1
        title, text = self.texts.said()
        path = self._path(day, "handed" if by_village else "forwarded", kind, case_id)
        life = Life(
            case_id, town, firm, f"{prefix}〔{key[2]}〕{numbers[key]:04d}号", title, text, kind, path, lead, handler,
            dice.choice(self._topics[kind]),
        )  # fmt: skip
        life.reply = self.texts.reply()
        life.done = dict(path)
        return life

    def _path(self, day: int, way: str, kind: str, case_id: int) -> list[tuple[str, Moment]]:
        dice = self.dice
        minute = dice.randint(540, 680) if dice.random() < 0.5 else dice.randint(840, 1020)
        at: Moment = (day, minute, dice.randint(0, 59))
        steps: list[tuple[str, Moment]] = [("reported" if kind == "problem" else "submitted", at)]

        def then(step: str, days: int = 0) -> None:
            nonlocal at
            day, minute, second = at
            minute = dice.randint(510, 700) if days else minute + dice.randint(3, 40)
            if minute > 1045:
                day, minute = day + 1, dice.randint(510, 600)
            at = (day + days, minute, second)
            steps.append((step, at))

        if kind == "demand":
            then("accepted")
            then(way)
            then("signed", dice.choice((0, 0, 1)))
        many = 24 if case_id % 400 == 7 else dice.choice((0, 1, 1, 2, 3))
        for _ in range(many):
            then("progressed", dice.choice((0, 1)) if many < 5 else 0)
        luck = dice.random()
        then(
            "finished",
            dice.randint(30, 60) if luck > 0.995 else dice.randint(6, 9) if luck > 0.94 else dice.choice((0, 1, 2)),
        )
        if kind == "demand" and dice.random() < 0.7:
            then("rated", dice.choice((0, 1)))
        then("registered", dice.choice((0, 1, 2)))
        then("written_off", dice.choice((0, 0, 1)))
        return [(step, moment) for step, moment in steps if moment[0] < len(self.days)]

    def events(self, life: Life) -> list[Event]:
        town, days = life.town, self.days
        clerk = town.hub.people[0]
        due = days.due(life.path[0][1][0], 5)
        fill: dict[str, Any] = {
            "who": life.firm.name, "title": life.title, "text": life.text, "topic": life.topic[1], "lead": life.lead.name,
            "name": life.handler.name, "reply": life.reply, "hub": town.hub.id, "office": life.lead.id,
            "person": life.handler.id, "due_iso": due.isoformat(timespec="seconds"),
            "due_day": f"{due.month}月{due.day}日 {due:%H:%M}", "note": "", "now_iso": "", "days": 0,
        }  # fmt: skip
        found = []
        for place, (step, at) in enumerate(life.path, 1):
            if step == "progressed":
                fill = {**fill, "note": self.texts.note()}
            elif step == "finished":
                fill = {**fill, "now_iso": days.stamp(at)[:19] + "+08:00", "days": max(at[0] - life.path[0][1][0], 1)}
            person, name, post, seat = _actor(step, life, clerk)
            found.append(Event(at, life.id, place, life.number, FORMS[step], fill, person, name, post, seat))
        return found


def _kinds(terms: Terms) -> Any:
    from qinqing.cases.words import Kind

    return tuple(Kind)


def _actor(step: str, life: Life, clerk: Person) -> tuple[Person | None, str, str, Seat | None]:
    if step in ("submitted", "rated"):
        owner = life.firm.owner
        return owner, owner.name if owner else life.firm.name, (Role.CONTACT if owner else Role.CARD).value, None
    if step in ("accepted", "forwarded", "handed", "registered", "written_off"):
        return clerk, clerk.name, Role.HUB_CLERK.value, life.town.hub
    village = life.lead.id in life.town.communities
    return life.handler, life.handler.name, (Role.GRID_OFFICER if village else Role.HANDLER).value, life.lead


def terms_for(town: BenchTown) -> Terms:
    """Return the terms of a town."""
    return current_terms(town.code)[1]
