"""怎样告诉我: by which channels a person is told as well, and his office's group robots."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.notices import actions, reads
from qinqing.notices.channels import is_on, robots
from qinqing.notices.words import ROBOTS, Channel
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.web import gate, respond
from qinqing.web.notices.forms import ChoiceForm, RobotForm


@gate.screen()
def channels(request: gate.Request) -> HttpResponse:
    """Show and change by which channels I am told."""
    by = request.actor
    if by.account_id is None:
        raise NotAllowed("扫码进来的没有账号，不能设置。")
    choice = reads.choice_of(by)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        initial={"email": choice.email, "sms": choice.sms, "gov": choice.gov, "gov_id": choice.gov_id},
        phone_mask=reads.phone_mask(choice),
        email=people.account(by.account_id).email,
    )
    if request.method == "POST":
        saved = respond.tried(form, lambda: actions.choose(by=by, **({"email": False} | form.cleaned_data)))
        if saved:
            return respond.done(request, reverse("notices_channels"), "已保存。")
    off = [channel.label for channel in (Channel.SMS, Channel.GOV) if not is_on(channel)]
    context = {"form": form, "off": off, "may_robot": rights.may(by.post, Right.SET_ROBOT)}
    return respond.screen(request, "notices/channels.html", context)


@gate.screen(Right.SET_ROBOT)
def office_robots(request: gate.Request) -> HttpResponse:
    """Show my office's group robots; take one in."""
    by = request.actor
    form = RobotForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = respond.tried(form, lambda: actions.add_robot(**form.cleaned_data, by=by, at=clock.now()))
        if done:
            return respond.done(request, reverse("notices_robots"), "已接入。可以试发一条看看。")
    context = {
        "form": form,
        "office": by.office_name,
        "robots": [
            {"id": robot.pk, "channel": Channel.label_of(robot.channel), "at": robot.added_at}
            for robot in reads.robots_of(by)
        ],
        "is_open": any(map(is_on, ROBOTS)),
        "examples": [(channel.label, robots.example(channel)) for channel in ROBOTS if is_on(channel)],
    }
    return respond.screen(request, "notices/robots.html", context)


@gate.screen(Right.SET_ROBOT)
def office_robot(request: gate.Request, robot_id: int) -> HttpResponse:
    """Try one of my office's robots, or end it."""
    by, back = request.actor, reverse("notices_robots")
    if request.method != "POST" or request.POST.get("press") not in {"try", "end"}:
        raise NotFound
    if request.POST["press"] == "end":
        actions.end_robot(robot_id=robot_id, by=by, at=clock.now())
        return respond.done(request, back, "已停用。")
    try:
        actions.try_robot(robot_id=robot_id, by=by)
    except NotFound:
        raise
    except Refused as refusal:
        return respond.done(request, back, refusal.sentence)
    return respond.done(request, back, "已试发，请看群里。")
