"""Tables of the findings and of the two registers."""

from qinqing.findings.models.finding import Finding, FindingEvent, HeldEvent, Serial, Unreported
from qinqing.findings.models.follow import Cursor
from qinqing.findings.models.registers import Building, IllegalBuilding, RegisterEntry

__all__ = [
    "Building",
    "Cursor",
    "Finding",
    "FindingEvent",
    "HeldEvent",
    "IllegalBuilding",
    "RegisterEntry",
    "Serial",
    "Unreported",
]
