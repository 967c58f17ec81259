"""A sitting to come about two matters, half answered, in the demonstration town; and who came to those that were held. All invented."""

from datetime import datetime, timedelta

from qinqing.cases.words import Verb
from qinqing.consultations.actions import sittings
from qinqing.consultations.actions.sittings import Came
from qinqing.consultations.reads import sittings as reads
from qinqing.demo.cast import Cast
from qinqing.kernel.clock import SHANGHAI

_MATTERS = (
    ("owner03", "厂门口雨天积水，市政管和厂里的管谁来疏通说不清，请一起看一下。", "road"),
    ("owner17", "门前绿化带挡住货车出口的视线，几家都说不归自己管。", "greening"),
)


def meet(*, at: datetime) -> int:
    """Note who came to the sittings held, call one about two matters; return how many sittings there are then."""
    cast = Cast(at - timedelta(hours=5), at)
    hub = cast.who("hub1")
    for held in reads.coming(hub, at):
        if held.held_at <= at:
            called = [row.office_id for row in held.invitations.all()]
            came = {office: Came("came") for office in called} | {
                called[-1]: Came("absent", note="防汛值守，已书面回复")
            }
            sittings.attend(held.pk, offices=came, left_over="结论报分管领导。", by=hub, at=at)
    day = (at + timedelta(days=2)).astimezone(SHANGHAI)
    while day.weekday() > 4:
        day += timedelta(days=1)
    for owner, text, topic in _MATTERS:
        case = cast.submit(owner, text, topic=topic)
        cast.press(Verb.ACCEPT, case, "hub1", topic=topic, grade="special")
        cast.press(
            Verb.CONVENE,
            case,
            "hub1",
            participants=[cast.office(code) for code in ("jianguan", "ziran", "cun04")],
            held_at=day.replace(hour=9, minute=30, second=0, microsecond=0),
            place="镇政府三楼会议室",
            agenda="谁牵头、谁配合、什么时候办好",
        )
    coming = [one for one in reads.coming(hub, at) if one.held_at > at]
    for one in coming:
        sittings.answer(one.pk, answer="attend", by=cast.who("jianguan1"), at=at)
        sittings.answer(one.pk, answer="cannot", reason="当日参加县局会议", by=cast.who("ziran1"), at=at)
    return len(coming)
