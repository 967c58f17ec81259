"""Words of the checklists: how a version stands, how an item is answered, how grave a failed one is."""

from qinqing.kernel.choices import Words


class VersionState(Words):
    """How a version stands. Only the one in use is taken along on visits; a retired one stays readable for ever."""

    DRAFT = "draft", "待发布"
    PUBLISHED = "published", "使用中"
    RETIRED = "retired", "已停用"


class AnswerKind(Words):
    """How an item is answered."""

    YN = "yn", "是否"
    NUMBER = "number", "数字"
    TEXT = "text", "文字"
    CHOICE = "choice", "选择"
    DATE = "date", "日期"


class Mark(Words):
    """The answers to a yes/no item. 符合 always means in order, however the sentence is phrased."""

    OK = "ok", "符合"
    BAD = "bad", "存在问题"
    NA = "na", "不涉及"


class Level(Words):
    """How grave a failed item is. An officer's 重大 is 疑似重大 until the competent office says otherwise."""

    GRAVE = "grave", "重大"
    SUSPECTED = "suspected", "疑似重大"
    MINOR = "minor", "一般"
    HINT = "hint", "提示"
    NONE = "none", "—"


class Photo(Words):
    """Whether an item asks for pictures. Required only where they are evidence (两违)."""

    NONE = "none", "不用"
    OPTIONAL = "optional", "可拍"
    ON_FAIL = "on_fail", "有问题须拍"
    REQUIRED = "required", "须拍"


class Op(Words):
    """How an item's answer is compared when it decides whether another item is asked."""

    IS = "is", "="
    IS_NOT = "is_not", "≠"
    AT_LEAST = "at_least", "≥"
    AT_MOST = "at_most", "≤"
