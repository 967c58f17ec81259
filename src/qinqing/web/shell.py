"""What stands around every page: who I am, where I can go, what waits there, and what everybody should know now.

Asked for only by whole pages: a fragment never pays for it. `NAV` is the one table of where things are; an entry whose
address does not exist yet is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from qinqing.cases.reads import today as desk
from qinqing.cases.rules.books import Pile
from qinqing.env import env
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.notices import reads as inbox
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES, Role
from qinqing.plan import reads as plans
from qinqing.web import who
from qinqing.workdays import reads as workdays
from qinqing.workdays.rules import missing_years

WORKING = frozenset(Role) - {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.CONTACT, Role.CARD, Role.SYSTEM}
"""Posts that have a desk: everybody but owners and the three administrators."""
ANYBODY = frozenset(Role)
_TO_DO = (
    Pile.TO_ACCEPT, Pile.TO_DISPATCH, Pile.TO_RULE, Pile.TO_EXTEND, Pile.TO_REGISTER, Pile.TO_WRITE_OFF, Pile.TO_VERIFY,
    Pile.TO_SIGN, Pile.WORKING,
)  # fmt: skip
_CONSULT = (Right.CONVENE, Right.ASK_CONVENE, Right.READ_TOWN)
_ACCOUNTS = (Right.MANAGE_ACCOUNTS, Right.GRANT_POSTS)
_ACCOUNT_PAGES = ("people_a", "people_p", "people_e", "people_n")


@dataclass(frozen=True)
class Place:
    """One entry of the navigation.

    Attributes:
        label: what it is called.
        name: name of its address; `under` lists beginnings of other names that belong to it.
        icon: drawing of `parts/icon.html`, for the phone's bar.
        rights: the post must carry one of these; none: every post in `roles`.
        roles: posts that have this entry at all.
        group: entries of a group stand together.
        count: which piles of the office are counted beside it.
    """

    label: str
    name: str
    icon: str
    group: int
    rights: tuple[Right, ...] = ()
    roles: frozenset[Role] = WORKING
    under: tuple[str, ...] = ()
    count: tuple[Pile, ...] = ()


NAV = (
    Place("今日待办", "cases_today", "today", 1, count=_TO_DO),
    Place("接办台", "cases_intake", "inbox", 1, (Right.TAKE_IN,), count=(Pile.TO_ACCEPT, Pile.TO_DISPATCH)),
    Place("领导台", "cases_leader", "flag", 1, (Right.INSTRUCT,)),
    Place("跟进台", "cases_tracker", "list", 1, (Right.READ_TOWN, Right.INSTRUCT)),
    Place("驾驶舱", "cockpit", "chart", 1, (Right.READ_COCKPIT,), under=("cockpit_",)),
    Place("一本账", "cases_ledger", "book", 1, (Right.READ_LEDGER,), under=("cases_sheet", "cases_press")),
    Place("代企业提诉求", "cases_submit", "pen", 1, (Right.SUBMIT,)),
    Place("上报问题", "cases_report", "flag", 1, (Right.REPORT_PROBLEM,)),
    Place("文书", "papers", "pen", 1, (Right.ISSUE_PAPERS,), under=("papers_",)),
    Place("网格员手机端", "field_client", "phone", 1, (Right.VISIT,), roles=frozenset({Role.GRID_OFFICER})),
    Place("协调会商", "consultations", "people", 1, _CONSULT, under=("consultation",), count=(Pile.CONSULTING,)),
    Place("催办督办", "supervision", "alert", 1, (Right.READ_LEDGER,), under=("supervision_",)),
    Place("统计", "statistics", "chart", 1, (Right.READ_LEDGER,), under=("statistics_",)),
    Place("红黑榜单", "standings", "flag", 1, (Right.READ_STANDINGS,), under=("standing",)),
    Place("企业", "enterprises", "factory", 2, (Right.READ_ENTERPRISES,), under=("enterprise",)),
    Place("巡查清单", "checklists", "check", 2, (Right.READ_CHECKLISTS,), under=("checklist",)),
    Place("隐患线索", "findings", "alert", 2, (Right.READ_VISITS,), under=("finding", "building", "illegal_")),
    Place("两张名单", "grids_lists", "list", 2, (Right.READ_ROSTER,), under=("grids",)),
    Place("走访巡查", "patrol_visits", "check", 2, (Right.READ_VISITS,), under=("patrol_",)),
    Place("专项行动", "campaigns", "list", 2, (Right.READ_VISITS,), under=("campaign",)),
    Place("现场记录", "field_records", "phone", 2, (Right.TEND_FIELD, Right.READ_TOWN), under=("field_r", "field_d")),
    Place("联系企业", "outreach_meetings", "person", 2, (Right.READ_OUTREACH,), under=("outreach_",)),
    Place("事故快报", "accidents", "siren", 2, (Right.REPORT_ACCIDENT,), under=("accident",)),
    Place("环保档案", "environment", "leaf", 2, (Right.READ_ENTERPRISES,), under=("environment_",)),
    Place(
        "账目与封账",
        "ledger_entries",
        "lock",
        3,
        (Right.READ_TOWN, Right.READ_AUDIT),
        roles=frozenset(Role),
        under=("ledger_",),
    ),
    Place("消息", "notices", "bell", 2, under=("notice",)),
    Place(
        "消息发送", "notices_deliveries", "bell", 3, (Right.TEND_DELIVERIES,), roles=ANYBODY, under=("notices_deliv",)
    ),
    Place("请假代办", "people_leaves", "person", 3, under=("people_leave",)),
    Place("甄别建议", "triage", "check", 3, (Right.TAKE_IN,), under=("triage_",)),
    Place("方案与日历", "plan", "calendar", 3, under=("plan", "calendar"), roles=WORKING | {Role.SYSTEM_ADMIN}),
    Place("账号与岗位", "people_accounts", "key", 3, _ACCOUNTS, roles=ANYBODY, under=_ACCOUNT_PAGES),
    Place(
        "登录与账号日志", "people_sign_ins", "list", 3, (Right.READ_AUDIT,), roles=ANYBODY, under=("people_changes",)
    ),
)
"""The desk's navigation, in the order it is drawn."""
BAR = (
    "cases_today",
    "cases_leader",
    "cases_intake",
    "cases_ledger",
    "enterprises",
    "people_accounts",
    "people_sign_ins",
    "ledger_entries",
    "plan",
)
"""What stands in the phone's bar, as far as the post has it: the first three; the rest is one press away under 全部."""


