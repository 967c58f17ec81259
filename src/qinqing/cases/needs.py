"""What a press asks for: one description that makes the web form, the API's payload and the random walk's answers."""

from dataclasses import dataclass

from qinqing.kernel.choices import Words


class Ask(Words):
    """The sort of answer; the value an action receives is named in brackets."""

    LINE = "line", "一行文字"  # str
    LONG = "long", "多行文字"  # str
    CHOICE = "choice", "单选"  # str (code) or int (id), as the option source says
    CHOICES = "choices", "多选"  # list of the same
    DATE = "date", "日期"  # date
    MOMENT = "moment", "日期时间"  # aware datetime
    YES = "yes", "是否"  # bool
    FILES = "files", "附件"  # list[files.Received]
    ITEMS = "items", "任务清单"  # list[dict(office: int, what: str, days: int)]


@dataclass(frozen=True)
class Need:
    """One input of a press.

    Attributes:
        name: keyword of the action function.
        label: 中文 shown beside the field.
        ask: the sort of answer.
        required: whether it may be left empty ("" / None / [] then reaches the action).
        options: the option source, see `cases.options`.
        help: one short sentence under the field.
        limit: longest text, in characters.
        only: the one kind of case it is asked for ("problem"); "" for every kind.
    """

    name: str
    label: str
    ask: Ask = Ask.LINE
    required: bool = True
    options: str = ""
    help: str = ""
    limit: int = 2000
    only: str = ""


FILES = Need(
    "files",
    "附件",
    Ask.FILES,
    required=False,
    help="照片、PDF、Word、Excel，每个不超过20兆。非涉密系统，严禁上传涉密信息。",
)
