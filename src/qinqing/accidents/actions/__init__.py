"""Everything that changes accidents: `report`, and in `log` what follows it."""

from qinqing.accidents.actions.log import arrive, close, note, see
from qinqing.accidents.actions.report import report

__all__ = ["arrive", "close", "note", "report", "see"]
