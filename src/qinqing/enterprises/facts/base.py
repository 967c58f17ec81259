"""The common form of facts about one firm."""

from dataclasses import dataclass

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class OnFile(Announced):
    """Something that happened to a firm's file; whom it concerns `actions.writing` writes down. `name` is the firm's."""

    name: str
