"""Words of the statistics: what is counted, and along which lines."""

from qinqing.kernel.choices import Words


class Dimension(Words):
    """A line along which figures are kept apart."""

    TOWN = "town", "全镇"
    OFFICE = "office", "单位"
    COMMUNITY = "community", "属地村（社区）"
    PARK = "park", "园区"
    TOPIC = "topic", "事项类别"
    SOURCE = "source", "来源"


class Measure(Words):
    """What is counted. Each is a whole number of one month; rates are made of them and never stored."""

    RECEIVED = "received", "收到"
    EXCLUDED = "excluded", "不计入"
    WRITTEN_OFF = "written_off", "销账"
    WORKING_DAYS = "working_days", "办理用时（工作日）"
    DUE = "due", "应办结"
    IN_TIME = "in_time", "按时办结"
    DISPATCHED = "dispatched", "应签收"
    SIGNED = "signed", "及时签收"
    TAKEN = "taken", "应接办"
    TAKEN_IN_TIME = "taken_in_time", "及时接办"
    VISITED = "visited", "企业说了是否解决"
    SOLVED = "solved", "已解决"
    PARTLY = "partly", "部分解决"
    RATED = "rated", "已评价"
    SATISFIED = "satisfied", "满意"
    RETURNS = "returns", "退回"
    OVERRULED = "overruled", "被驳回的退回"
    REOPENED = "reopened", "重办"
    HELPED = "helped", "办结协办、牵头会商"


class Rate(Words):
    """A share of one measure in another."""

    SIGNED = "signed", "签收率"
    TAKEN = "taken", "接办率"
    IN_TIME = "in_time", "按时率"
    SOLVED = "solved", "解决率"
    SATISFIED = "satisfied", "满意率"
