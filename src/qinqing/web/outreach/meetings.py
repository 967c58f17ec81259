"""例会: the list, recording one, one meeting with who came, and how a year stands."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import ACTIVE_STATUSES
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.outreach.actions import meetings as actions
from qinqing.outreach.reads import meetings as reads
from qinqing.people.rights import Right, may
from qinqing.people.words import Role
from qinqing.web import asked, respond
from qinqing.web.forms import Choice, Choices_, Form, Line, Long, Moment
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import KeyField, attached, files, files_field, tabs

_MOST = 400
"""So many firms can be ticked on one page; a town's meeting with more is recorded by community."""


class MeetingForm(Form):
    """What was spoken of; who came is ticked below it."""

    topic = Line("主题", 120, placeholder="如：四季度安全生产例会")
    held_at = Moment("时间")
    where = Line("地点", 120, required=False)
    topics = Choices_("讲了什么", required=False)
    text = Long("纪要", 10_000, rows=5, required=False)
    files = files_field("签到表、照片、材料")  # type: ignore[assignment]  # a field, not the form's own files
    key = KeyField()

    def __init__(self, by: Actor, firms: list[tuple[int, str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firms = firms
        self.fields["topics"].choices = reads.topics(by.book)  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the firms as they are ticked: asked, came, who."""
        posted = self.data
        return [
            {
                "id": firm,
                "name": name,
                "community": community,
                "asked": f"asked_{firm}" in posted if self.is_bound else False,
                "came": f"came_{firm}" in posted,
                "who": str(posted.get(f"who_{firm}", ""))[:60],
            }
            for firm, name, community in self.firms
        ]

    @property
    def attendance(self) -> dict[int, tuple[bool, str]]:
        """Return who was asked, and of them who came. Whoever came was asked."""
        return {row["id"]: (row["came"], row["who"]) for row in self.rows if row["asked"] or row["came"]}

    def clean(self) -> dict[str, Any]:
        """Make sure that somebody was asked."""
        if not self.attendance:
            raise ValidationError("请勾选应到、到会的企业。")
        return self.cleaned_data


class CorrectForm(Form):
    """Whether a firm came, put right."""

    attended = Choice("到会情况", [("yes", "到会"), ("no", "未到会")], open_=True)
    name = Line("到会人", 60, required=False)
    reason = Line("更正理由", 200)


@screen(Right.READ_OUTREACH)
def meetings(request: Request) -> HttpResponse:
    """Show the meetings, latest first."""
    by, today = request.actor, clock.now().date()
    rows, more = reads.listing(by, after=asked.words(request, "after", 60))
    context = {
        "rows": rows,
        "next": f"?after={more}" if more else "",
        "own": reads.own_progress(by, year=today.year, today=today) if by.post == Role.GRID_OFFICER else None,
        "year": today.year,
        "wanted": reads.wanted(by.book),
        "may_record": may(by.post, Right.REACH_OUT),
        "tabs": tabs(by, "meetings"),
    }
    return respond.screen(request, "outreach/meetings.html", context)


@screen(Right.READ_OUTREACH)
def year(request: Request) -> HttpResponse:
    """Show how firms, and officers for those who look after them, stand with a year's meetings."""
    by, today = request.actor, clock.now().date()
    chosen = asked.number(request, "year", today.year, low=today.year - 3, high=today.year)
    late = request.GET.get("late") == "1"
    rows = reads.firms_progress(
        by, year=chosen, today=today, after=asked.number(request, "after"), late_only=late, limit=reads.FIRMS + 1
    )
    page = rows[: reads.FIRMS]
    query = f"year={chosen}{'&late=1' if late else ''}"
    context = {
        "rows": page,
        "officers": reads.officers_progress(by, year=chosen, today=today),
        "year": chosen,
        "pills": [("全部企业", f"?year={chosen}", not late), ("还没满的", f"?year={chosen}&late=1", late)],
        "wanted": reads.wanted(by.book),
        "next": f"?{query}&after={page[-1].enterprise_id}" if len(rows) > reads.FIRMS else "",
        "tabs": tabs(by, "meetings"),
    }
    return respond.screen(request, "outreach/meetings_year.html", context)


@screen(Right.REACH_OUT)
def new(request: Request) -> HttpResponse:
    """Record a meeting that was held."""
    by, at = request.actor, clock.now()
    firms = _firms(by, asked.number(request, "community") or None)
    if request.method == "POST":
        form = MeetingForm(by, firms, request.POST, request.FILES)
        made = respond.tried(form, lambda: _record(form, by, at))
        if made:
            came = sum(1 for is_there, _ in form.attendance.values() if is_there)
            return respond.done(request, reverse("outreach_meeting", args=[made.pk]), f"已记录，到会{came}家。")
    else:
        form = MeetingForm(by, firms, initial={"held_at": at.replace(minute=0, second=0, microsecond=0)})
    return respond.screen(request, "outreach/meeting_new.html", {"form": form, "is_cut": len(firms) >= _MOST})


def _record(form: MeetingForm, by: Actor, at: Any) -> Any:
    data = form.cleaned_data
    return actions.record_meeting(
        meeting_id=data["key"],
        topic=data["topic"],
        topics=data["topics"],
        held_at=data["held_at"],
        where=data["where"],
        text=data["text"],
        attendance=form.attendance,
        attachments=attached(form, by=by, at=at),
        by=by,
        at=at,
    )


def _firms(by: Actor, community_id: int | None) -> list[tuple[int, str, str]]:
    """Return the firms that can be ticked: those the person serves."""
    rows = enterprises.visible_to(by).filter(status__in=sorted(str(status) for status in ACTIVE_STATUSES))
    if community_id is not None:
        rows = rows.filter(community_id=community_id)
    return list(rows.order_by("community_id", "initials", "pk").values_list("pk", "name", "community__short")[:_MOST])


@screen(Right.READ_OUTREACH)
def sheet(request: Request, key: UUID) -> HttpResponse:
    """Show one meeting; it prints as the meeting's record."""
    found = reads.sheet(request.actor, key)
    context = {"sheet": found, "meeting": found.meeting, "files": files(found.photos)}
    return respond.screen(request, "outreach/meeting.html", context)


@screen(Right.REACH_OUT)
def correct(request: Request, key: UUID, enterprise_id: int) -> HttpResponse:
    """Put right whether a firm came."""
    by, at = request.actor, clock.now()
    found = reads.sheet(by, key)
    line = next((one for one in found.attendances if one.enterprise_id == enterprise_id), None)
    back = reverse("outreach_meeting", args=[key])
    if line is None or not found.may_correct:
        return respond.go(request, back)
    form = CorrectForm(request.POST or None, initial={"attended": "no" if line.attended else "yes", "name": line.name})

    def act() -> object:
        data = form.cleaned_data
        return actions.correct_attendance(
            meeting_id=key,
            enterprise_id=enterprise_id,
            attended=data["attended"] == "yes",
            name=data["name"],
            reason=data["reason"],
            by=by,
            at=at,
        )

    if request.method == "POST" and respond.tried(form, act) is not None:
        return respond.done(request, back, "已更正，记入账目。")
    context = {"form": form, "title": f"更正到会：{line.enterprise}", "press": "更正", "back": back}
    return respond.screen(request, "outreach/small.html", context)
