"""What changes in the consultations: convening and opinions (with the case), answers, attendance, another time."""

from qinqing.consultations.actions.sessions import convene, press, record_opinion

__all__ = ["convene", "press", "record_opinion"]
