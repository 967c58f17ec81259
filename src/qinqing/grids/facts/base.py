"""The common form of facts about a community's two lists."""

from dataclasses import dataclass

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class OnLists(Announced):
    """A change of one community's lists. `stands_in`: the hub acted because the community has no head.

    Whom it concerns follows from what it says (`officers_told`, `firms_told`, `to_firm`); `actions.desk` writes it down.
    """

    community: str
    stands_in: bool = False

    def sentence(self) -> str:
        """Say what changed, and that the hub stood in where it did."""
        return self.what() + ("（该村（社区）暂无负责人，由中转站代办）" if self.stands_in else "") + "。"

    def what(self) -> str:
        """Return the change as a 中文 clause without a full stop."""
        raise NotImplementedError

    def officers_told(self) -> tuple[int, ...]:
        """Return the officers (accounts) it concerns."""
        return ()

    def firms_told(self) -> tuple[int, ...]:
        """Return the enterprises whose officer changes."""
        return ()

    def to_firm(self) -> str:
        """Return what each of these enterprises is told of its own officer, without the others and without the inner reason."""
        return ""
