"""Everything fetched of findings and of the two registers. What other folders ask for is named here."""

from qinqing.findings.reads.desk import attention, grave_here, waiting
from qinqing.findings.reads.field import open_of
from qinqing.findings.reads.find import by_uid, get_for, of_case, of_visit
from qinqing.findings.reads.papers import paper_of_advice, rectification_notice

__all__ = [
    "attention",
    "by_uid",
    "get_for",
    "grave_here",
    "of_case",
    "of_visit",
    "open_of",
    "paper_of_advice",
    "rectification_notice",
    "waiting",
]
