"""The told cases: one along each of the plan's four routes, one for each way a problem is found. All invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from qinqing.cases.lifecycle import BY_VERB
from qinqing.cases.options import asking, options_for
from qinqing.cases.reads import find
from qinqing.cases.words import Verb
from qinqing.demo.cast import Cast


@dataclass(frozen=True)
class Chapter:
    """One told case: its heading and what happens; returns the case's id."""

    heading: str
    tell: Callable[[Cast], int]


def _community(cast: Cast) -> int:
    case = cast.submit("owner21", "厂门口的垃圾桶满了三天没人清，味道很大，客户来了不好看。", topic="sanitation")
    cast.press(Verb.ACCEPT, case, "hub1", topic="sanitation", grade="ordinary")
    cast.press(
        Verb.HAND,
        case,
        "hub1",
        community=cast.office("cun06"),
        guidance="请当天到现场看，协调清运，并约定今后的清运时间。",
    )
    cast.press(Verb.SIGN, case, "cun06w1", handler=cast.who("cun06w1").account_id)
    cast.pass_time(hours=3)
    cast.finish(
        case, "cun06w1", "今天下午已清空，今后每周一、三、五上午清运，有问题随时打我电话。", told_way="in_person"
    )
    cast.close(case, "owner21")
    return case


def _department(cast: Cast) -> int:
    case = cast.submit(
        "owner01",
        "东门外到公交站这段路三盏灯从上周三开始不亮，夜班工人十点多下班走这段，前天有人骑车摔了。麻烦尽快修一下，或者先装临时灯。",
        title="厂区东门外三盏路灯不亮，夜班工人下班不安全",
        topic="streetlight",
    )
    cast.press(Verb.ACCEPT, case, "hub1", topic="streetlight", grade="ordinary")
    cast.press(
        Verb.FORWARD, case, "hub1", lead=cast.office("jianguan"), guidance="请现场核实后先行告知企业预计修复时间。"
    )
    cast.press(Verb.SIGN, case, "jianguan1", handler=cast.who("jianguan1").account_id)
    cast.pass_time(hours=20)
    cast.press(
        Verb.PROGRESS,
        case,
        "jianguan1",
        note="已联系路灯管养单位，确认为电缆被挖断，配件明日到。",
        told_enterprise=True,
    )
    cast.pass_time(hours=22)
    cast.finish(case, "jianguan1", "电缆已接通，三盏灯今晚都亮了，请夜班的同事看一看。")
    cast.close(case, "owner01")
    return case


def _consultation(cast: Cast) -> int:
    case = cast.submit(
        "owner17", "新厂房的消防车道和村里规划的道路交叉，几个部门说法不一样，我们不知道先办哪个。", topic="fire_safety"
    )
    cast.press(Verb.ACCEPT, case, "hub2", topic="fire_safety", grade="special", is_key=True)
    cast.press(Verb.FORWARD, case, "hub2", lead=cast.office("zhifa"))
    cast.press(
        Verb.RETURN,
        case,
        "zhifa1",
        reason="needs_consultation",
        basis="三职(三)-4",
        note="涉及道路规划，需建管办、自然资源服务站一并研究。",
    )
    cast.press(Verb.ACCEPT_RETURN, case, "hub2")
    held = cast.at + timedelta(hours=18)
    cast.press(
        Verb.CONVENE,
        case,
        "hub2",
        participants=[cast.office(code) for code in ("jianguan", "zhifa", "ziran", "cun04")],
        held_at=held,
        place="镇政府三楼会议室",
        agenda="消防车道与规划道路交叉的处理办法",
    )
    cast.pass_time(hours=20)
    cast.press(
        Verb.RECORD_OPINION,
        case,
        "hub2",
        opinion="规划道路向东平移四米，消防车道按现方案保留；建管办牵头出图，自然资源服务站核红线，村里做好告知。",
        items=[
            {"office": cast.office("jianguan"), "what": "出道路调整图，答复企业。", "days": 3},
            {"office": cast.office("ziran"), "what": "核对用地红线。", "days": 2},
        ],
    )
    cast.press(Verb.SIGN, case, "jianguan2", handler=cast.who("jianguan2").account_id)
    cast.press(Verb.SIGN, case, "ziran1", handler=cast.who("ziran1").account_id)
    cast.pass_time(hours=5)
    cast.press(Verb.COMPLETE, case, "ziran1", result="红线已核，平移后不占企业用地。")
    cast.finish(case, "jianguan2", "调整图已出，消防车道按您现在的方案办，手续可以接着走。", told_way="in_person")
    cast.close(case, "owner17", "satisfied")
    return case


def _upward(cast: Cast) -> int:
    case = cast.submit(
        "owner03", "二期厂房的用地指标报上去两个月了，想知道卡在哪里，什么时候能下来。", topic="land_quota"
    )
    cast.press(Verb.ACCEPT, case, "hub1", topic="land_quota", grade="special")
    cast.press(
        Verb.FORWARD, case, "hub1", lead=cast.office("ziran"), guidance="需要上级支持的，请自行上报条线，并先告诉企业。"
    )
    cast.press(Verb.SIGN, case, "ziran1", handler=cast.who("ziran1").account_id)
    today = cast.at.date()
    cast.press(
        Verb.SUBMIT_UPWARD,
        case,
        "ziran1",
        superior="演示区自然资源和规划分局",
        document_no="示自然资〔2026〕18号",
        sent_on=today,
        expected_on=today + timedelta(days=10),
        note="请予安排二期用地指标。",
    )
    cast.pass_time(days=1)
    last_day = max(option for option in _extension_days(cast, case))
    cast.press(Verb.ASK_EXTENSION, case, "ziran1", reason="upper_support", new_due_on=last_day, note="等上级答复。")
    cast.press(Verb.GRANT_EXTENSION, case, "hubhead")
    cast.pass_time(days=3)
    cast.press(Verb.UPWARD_PROGRESS, case, "ziran1", note="分局已受理，正在平衡年度指标。")
    cast.pass_time(days=1)
    cast.press(Verb.UPWARD_ANSWER, case, "ziran1", answer="同意列入本年度第四批指标，十二月中旬下达。")
    cast.finish(
        case, "ziran1", "分局已同意列入本年度第四批，十二月中旬下达；文一到我们就通知您来办。", outcome="explained"
    )
    cast.close(case, "owner03", "satisfied")
    return case