@dataclass(frozen=True)
class Link:
    """A place as one page draws it."""

    label: str
    url: str
    icon: str
    group: int
    is_here: bool
    name: str
    count: int = 0


@dataclass(frozen=True)
class Shell:
    """Everything around the page."""

    actor: Actor | None
    links: list[Link] = field(default_factory=list)
    town: str = ""
    campaign: str = ""
    is_demo: bool = False
    years_missing: tuple[int, ...] = ()
    calendar_url: str = ""

    @property
    def groups(self) -> list[list[Link]]:
        """Return the links by group, for the side column."""
        numbers = sorted({link.group for link in self.links})
        return [[link for link in self.links if link.group == number] for number in numbers]

    @property
    def bar(self) -> list[Link]:
        """Return the few links of the phone's bar."""
        rank = {name: place for place, name in enumerate(BAR)}
        return sorted((link for link in self.links if link.name in rank), key=lambda link: rank[link.name])[:3]

    @property
    def is_contact(self) -> bool:
        """Say whether an enterprise's side is looked at."""
        return self.actor is not None and self.actor.enterprise_id is not None

    @property
    def may_search(self) -> bool:
        """Say whether there is a book to search in."""
        return any(link.name == "cases_ledger" for link in self.links)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates `shell` and the addresses of the built assets; neither costs anything until used."""
    return {"shell": SimpleLazyObject(lambda: _shell(request)), "assets": assets(), "version": release()}


def _shell(request: HttpRequest) -> Shell:
    by = who.actor(request)
    if by is None:
        return Shell(None, is_demo=env.is_demo)
    town = who.town(request, by)
    known = workdays.calendar().confirmed_years
    today = clock.now().date()
    missing = missing_years(known, today) if by.enterprise_id is None else ()
    return Shell(
        actor=by,
        links=_links(request, by),
        town=town.name,
        campaign=_campaign(by.book),
        is_demo=env.is_demo or town.is_demo,
        years_missing=tuple(missing),
        calendar_url=_url("calendar_import") if rights.may(by.post, Right.EDIT_CALENDAR) else "",
    )


def _campaign(book: str) -> str:
    """Return what the year's campaign is called: it changes the headers and nothing else. Source: 序-1."""
    try:
        return plans.current(book).campaign_title
    except Refused:
        return ""  # no plan yet, or one that was tampered with: the pages that need it say so


def _links(request: HttpRequest, by: Actor) -> list[Link]:
    here = request.resolver_match.url_name or "" if request.resolver_match else ""
    mine = [place for place in NAV if _is_for(place, by)]
    counts = _counts(by) if any(place.count for place in mine) else {}
    found = []
    for place in mine:
        url = _url(place.name)
        if not url:
            continue
        is_here = here == place.name or bool(place.under and here.startswith(place.under))
        waiting = sum(counts.get(str(pile), 0) for pile in place.count)
        waiting += inbox.unread(by) if place.name == "notices" else 0
        found.append(Link(place.label, url, place.icon, place.group, is_here, place.name, waiting))
    return found


def _url(name: str) -> str:
    """Return the address of a page, "" where that page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_for(place: Place, by: Actor) -> bool:
    if by.post not in place.roles:
        return False
    return not place.rights or any(rights.may(by.post, right) for right in place.rights)


def _counts(by: Actor) -> dict[str, int]:
    """Return what waits at the person's office; an officer's and a leader's own share is on the today page, not here."""
    counted = HUB_ROLES | {Role.OFFICE_HEAD, Role.HANDLER}
    if by.office_id is None or by.post not in counted:
        return {}
    return desk.piles_of(by.office_id)


@cache
def assets() -> dict[str, str]:
    """Return the addresses of style and script: the built ones where a build is, else the plain sheet and no script."""
    return {
        "css": staticfiles_storage.url("build/app.css" if _is_built("build/app.css") else "css/app.css"),
        "js": staticfiles_storage.url("build/app.js") if _is_built("build/app.js") else "",
        "cockpit": staticfiles_storage.url("build/cockpit.js") if _is_built("build/cockpit.js") else "",
    }


@cache
def release() -> str:
    """Return the version people see at the foot of the page."""
    try:
        return version_of("qinqing")
    except PackageNotFoundError:
        return ""  # run from the source without being installed


_is_built: Callable[[str], bool] = lambda name: bool(finders.find(name))  # noqa: E731
