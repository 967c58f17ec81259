"""The recount: raw entries from the first to the last, read as a clerk with a pencil would. Nothing of the statistics is used but names."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qinqing.ledger.models import Entry
from qinqing.statistics.words import Measure
from tests.cases.world import NOW
from tests.statistics.year.law import closing, open_minutes, works

M = Measure


@dataclass
class Turn:
    due: datetime
    lead: int
    answered: datetime | None = None
    outcome: str = ""
    rating: dict[str, Any] | None = None


@dataclass
class Recount:
    """Reads the book from the first entry to the last, as a clerk with a pencil would."""

    hub: int
    hours: int
    sums: defaultdict[tuple[str, int | None], Counter[Measure]] = field(default_factory=lambda: defaultdict(Counter))
    hung: Counter[tuple[str, int]] = field(default_factory=Counter)
    cleared: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, at: datetime, measure: Measure, office: int | None, n: int = 1, *, town: bool = True) -> None:
        month = at.strftime("%Y-%m")
        if office is not None:
            self.sums[month, office][measure] += n
        if town:
            self.sums[month, None][measure] += n

    def case(self, entries: list[Entry]) -> None:  # noqa: C901  one entry after the other, as a clerk reads
        turns: list[Turn] = []
        shares: list[dict[str, Any]] = []
        on: set[int] = set()
        taken: datetime | None = None
        left_out = False
        received = local(entries[0].at)

        def carry(at: datetime, *offices: int) -> None:
            for office in set(offices) - on:
                self.hung[at.strftime("%Y-%m"), office] += 1
            on.update(offices)

        def unload(at: datetime, *offices: int) -> None:
            for office in set(offices) & on:
                self.cleared[at.strftime("%Y-%m"), office] += 1
            on.difference_update(offices)

        def give(at: datetime, office: int) -> None:
            shares.append({"office": office, "given": at, "signed": None, "valid": True, "turn": len(turns) - 1})
            turns[-1].lead = office
            self.add(at, M.RECEIVED, office, town=False)
            carry(at, office)

        for entry in entries:
            at, facts = local(entry.at), entry.facts
            match entry.kind:
                case "case.submitted":
                    turns.append(Turn(datetime.fromisoformat(facts["due_at"]), self.hub))
                    self.add(at, M.RECEIVED, None)
                    carry(at, self.hub)
                case "case.accepted":
                    taken = taken or at
                case "case.forwarded" | "case.handed":
                    assert len(facts["office_ids"]) == 1
                    give(at, facts["office_ids"][0])
                case "case.returned":
                    self.add(at, M.RETURNS, entry.office_id)
                    shares[-1]["valid"] = False
                    turns[-1].lead = self.hub
                    unload(at, shares[-1]["office"])
                case "case.return_overruled":
                    self.add(at, M.OVERRULED, shares[-1]["office"])
                    shares[-1]["valid"] = True
                    turns[-1].lead = shares[-1]["office"]
                    carry(at, shares[-1]["office"])
                case "case.signed":
                    shares[-1]["signed"] = at
                case "case.extension_granted":
                    turns[-1].due = datetime.fromisoformat(facts["new_due_at"])
                case "case.finished":
                    turns[-1].answered, turns[-1].outcome = at, facts["outcome"]
                case "case.rated":
                    turns[-1].rating = facts
                case "case.reopened":
                    lead = turns[-1].lead
                    self.add(at, M.REOPENED, lead)
                    assert datetime.fromisoformat(facts["due_at"]) == closing(at, 3)
                    turns.append(Turn(closing(at, 3), lead))
                    give(at, lead)
                case "case.written_off":
                    last = turns[-1]
                    assert last.answered is not None
                    span = (last.answered.date() - received.date()).days
                    days = sum(works(received.date() + timedelta(days=n)) for n in range(1, span + 1))
                    self.add(at, M.WRITTEN_OFF, last.lead)
                    self.add(at, M.WORKING_DAYS, last.lead, days)
                    unload(at, *on)
                case "case.withdrawn" | "case.declined":
                    self.add(at, M.EXCLUDED, turns[-1].lead)
                    left_out = True
                    unload(at, *on)
                case "case.return_accepted" | "case.extension_asked" | "case.rating_dismissed" | "case.registered":
                    pass
                case _:
                    raise AssertionError(entry.kind)
        if left_out:
            return
        first = turns[0]
        self.add(first.due, M.TAKEN, self.hub)
        if taken is not None and open_minutes(received, taken) <= self.hours * 60:
            self.add(first.due, M.TAKEN_IN_TIME, self.hub)
        for turn in turns:
            self.turn(turn)
        for share in shares:
            if share["valid"]:
                due = turns[share["turn"]].due
                self.add(due, M.DISPATCHED, share["office"])
                if share["signed"] and share["signed"] <= closing(share["given"], 1):
                    self.add(due, M.SIGNED, share["office"])

    def turn(self, turn: Turn) -> None:
        self.add(turn.due, M.DUE, turn.lead)
        if turn.answered and turn.answered <= turn.due:
            self.add(turn.due, M.IN_TIME, turn.lead)
        if turn.rating is None:
            return
        self.add(turn.due, M.RATED, turn.lead)
        if not turn.rating["dissatisfied"]:
            self.add(turn.due, M.SATISFIED, turn.lead)
        if turn.outcome == "解释说明":
            return
        self.add(turn.due, M.VISITED, turn.lead)
        if turn.rating["solved"]:
            self.add(turn.due, M.PARTLY if turn.outcome == "部分解决" else M.SOLVED, turn.lead)


def local(at: datetime) -> datetime:
    return at.astimezone(NOW.tzinfo)
