"""Words of the two lists: which of the two officers of an enterprise somebody is."""

from qinqing.kernel.choices import Words


class Rank(Words):
    """Which place an officer holds for an enterprise; the plan's one-to-one is about the lead."""

    LEAD = "lead", "主责"
    DEPUTY = "deputy", "B角"
