"""From the entries of one case to what it adds: to which month, on whose line, what.

Read like a clerk reads the book: entry after entry. Nothing but the ledger and the calendar is asked, so that anybody can count
again. What only the passing of time decides (a limit that runs out unanswered) is decided for the moment of counting, and
`ripe_at` says when to count again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from qinqing.statistics.words import Measure

M = Measure
Key = tuple[str, int | None]
"""A month ("2026-11") and an office; None for the case as such."""
Tellings = dict[Key, Counter[Measure]]


class Limits(Protocol):
    """What the calendar and the plan answer; `qinqing.statistics.reads` gives the plan a case began under."""

    def sign_by(self, offered: datetime) -> datetime: ...  # noqa: D102
    def take_by(self, received: datetime) -> datetime: ...  # noqa: D102
    def problem_by(self, start: datetime) -> datetime: ...  # noqa: D102
    def close_of(self, on: date) -> datetime: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a case, as far as it counts. `at` is aware, Beijing time."""

    kind: str
    at: datetime
    office_id: int | None
    facts: Mapping[str, Any]


@dataclass(slots=True)
class _Share:
    office: int
    part: str
    offered: datetime
    round: int
    signed: datetime | None = None
    late: bool = False
    gone: datetime | None = None
    returned: datetime | None = None


@dataclass(slots=True)
class _Round:
    due: datetime
    lead: int
    """Who answers for it: the hub until somebody else was given it."""
    answered: bool = False
    in_time: bool = False
    outcome: str = ""
    rated: bool = False
    solved: bool = False
    happy: bool = False


@dataclass(frozen=True)
class Counted:
    """What one case adds, and when it has to be counted again though nothing happens; None: never."""

    adds: Tellings
    ripe_at: datetime | None


@dataclass(slots=True)
class _Story:
    """The clerk's notes while he reads."""

    limits: Limits
    hub: int
    received: datetime | None = None
    taken: datetime | None = None
    excluded: bool = False
    rounds: list[_Round] = field(default_factory=list)
    shares: list[_Share] = field(default_factory=list)
    adds: Tellings = field(default_factory=dict)

    @property
    def round(self) -> _Round:
        return self.rounds[-1]

    def add(self, at: datetime, office: int | None, measure: Measure, count: int = 1) -> None:
        """Add to the case's own line, and to an office's where one is concerned."""
        month = at.strftime("%Y-%m")
        for line in {None, office}:
            self.adds.setdefault((month, line), Counter())[measure] += count

    def add_office(self, at: datetime, office: int, measure: Measure) -> None:
        """Add to an office's line alone: the case itself is counted elsewhere."""
        self.adds.setdefault((at.strftime("%Y-%m"), office), Counter())[measure] += 1

    def live(self) -> list[_Share]:
        """Return the shares of this round that somebody still has."""
        return [s for s in self.shares if s.gone is None and s.returned is None and s.round == len(self.rounds)]

    def offer(self, office: int, part: str, at: datetime) -> None:
        """Note that an office was given a share."""
        self.shares.append(_Share(office, part, at, len(self.rounds)))
        self.add_office(at, office, M.RECEIVED)

    def take_back(self, at: datetime) -> None:
        """Note that everybody's share was taken back."""
        for share in self.live():
            share.gone = at

    def last_share(self, office: int | None) -> _Share | None:
        """Return the latest share of an office."""
        return next((share for share in reversed(self.shares) if share.office == office), None)


def tell(entries: Iterable[Told], *, hub: int, limits: Limits, now: datetime) -> Counted:
    """Count one case.

    Args:
        entries: all of its entries, in order.
        hub: the office that took it in.
        limits: of the plan it began under.
        now: the moment of counting; limits that ran out before it count as missed.

    Source: domain §3.6; 附1-内容-2.
    """
    story = _Story(limits, hub)
    for entry in entries:
        if (hear := _HEARD.get(entry.kind)) is not None and (story.rounds or entry.kind in _FIRST):
            hear(story, entry)
    ripe = _settle(story, now) if story.rounds and not story.excluded else []
    adds = {key: counts for key, found in story.adds.items() if (counts := +found)}
    return Counted(adds, min(ripe, default=None))


# --- What each kind of entry changes ---------------------------------------------------------------------------------


