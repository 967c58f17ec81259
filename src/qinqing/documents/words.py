"""Words of the papers."""

from qinqing.kernel.choices import Words


class PaperKind(Words):
    """What a paper is. Forms carry a number of their own; a 公文 waits for the office's number as 送审稿."""

    HAND = "hand", "交办单"
    FORWARD = "forward", "转办单"
    URGE = "urge", "催办通知书"
    SUPERVISE = "supervise", "督办单"
    MINUTES = "minutes", "会商纪要"
    FEEDBACK = "feedback", "办结反馈单"
    ADVICE = "advice", "劝导告知单"
    RECTIFY = "rectify", "整改告知书"
    PATROL = "patrol", "消防巡查记录"
    VISIT = "visit", "走访巡查记录"
    POSTS = "posts", "定人定岗定责表"
    LISTS = "lists", "两张名单"
    BUILDINGS = "buildings", "房屋登记册"
    ILLEGAL = "illegal", "两违巡查台账"
    BOOK = "book", "一本账月报"
    ANNUAL = "annual", "年度统计表"
    BULLETIN = "bulletin", "红黑榜通报"


class Subject(Words):
    """What a paper is about: the kind of row it was drafted from."""

    CASE = "case", "事项"
    FINDING = "finding", "隐患线索"
    VISIT = "visit", "走访巡查"
    COMMUNITY = "community", "村（社区）"
    TOWN = "town", "全镇"


NEEDS_NUMBER = frozenset({PaperKind.BULLETIN, PaperKind.MINUTES})
"""公文: the number comes from the office's own register, until then the paper says 送审稿."""
