"""Rows for the addresses that name one: of one firm, its village and the office that handles its case; and the same of another town."""

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from qinqing.campaigns.actions import open_campaign
from qinqing.campaigns.models import Campaign
from qinqing.cases import files
from qinqing.cases.models import Attachment, Case, Task, Urge
from qinqing.cases.words import Ground, UrgeLevel, Verb
from qinqing.consultations.models import Invitation, Session, Sitting
from qinqing.documents.actions import issue
from qinqing.documents.models import Issue
from qinqing.documents.words import PaperKind, Subject
from qinqing.enterprises.actions import imports, proposals
from qinqing.enterprises.models import Contact, Enterprise, ImportRun
from qinqing.grids.actions import officers
from qinqing.grids.models import Grid, Liaison, Officer
from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger
from qinqing.ledger.models import Entry
from qinqing.notices.models import Notice, Robot
from qinqing.outreach.reads.targets import Target
from qinqing.people.models import Account, Leave, Office, OpenSession, Post, Town
from qinqing.plan.models import PlanVersion
from qinqing.standings.models import Appeal, Evidence, Listing, Score
from qinqing.supervision.actions import deciding
from qinqing.supervision.models import Proposal
from qinqing.supervision.rules import Reached
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World

Rows = dict[str, object]
"""A row's id by the name addresses give it (`<int:enterprise_id>`), and what else stands in addresses."""


def own(world: "World") -> Rows:
    """Return rows of 演示车灯有限公司: its case is handled by build, its village is village's, its officer is officer."""
    ledger.seal(date(2026, 11, 22), at=NOW)
    rows = _rows(world, firm="lamp", community="cun01", owner="owner", officer="officer", village="village")
    return rows | _listing(
        world.town, Office.objects.get(pk=world.office("jianguan")), Case.objects.get(pk=rows["case_id"])
    )


def foreign(world: "World") -> Rows:
    """Return such rows of another town: nobody here may see one of them, whatever his post."""
    rows = _rows(world, firm="mould", community="cun02", owner="owner2", officer="officer2", village="village2")
    town = Town.objects.create(code="elsewhere", name="演示外镇")
    office = Office.objects.create(town=town, code="jianguan", kind="department", name="外镇建管办", short="建管办")
    moved = {"town": town}
    Enterprise.objects.filter(pk=rows["enterprise_id"]).update(**moved)
    Office.objects.filter(pk=rows["community_id"]).update(**moved)
    Case.objects.filter(pk=rows["case_id"]).update(book=town.code, **moved)
    Task.objects.filter(case=rows["case_id"]).update(office=office)
    Sitting.objects.filter(pk=rows["sitting_id"]).update(**moved)
    Session.objects.filter(sitting=rows["sitting_id"]).update(**moved)
    ImportRun.objects.filter(pk=rows["run_id"]).update(**moved)
    Issue.objects.filter(pk=rows["issue_id"]).update(**moved)
    Proposal.objects.filter(pk=rows["order_proposal_id"]).update(**moved)
    Campaign.objects.filter(pk=rows["campaign_id"]).update(**moved)
    account = Account.objects.create(town=town, username="elsewhere", name="外镇人", created_at=NOW)
    post = Post.objects.create(account=account, office=office, role="handler", starts_on=NOW.date())
    listed = _listing(town, office, Case.objects.get(pk=rows["case_id"]))
    return rows | listed | {"account_id": account.pk, "post_id": post.pk}


