"""Everything fetched of the consultations."""

from qinqing.consultations.reads.sessions import PAGE, concluded, sessions_of, waiting

__all__ = ["PAGE", "concluded", "sessions_of", "waiting"]
