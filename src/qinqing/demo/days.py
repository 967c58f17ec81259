"""Ordinary days of the demonstration town: the told cases, a handful of open ones, and on request a whole season."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from qinqing.cases.words import Verb
from qinqing.demo.cast import Cast
from qinqing.demo.story import CHAPTERS
from qinqing.kernel.errors import Refused
from qinqing.ledger import reads as ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from qinqing.ledger.models import Entry

SIZES = {"small": 0, "town": 240, "district": 2400}
"""Cases beside the told and the open ones, by size."""

_MATTERS = (
    ("streetlight", "jianguan", "厂区外{}盏路灯不亮，夜班工人走路不安全。", "路灯已修好，请夜班同事看一看。"),
    ("road", "jianguan", "厂门口道路破损{}处，货车颠簸，雨天积水。", "已修补路面并疏通雨水口。"),
    (
        "recruitment",
        "shewu",
        "想招{}名注塑工，能否帮忙发布招聘信息。",
        "已在镇公益招聘栏和专场发布，报名名单稍后发给您。",
    ),
    (
        "social_insurance",
        "shewu",
        "{}名员工的社保关系转不过来，该找哪个窗口。",
        "已与区社保核对，材料补齐后三天内可转入。",
    ),
    ("eia", "zhifa", "注塑车间要加{}台设备，环评手续怎么办。", "已上门指导，属登记管理，网上登记即可。"),
    (
        "safety_standard",
        "zhifa",
        "安全生产标准化快到期了，{}月份能安排复评指导吗。",
        "已约定指导时间，材料清单已发给您。",
    ),
    ("land_quota", "ziran", "扩建还差{}亩用地指标，想知道怎么申请。", "指标申请流程已当面说明，可列入下批计划。"),
    ("subsidy", "jingke", "技改投入{}百万元，能不能申报奖补。", "符合申报条件，通知和表格已发给您。"),
)
_OWNERS = (
    "owner01",
    "owner02",
    "owner03",
    "owner05",
    "owner07",
    "owner08",
    "owner11",
    "owner13",
    "owner17",
    "owner21",
    "owner29",
    "owner36",
)
_PACE = (("very", 5), ("satisfied", 4), ("fairly", 2), ("dissatisfied", 1))


@dataclass(frozen=True)
class Told:
    """A told case: its heading, number and entries."""

    heading: str
    number: str
    case_id: int
    entries: "list[Entry]"


def tell(*, at: datetime) -> list[Told]:
    """Tell the seven cases, beginning three weeks before `at`; they stay in the book to look at."""
    told = []
    for place, chapter in enumerate(CHAPTERS):
        begin = (at - timedelta(days=21 - 2 * place)).replace(hour=9, minute=10, second=0, microsecond=0)
        cast = Cast(begin, at)
        case_id = chapter.tell(cast)
        told.append(Told(chapter.heading, cast.number(case_id), case_id, list(ledger.entries_of("case", case_id))))
    return told


def leave_open(*, at: datetime) -> int:
    """Leave a handful of matters at every stage, so that each desk has something to do; return how many."""
    morning = at.replace(second=0, microsecond=0)
    scenes: list[Callable[[Cast], int]] = [
        _fresh, _by_proxy, _to_dispatch, _offered, _in_hand, _asks_extension, _clarifying, _answered, _with_superior, _late,
        _asks_suspension, _problem,
    ]  # fmt: skip
    for place, scene in enumerate(scenes):
        scene(Cast(morning - timedelta(days=9 if scene is _late else 2, hours=place), at))
    return len(scenes)


def live(*, at: datetime, cases: int, progress: "Callable[[int], None] | None" = None) -> int:
    """Let a season pass with this many cases through to their end, some late, some reopened; return how many."""
    dice = random.Random(2026)  # noqa: S311  a repeatable town, not a secret
    for number in range(cases):
        begin = at - timedelta(days=dice.randint(12, 80), hours=dice.randint(0, 8))
        try:
            _one(Cast(begin, at), dice)
        except Refused:
            continue  # a chance press that the rules refuse ends that story where it stands
        if progress and number % 20 == 19:
            progress(number + 1)
    return cases


def _one(cast: Cast, dice: random.Random) -> None:
    topic, office, text, reply = dice.choice(_MATTERS)
    owner = dice.choice(_OWNERS)
    case = cast.submit(owner, text.format(dice.randint(2, 9)), topic=topic)
    cast.pass_time(hours=dice.randint(0, 3))
    cast.press(Verb.ACCEPT, case, "hub1", topic=topic, grade="ordinary")
    cast.press(Verb.FORWARD, case, dice.choice(("hub1", "hub2")), lead=cast.office(office))
    handler = f"{office}{dice.randint(1, 2)}"
    cast.pass_time(hours=dice.randint(0, 20))
    cast.press(Verb.SIGN, case, handler, handler=cast.who(handler).account_id)
    cast.pass_time(hours=dice.choice((10, 30, 60, 80, 100, 190)))
    cast.finish(case, handler, reply, outcome=dice.choice(("solved", "solved", "solved", "partly", "explained")))
    mood = dice.choices([word for word, _ in _PACE], [weight for _, weight in _PACE])[0]
    if dice.random() < 0.7:
        cast.press(Verb.RATE, case, owner, solved="no" if mood == "dissatisfied" else "yes", satisfaction=mood)
        if mood == "dissatisfied":
            cast.press(Verb.REOPEN, case, "hub1", note="请再到现场看一次，当面答复。")
            cast.press(Verb.SIGN, case, handler, handler=cast.who(handler).account_id)
            cast.pass_time(hours=20)
            cast.finish(case, handler, "已再次到现场，当面说明并办妥。", told_way="in_person")
    cast.close(case)


def _fresh(cast: Cast) -> int:
    return cast.submit(
        "owner02", "注塑车间想扩建一跨，环评手续要办哪一种，先办哪一步？", title="注塑车间扩建，环评手续怎么办"
    )


def _by_proxy(cast: Cast) -> int:
    return cast.submit(
        "cun01w3", "走访时厂里说想招10名注塑工，请帮忙发布。", firm="owner07", source="visit", topic="recruitment"
    )


def _to_dispatch(cast: Cast) -> int:
    case = cast.submit("owner05", "厂门口道路破损，雨天积水进车间。", topic="road")
    cast.press(Verb.ACCEPT, case, "hub1", topic="road", grade="ordinary")
    return case


def _offered(cast: Cast) -> int:
    case = cast.submit("owner08", "稳岗补贴今年还能申请吗，要什么条件？", topic="social_insurance")
    cast.press(Verb.ACCEPT, case, "hub1", topic="social_insurance", grade="ordinary")
    cast.press(Verb.FORWARD, case, "hub1", lead=cast.office("shewu"))
    return case


def _in_hand(cast: Cast) -> int:
    case = cast.submit("owner01", "南门外又有一盏路灯忽明忽暗，请顺便修一下。", topic="streetlight")
    cast.press(Verb.ACCEPT, case, "hub1", topic="streetlight", grade="ordinary")
    cast.press(Verb.FORWARD, case, "hub1", lead=cast.office("jianguan"))
    cast.press(Verb.SIGN, case, "jianguan1", handler=cast.who("jianguan1").account_id)
    return case


def _asks_extension(cast: Cast) -> int:
    case = cast.submit("owner11", "压铸车间的安全标准化评审想请专家先来看一遍。", topic="safety_standard")
    cast.press(Verb.ACCEPT, case, "hub2", topic="safety_standard", grade="special")
    cast.press(Verb.FORWARD, case, "hub2", lead=cast.office("zhifa"))
    cast.press(Verb.SIGN, case, "zhifa2", handler=cast.who("zhifa2").account_id)
    return case


def _clarifying(cast: Cast) -> int:
    case = cast.submit("owner13", "电费好像多收了，请帮忙看看。")
    cast.press(Verb.ASK, case, "hub1", question="请补充最近两个月的电费单照片，写明哪个户号。")
    return case


def _answered(cast: Cast) -> int:
    case = cast.submit("owner03", "想了解技改奖补的申报条件和截止时间。", topic="subsidy")
    cast.press(Verb.ACCEPT, case, "hub1", topic="subsidy", grade="ordinary")
    cast.press(Verb.FORWARD, case, "hub1", lead=cast.office("jingke"))
    cast.press(Verb.SIGN, case, "jingke1", handler=cast.who("jingke1").account_id)
    cast.finish(case, "jingke1", "设备投入满五百万元可申报，截止12月20日，表格已发给您。", outcome="explained")
    return case


def _with_superior(cast: Cast) -> int:
    case = cast.submit("owner17", "三期用地能否列入明年计划？", topic="land_quota")
    cast.press(Verb.ACCEPT, case, "hub2", topic="land_quota", grade="special", is_key=True)
    cast.press(Verb.FORWARD, case, "hub2", lead=cast.office("ziran"))
    cast.press(Verb.SIGN, case, "ziran2", handler=cast.who("ziran2").account_id)
    cast.press(
        Verb.SUBMIT_UPWARD,
        case,
        "ziran2",
        superior="演示区自然资源和规划分局",
        sent_on=cast.at.date(),
        expected_on=cast.at.date() + timedelta(days=14),
        note="请研究列入明年用地计划。",
    )
    return case


def _late(cast: Cast) -> int:
    case = cast.submit("owner36", "厂区北侧绿化带的树挡住了出车视线，请修剪。", topic="greening")
    cast.press(Verb.ACCEPT, case, "hub1", topic="greening", grade="ordinary")
    cast.press(Verb.FORWARD, case, "hub1", lead=cast.office("jianguan"))
    cast.press(Verb.SIGN, case, "jianguan2", handler=cast.who("jianguan2").account_id)
    cast.press(
        Verb.INSTRUCT,
        case,
        "leader2",
        note="关系行车安全，请先派人修剪视线范围内的枝条。",
        leading="push",
        reply_by="2",
    )
    return case


def _asks_suspension(cast: Cast) -> int:
    case = cast.submit("owner21", "厂区西侧断头路什么时候能接通？货车要绕行两公里。", topic="road")
    cast.press(Verb.ACCEPT, case, "hub1", topic="road", grade="special", is_key=True)
    cast.press(Verb.FORWARD, case, "hub1", lead=cast.office("jianguan"))
    cast.press(Verb.SIGN, case, "jianguan1", handler=cast.who("jianguan1").account_id)
    cast.press(
        Verb.ASK_SUSPENSION,
        case,
        "jianguan1",
        reason="funds_planned",
        scheme="接通工程列入明年计划，先平整临时便道，方便货车通行。",
        next_reply_on=cast.until.date() + timedelta(days=20),
    )
    return case


def _problem(cast: Cast) -> int:
    return cast.report(
        "cun02w1",
        "owner02",
        "原料仓库疑似占用消防栓前空地。",
        topic="fire",
        place="原料仓库门口",
        stop_whom="仓库主管",
        stop_at=cast.at,
        stop_way="当面",
        stop_response="stopped",
    )
