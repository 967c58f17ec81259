"""Words of the consultations: what an office answers, and whether it came."""

from qinqing.kernel.choices import Words


class Answer(Words):
    """What an office called to a sitting answered."""

    WAITING = "waiting", "未答复"
    ATTEND = "attend", "参加"
    DELEGATE = "delegate", "委派他人参加"
    CANNOT = "cannot", "不能参加"


class Presence(Words):
    """Whether an office was at the table."""

    UNKNOWN = "", "未记录"
    CAME = "came", "到会"
    DEPUTY = "deputy", "派员代会"
    ABSENT = "absent", "缺席"
