"""What the ledger is told of cases: one class a verb. `kind` never changes meaning; sentences are kept with the entry."""

from qinqing.cases.facts.base import KINDS, CaseFact

__all__ = ["KINDS", "CaseFact"]
