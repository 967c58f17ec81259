"""Words of the ladder's proposals. Its levels and grounds are the case's own (`cases.words.UrgeLevel`, `Ground`)."""

from qinqing.kernel.choices import Words


class ProposalState(Words):
    """What became of a proposal."""

    WAITING = "waiting", "待决定"
    ISSUED = "issued", "已签发"
    DISMISSED = "dismissed", "不予督办"
    LAPSED = "lapsed", "事项已办结，自动失效"