def _submitted(story: _Story, entry: Told) -> None:
    story.received = entry.at
    story.rounds.append(_Round(_moment(entry.facts["due_at"]), story.hub))
    story.add(entry.at, None, M.RECEIVED)


def _reported(story: _Story, entry: Told) -> None:
    _submitted(story, entry)
    for office in entry.facts["office_ids"][1:]:  # the first is the hub, which is only told
        story.offer(office, "lead", entry.at)
        story.round.lead = office


def _accepted(story: _Story, entry: Told) -> None:
    story.taken = story.taken or entry.at


def _handed(story: _Story, entry: Told) -> None:
    """A case goes to its lead: 交办 and 转办 alike. The office that found a problem keeps its share, as support of another."""
    lead, *supports = entry.facts["office_ids"]
    story.taken = story.taken or entry.at
    own = next((share for share in story.live() if share.part == "lead"), None)
    if own is None or own.office != lead:
        if own is not None:
            own.part = "support"
        story.offer(lead, "lead", entry.at)
    held = {share.office for share in story.live()}
    for office in supports:
        if office not in held:
            story.offer(office, "support", entry.at)
    story.round.lead = lead


def _convened(story: _Story, entry: Told) -> None:
    story.take_back(entry.at)
    story.round.lead = story.hub


def _opinion(story: _Story, entry: Told) -> None:
    lead, *supports = entry.facts["office_ids"]
    story.offer(lead, "lead", entry.at)
    for office in supports:
        story.offer(office, "support", entry.at)
    story.round.lead = lead
    story.add(entry.at, lead, M.HELPED)


def _signed(story: _Story, entry: Told) -> None:
    share = next((s for s in story.live() if s.office == entry.office_id and s.signed is None), None)
    if share is not None:
        share.signed, share.late = entry.at, bool(entry.facts.get("late"))


def _returned(story: _Story, entry: Told) -> None:
    office = entry.office_id or story.hub
    story.add(entry.at, office, M.RETURNS)
    share = next((s for s in story.live() if s.office == office), None)
    if share is None:
        return
    share.returned = entry.at
    if share.part == "lead":
        story.take_back(entry.at)
        story.round.lead = story.hub


def _return_accepted(story: _Story, entry: Told) -> None:
    for office in entry.facts["office_ids"]:
        if share := story.last_share(office):
            share.gone, share.returned = share.returned or entry.at, None


def _return_overruled(story: _Story, entry: Told) -> None:
    for office in entry.facts["office_ids"]:
        story.add(entry.at, office, M.OVERRULED)
        share = story.last_share(office)
        if share is None:
            continue
        at, share.returned = share.returned, None
        if share.part == "lead":
            story.round.lead = office
            for other in story.shares:
                if other.gone is not None and other.gone == at:
                    other.gone = None


def _new_limit(story: _Story, entry: Told) -> None:
    story.round.due = _moment(entry.facts["new_due_at"])


def _resumed(story: _Story, entry: Told) -> None:
    story.round.due = _moment(entry.facts["due_at"])


def _next_reply(story: _Story, entry: Told) -> None:
    story.round.due = story.limits.close_of(date.fromisoformat(entry.facts["next_reply_on"]))


def _completed(story: _Story, entry: Told) -> None:
    story.add(entry.at, entry.office_id, M.HELPED)


def _finished(story: _Story, entry: Told) -> None:
    turn = story.round
    turn.answered, turn.in_time, turn.outcome = True, bool(entry.facts["in_time"]), str(entry.facts["outcome"])


def _sent_back(story: _Story, _entry: Told) -> None:
    story.round.answered = False


def _rated(story: _Story, entry: Told) -> None:
    turn = story.round
    turn.rated, turn.solved = True, bool(entry.facts["solved"])
    turn.happy = not entry.facts["dissatisfied"]


def _reopened(story: _Story, entry: Told) -> None:
    lead = entry.facts["office_ids"][0]
    story.add(entry.at, lead, M.REOPENED)
    _next_round(story, entry, lead, _moment(entry.facts["due_at"]))


def _looked_back(story: _Story, entry: Told) -> None:
    if not entry.facts["passed"]:
        story.add(entry.at, story.round.lead, M.REOPENED)
        _next_round(story, entry, story.round.lead, story.limits.problem_by(entry.at))


