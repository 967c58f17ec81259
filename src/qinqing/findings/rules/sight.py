"""What the rules see of a finding, and of something that happens to it: plain values, no database."""

from dataclasses import dataclass
from datetime import date, datetime

from qinqing.findings.words import SAFETY_ONLY, TO_FIX, UNSETTLED, EventKind, Level, State


@dataclass(frozen=True, slots=True)
class Sight:
    """A finding as the rules see it.

    Attributes:
        version: how many events it has had.
        extensions: how often its deadline was put off; once is all there is.
        is_transferred: handed to the safety office by an officer.
        closed_made_at, closed_version: when the event that closed it was made, and which it was; None while it lives.
    """

    level: Level
    state: State
    deadline: date | None
    version: int
    extensions: int = 0
    is_transferred: bool = False
    closed_made_at: datetime | None = None
    closed_version: int = 0

    @property
    def is_settled(self) -> bool:
        """Say whether it is closed (已销号)."""
        return self.state not in UNSETTLED

    @property
    def is_safetys(self) -> bool:
        """Say whether only the safety office rechecks and closes it. Source: 附2安-(5)b."""
        return self.level in SAFETY_ONLY or self.is_transferred

    def is_overdue(self, today: date) -> bool:
        """Say whether the enterprise still owes the putting right and its day has passed."""
        return self.state in TO_FIX and self.deadline is not None and self.deadline < today


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens to a finding. `base_version`: what its author had seen; None: he saw it as it is.

    `until` is the new deadline of 延期 (or of a failed recheck), `level` what 判定 decides.
    """

    kind: EventKind
    made_at: datetime
    base_version: int | None = None
    until: date | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """Why something does not count: at the desk a refusal, from a phone a flag. `field` is the input it belongs to."""

    code: str
    words: str
    field: str = ""
    is_his: bool = True
    """False where it is not this person's to do."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event does: the finding afterwards, whether it was made in parallel to another, what speaks against it."""

    after: Sight
    is_parallel: bool = False
    objections: tuple[Objection, ...] = ()

    @property
    def counts(self) -> bool:
        """Say whether the event changed anything but the story."""
        return not self.objections