def _extension_days(cast: Cast, case_id: int) -> list[str]:
    by = cast.who("ziran1")
    case = find.get_for(by, case_id)
    need = next(need for need in BY_VERB[Verb.ASK_EXTENSION].needs if need.name == "new_due_on")
    return [str(option.value) for option in options_for(need, asking(case, None, by, cast.at))]


def _found_by_officer(cast: Cast) -> int:
    case = cast.report(
        "cun11w1",
        "owner29",
        "电镀车间疏散通道堆放纸箱约两米，疑似影响疏散。",
        topic="fire",
        place="电镀车间东侧通道",
        stop_whom="车间主任",
        stop_at=cast.at,
        stop_way="当面",
        stop_response="stopped",
    )
    cast.press(Verb.SIGN, case, "cun11head", handler=cast.who("cun11w1").account_id)
    cast.press(Verb.ACCEPT, case, "hub1", topic="fire", grade="ordinary")
    cast.press(
        Verb.HAND, case, "hub1", community=cast.office("cun11"), guidance="请村里督促清理，消防有疑问找综执安监办。"
    )
    cast.press(Verb.PUBLISH, case, "cun11w1", notice="疑似疏散通道堆物，请今天清走，明天来复查。")
    cast.pass_time(hours=4)
    cast.press(Verb.RECTIFY, case, "cun11w1", note="企业已清走纸箱，划了黄线。")
    cast.pass_time(hours=18)
    cast.press(Verb.RECHECK, case, "cun11w1", passed="yes", note="通道畅通，黄线清楚。")
    cast.finish(case, "cun11w1", "复查合格，请保持通道畅通。", outcome="rectified", told_way="in_person")
    cast.close(case)
    return case


def _found_by_department(cast: Cast) -> int:
    case = cast.report("zhifa1", "owner13", "线索显示活性炭吸附装置疑似超期未更换。", topic="environment")
    cast.press(Verb.PUBLISH, case, "zhifa1", notice="疑似活性炭超期未换，请提供更换记录。")
    cast.pass_time(hours=20)
    cast.press(Verb.RECTIFY, case, "zhifa1", note="企业已更换并提供台账。")
    cast.press(Verb.RECHECK, case, "zhifa1", passed="yes", note="现场核对，已更换。")
    cast.finish(
        case, "zhifa1", "已核实更换，今后请按环评周期更换并留好记录。", outcome="rectified", told_way="in_person"
    )
    cast.close(case)
    return case


def _found_by_several(cast: Cast) -> int:
    case = cast.report(
        "jianguan1", "owner36", "厂房加层疑似未办手续，同时挤占消防通道。", topic="building", several_offices=True
    )
    cast.press(Verb.ACCEPT, case, "hub1", topic="building", grade="special")
    cast.press(
        Verb.CONVENE,
        case,
        "hub1",
        participants=[cast.office(code) for code in ("jianguan", "zhifa", "shequ05")],
        held_at=cast.at + timedelta(hours=20),
        place="镇政府二楼会议室",
        agenda="加层与消防通道的处置意见",
    )
    cast.pass_time(hours=22)
    cast.press(
        Verb.RECORD_OPINION,
        case,
        "hub1",
        opinion="先恢复消防通道，加层停用并委托鉴定。",
        items=[
            {"office": cast.office("zhifa"), "what": "督促恢复消防通道，复查后答复。", "days": 4},
            {"office": cast.office("jianguan"), "what": "指导委托房屋鉴定。", "days": 4},
        ],
    )
    cast.press(Verb.SIGN, case, "zhifa2", handler=cast.who("zhifa2").account_id)
    cast.press(Verb.SIGN, case, "jianguan1", handler=cast.who("jianguan1").account_id)
    cast.press(Verb.COMPLETE, case, "jianguan1", result="企业已委托鉴定，加层已停用。")
    cast.press(Verb.RECTIFY, case, "zhifa2", note="消防通道已恢复。")
    cast.press(Verb.RECHECK, case, "zhifa2", passed="yes", note="通道宽度四米，合格。")
    cast.finish(
        case, "zhifa2", "消防通道已恢复；加层请等鉴定结论，期间不要使用。", outcome="rectified", told_way="in_person"
    )
    cast.close(case)
    return case


CHAPTERS = (
    Chapter("诉求 · 交村（社区）办理", _community),
    Chapter("诉求 · 转办部门", _department),
    Chapter("诉求 · 退回后协调会商", _consultation),
    Chapter("诉求 · 上报上级条线，经批准延期", _upward),
    Chapter("问题 · 网格员发现，告知中止后双报", _found_by_officer),
    Chapter("问题 · 部门发现，自行处置", _found_by_department),
    Chapter("问题 · 涉及多部门，会商处置", _found_by_several),
)
"""The four routes and the three ways of finding, in the plan's order."""