def _next_round(story: _Story, entry: Told, lead: int, due: datetime) -> None:
    story.rounds.append(_Round(due, lead))
    story.offer(lead, "lead", entry.at)


def _written_off(story: _Story, entry: Told) -> None:
    story.add(entry.at, story.round.lead, M.WRITTEN_OFF)
    story.add(entry.at, story.round.lead, M.WORKING_DAYS, int(entry.facts["working_days"]))


def _left_out(story: _Story, entry: Told) -> None:
    """不予受理、并案、企业撤回: it says nothing of how anybody works. Source: domain §3.6."""
    story.excluded = True
    story.add(entry.at, story.round.lead, M.EXCLUDED)


_FIRST = ("case.submitted", "case.reported")
_HEARD: dict[str, Callable[[_Story, Told], None]] = {
    "case.submitted": _submitted,
    "case.reported": _reported,
    "case.accepted": _accepted,
    "case.handed": _handed,
    "case.forwarded": _handed,
    "case.convened": _convened,
    "case.opinion_recorded": _opinion,
    "case.signed": _signed,
    "case.returned": _returned,
    "case.return_accepted": _return_accepted,
    "case.return_overruled": _return_overruled,
    "case.extension_granted": _new_limit,
    "case.redated": _new_limit,
    "case.resumed": _resumed,
    "case.suspended": _next_reply,
    "case.stage_replied": _next_reply,
    "case.completed": _completed,
    "case.finished": _finished,
    "case.sent_back": _sent_back,
    "case.rated": _rated,
    "case.reopened": _reopened,
    "case.looked_back": _looked_back,
    "case.written_off": _written_off,
    "case.declined": _left_out,
    "case.merged": _left_out,
    "case.withdrawn": _left_out,
}
"""Every kind of entry that changes a figure; the others (进展, 催办, …) change none, on purpose: activity is no merit."""


# --- What the whole comes to -----------------------------------------------------------------------------------------


def _settle(story: _Story, now: datetime) -> list[datetime]:
    """Add what belongs to the months in which the limits fall; return when what is still open will be decided by time."""
    ripe = [*_settle_rounds(story, now), *_settle_shares(story, now)]
    first, received = story.rounds[0], story.received
    if received is not None:
        by = story.limits.take_by(received)
        if story.taken is not None or by < now:
            story.add(first.due, story.hub, M.TAKEN)
            if story.taken is not None and story.taken <= by:
                story.add(first.due, story.hub, M.TAKEN_IN_TIME)
        else:
            ripe.append(by)
    return ripe


def _settle_rounds(story: _Story, now: datetime) -> Iterable[datetime]:
    for turn in story.rounds:
        if not turn.answered and turn.due >= now:
            yield turn.due
            continue
        story.add(turn.due, turn.lead, M.DUE)
        if turn.answered and turn.in_time:
            story.add(turn.due, turn.lead, M.IN_TIME)
        if turn.rated:
            _settle_rating(story, turn)


def _settle_rating(story: _Story, turn: _Round) -> None:
    story.add(turn.due, turn.lead, M.RATED)
    if turn.happy:
        story.add(turn.due, turn.lead, M.SATISFIED)
    if turn.outcome in _TALKED:
        return
    story.add(turn.due, turn.lead, M.VISITED)
    if turn.solved:
        story.add(turn.due, turn.lead, M.PARTLY if turn.outcome == _PARTLY else M.SOLVED)


_PARTLY = "部分解决"
_TALKED = frozenset({"解释说明"})
"""Answers of 咨询、建议, which the 解决率 leaves out. Source: domain §3.6."""


def _settle_shares(story: _Story, now: datetime) -> Iterable[datetime]:
    for share in story.shares:
        by = story.limits.sign_by(share.offered)
        if share.signed is None:
            if share.returned is not None or (share.gone is not None and share.gone <= by):
                continue  # in dispute, or taken back while it could still be signed for
            if share.gone is None and by >= now:
                yield by
                continue
        due = story.rounds[share.round - 1].due
        story.add(due, share.office, M.DISPATCHED)
        if share.signed is not None and not share.late:
            story.add(due, share.office, M.SIGNED)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
