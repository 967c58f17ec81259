"""Words of special campaigns."""

from qinqing.kernel.choices import Words


class Stand(Words):
    """How a campaign stands on a day."""

    COMING = "coming", "未开始"
    RUNNING = "running", "进行中"
    OVER = "over", "到期待总结"
    CLOSED = "closed", "已总结"


class Progress(Words):
    """How one enterprise of a campaign stands."""

    LEFT = "left", "未走访"
    DONE = "done", "已走访"