def _rows(world: "World", *, firm: str, community: str, owner: str, officer: str, village: str) -> Rows:
    enterprise = world.firms[firm]
    case = world.demand(owner, firm=firm)
    world.press(Verb.ACCEPT, case, "clerk", topic="streetlight", grade="ordinary")
    world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
    world.press(Verb.SIGN, case, "build", handler=world.build.account_id)
    world.press(Verb.PROGRESS, case, "build", note="已到现场。", files=[files.receive("现场.png", _picture())])
    run, _ = imports.prepare(
        filename="名录.csv", content=f"企业名称\n演示{firm}新厂\n".encode(), by=world.clerk, at=NOW
    )
    change = proposals.propose(enterprise_id=enterprise, raw={"note": "换了大门。"}, by=world.who[officer], at=NOW)
    paper = issue(kind=PaperKind.FORWARD, subject=Subject.CASE, key=str(case.pk), by=world.clerk, at=NOW)
    world.press(Verb.URGE, case, "clerk", note="请抓紧。")
    word = Reached(UrgeLevel.URGE, Ground.OVERDUE, "已超期1个工作日")
    proposed = deciding.propose(case.pk, reached=word, by=world.clerk, at=NOW)
    robot = Robot.objects.create(
        office_id=world.office("ziran"), channel="wecom", sealed_url="", added_at=NOW, ended_at=NOW
    )
    leave = Leave.objects.create(
        account_id=world.who["social"].account_id,
        deputy_id=world.who["land"].account_id,
        office_id=world.office("shewu"),
        starts_on=date(2026, 1, 5),
        ends_on=date(2026, 1, 6),
    )
    campaign = open_campaign(
        name="演示专项",
        basis="演示",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        target=Target(community_id=world.office(community)),
        by=world.clerk,
        at=NOW,
    )
    listed = Officer.objects.get(post__account_id=world.who[officer].account_id)
    officers.edit_officer(
        officer_id=listed.pk, title="", is_full_time=False, phone="10000000002", by=world.who[village], at=NOW
    )
    sitting = Sitting.objects.create(
        town_id=case.town_id,
        held_at=NOW + timedelta(days=1),
        place=firm,
        convened_by_name="示clerk",
        convened_at=NOW,
    )
    Session.objects.create(
        town_id=case.town_id, sitting=sitting, case=case, place_in_case=1, agenda="演示", convened_at=NOW
    )
    Invitation.objects.create(sitting=sitting, office_id=world.office("jianguan"))
    return {
        "sitting_id": sitting.pk,
        "case_id": case.pk,
        "attachment_id": Attachment.objects.get(case=case).pk,
        "enterprise_id": enterprise,
        "contact_id": Contact.objects.get(enterprise_id=enterprise).pk,
        "proposal_id": change.pk,
        "run_id": run.pk,
        "community_id": world.office(community),
        "officer_id": listed.pk,
        "officer_account": listed.post.account_id,
        "grid_id": Grid.objects.get(community_id=world.office(community)).pk,
        "liaison_id": Liaison.objects.get(enterprise_id=enterprise).pk,
        "account_id": world.law.account_id,
        "post_id": Post.objects.get(account_id=world.law.account_id).pk,
        "issue_id": paper.pk,
        "order_id": Urge.objects.get(case=case).pk,
        "order_proposal_id": proposed.pk,
        "robot_id": robot.pk,
        "leave_id": leave.pk,
        "campaign_id": campaign.pk,
        "subject": "case",
        "kind": "forward",
        "key": case.pk,
        "day": "2026-11-22",
        "part": "offices",
        "verb": "urge",
    }  # fmt: skip


def _listing(town: Town, office: Office, case: Case) -> Rows:
    """Return a published list with one office on it, a case behind its points and an objection."""
    version = PlanVersion.objects.order_by("-pk").values_list("pk", flat=True)[0]
    listing = Listing.objects.create(
        town=town, period="2026-Q3", plan_version_id=version, until_seq=1, counted_at=NOW, digest="0" * 64,
        calculated_at=NOW, calculated_by_name="示clerk",
    )  # fmt: skip
    score = Score.objects.create(
        listing=listing, office=office, group="departments", tally={"due": 1}, lines=[], total=90, side="few"
    )
    Evidence.objects.create(listing=listing, score=score, case=case, adds={"due": 1})
    appeal = Appeal.objects.create(listing=listing, score=score, case=case, reason="有误。", at=NOW, by_name="示人")
    Listing.objects.filter(pk=listing.pk).update(state="published", published_at=NOW)
    return {"listing_id": listing.pk, "score_id": score.pk, "appeal_id": appeal.pk}


def _picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    out.seek(0)
    return out


def of(by: Actor) -> Rows:
    """Return rows that only this person has: a notice to him, a browser he is signed in with."""
    assert by.account_id is not None
    entry = Entry.objects.filter(book=by.book).first()
    assert entry is not None
    notice = Notice.objects.create(
        account_id=by.account_id,
        book=by.book,
        seq=entry.seq,
        kind="case.urged",
        heading="催办",
        sentence="请办。",
        at=NOW,
    )
    session = OpenSession.objects.create(account_id=by.account_id, key=f"k{by.account_id}", started_at=NOW, seen_at=NOW)
    return {"notice_id": notice.pk, "session_id": session.pk}
