"""Who is told of what: the one table. A fact of a case, or one that is announced (`ledger.facts.Announced`), without a row
here fails a test, so nobody is forgotten silently.

Of an announced fact HUB is the town's hub, OFFICES and PEOPLE those the fact names, ENTERPRISE, OFFICER and DEPUTY belong to
the firms it names, LEADERS have one of the offices it names in their charge.
"""

from dataclasses import dataclass

from qinqing.notices.words import Pace, Party

P = Party
BYSTANDERS = frozenset({P.ENTERPRISE, P.SUBMITTER, P.FIRST_ASKED, P.OFFICER, P.DEPUTY, P.COPIES})
"""They are told how the matter goes; something to do they have only where a route says so."""


@dataclass(frozen=True)
class Route:
    """Who is told of one kind of fact.

    Attributes:
        told: parties, each person once, never the one who did it.
        action: True where those among them who handle the matter now have something to do.
        also: bystanders who then have something to do as well.
        pace: how soon it leaves the house by the channels a person chose; his inbox has it at once.
    """

    told: tuple[Party, ...]
    action: bool = False
    also: tuple[Party, ...] = ()
    pace: Pace = Pace.DIGEST

    def asks(self, party: Party) -> bool:
        """Say whether this party has something to do now, or is only told."""
        return self.action and (party not in BYSTANDERS or party in self.also)


ROUTES: dict[str, Route] = {
    "case.submitted": Route((P.HUB, P.OFFICER), action=True),
    "case.reported": Route((P.HUB, P.OFFICES), action=True),
    "case.accepted": Route((P.ENTERPRISE, P.FIRST_ASKED, P.PEOPLE)),
    "case.asked": Route((P.ENTERPRISE, P.SUBMITTER), action=True, also=(P.ENTERPRISE, P.SUBMITTER)),
    "case.supplied": Route((P.HUB,), action=True),
    "case.declined": Route((P.ENTERPRISE, P.SUBMITTER, P.FIRST_ASKED, P.OFFICER)),
    "case.merged": Route((P.ENTERPRISE, P.SUBMITTER, P.FIRST_ASKED)),
    "case.handed": Route((P.OFFICES, P.PEOPLE, P.ENTERPRISE, P.FIRST_ASKED), action=True),
    "case.forwarded": Route((P.OFFICES, P.ENTERPRISE, P.OFFICER, P.FIRST_ASKED), action=True),
    "case.consultation_asked": Route((P.HUB,), action=True),
    "case.convened": Route((P.OFFICES, P.ENTERPRISE, P.OFFICER, P.FIRST_ASKED), action=True),
    "case.opinion_recorded": Route((P.OFFICES,), action=True),
    "case.signed": Route((P.HUB, P.PEOPLE, P.ENTERPRISE)),
    "case.handler_named": Route((P.PEOPLE,), action=True),
    "case.progressed": Route((P.HUB, P.ENTERPRISE)),
    "case.returned": Route((P.HUB,), action=True),
    "case.return_accepted": Route((P.OFFICES,)),
    "case.return_overruled": Route((P.OFFICES, P.HANDLER), action=True),
    "case.submitted_upward": Route((P.HUB, P.ENTERPRISE, P.OFFICER)),
    "case.upward_progressed": Route((P.HUB,)),
    "case.upward_answered": Route((P.OFFICES, P.HANDLER), action=True),
    "case.extension_asked": Route((P.HUB,), action=True),
    "case.extension_granted": Route((P.OFFICES, P.HANDLER, P.ENTERPRISE, P.OFFICER)),
    "case.extension_refused": Route((P.OFFICES, P.HANDLER)),
    "case.suspension_asked": Route((P.LEADERS, P.HUB), action=True),
    "case.suspended": Route((P.OFFICES, P.HANDLER, P.HUB, P.ENTERPRISE, P.OFFICER)),
    "case.suspension_refused": Route((P.OFFICES, P.HANDLER, P.HUB)),
    "case.stage_replied": Route((P.HUB, P.ENTERPRISE, P.OFFICER)),
    "case.resumed": Route((P.OFFICES, P.HANDLER, P.HUB, P.ENTERPRISE)),
    "case.published": Route((P.ENTERPRISE, P.OFFICER)),
    "case.rectified": Route((P.HUB,)),
    "case.rechecked": Route((P.HUB, P.OFFICER)),
    "case.looked_back": Route((P.HUB, P.HANDLER)),
    "case.completed": Route((P.HUB, P.OFFICES, P.HANDLER)),
    "case.finished": Route(
        (P.HUB, P.ENTERPRISE, P.SUBMITTER, P.FIRST_ASKED, P.OFFICER), action=True, also=(P.ENTERPRISE,)
    ),
    "case.registered": Route(()),
    "case.sent_back": Route((P.OFFICES, P.PEOPLE), action=True),
    "case.rated": Route((P.HUB,)),
    "case.rating_dismissed": Route(()),
    "case.reopened": Route((P.OFFICES, P.PEOPLE, P.ENTERPRISE, P.OFFICER, P.FIRST_ASKED), action=True),
    "case.written_off": Route((P.ENTERPRISE, P.FIRST_ASKED, P.OFFICER, P.HANDLER)),
    "case.urged": Route((P.OFFICES, P.PEOPLE, P.COPIES), action=True, pace=Pace.PROMPT),
    "case.supervised": Route((P.OFFICES, P.PEOPLE, P.HUB, P.COPIES), action=True, pace=Pace.PROMPT),
    "case.order_cancelled": Route((P.OFFICES, P.PEOPLE, P.HUB)),
    "case.urge_answered": Route((P.HUB, P.ENTERPRISE)),
    "case.marked_key": Route((P.PEOPLE, P.OFFICES)),
    "case.instructed": Route((P.OFFICES, P.PEOPLE, P.HUB), action=True),
    "case.instruction_answered": Route((P.PEOPLE, P.HUB)),
    "case.withdrawn": Route((P.HUB, P.OFFICES, P.HANDLER, P.OFFICER)),
    "case.complainant_revealed": Route(()),
    "case.redated": Route((P.HANDLER, P.HUB, P.ENTERPRISE)),
    # 协调会商: OFFICES are those called; what is to be consulted they hear with the case.
    "consultation.answered": Route((P.HUB,)),
    "consultation.moved": Route((P.OFFICES, P.HUB), action=True, pace=Pace.PROMPT),
    "consultation.attended": Route((P.OFFICES,)),
    # 督办: PEOPLE work on it or decide; who is reminded and who proposes is nobody's business else.
    "supervision.reminded": Route((P.PEOPLE,), action=True, pace=Pace.PROMPT),
    "supervision.proposed": Route((P.PEOPLE,), action=True, pace=Pace.PROMPT),
    "supervision.dismissed": Route(()),
    # 红黑榜单: OFFICES are those measured, PEOPLE who rules or approves.
    "standing.opened": Route((P.OFFICES,), action=True),
    "standing.appealed": Route((P.PEOPLE,), action=True),
    "standing.ruled": Route((P.OFFICES, P.HUB)),
    "standing.submitted": Route((P.PEOPLE,), action=True),
    "standing.approved": Route((P.HUB,), action=True),
    "standing.sent_back": Route((P.HUB,), action=True),
    "standing.published": Route((P.OFFICES,)),
    # 两张名单: OFFICES is the community, PEOPLE are the officers, ENTERPRISE hears who its own officer is.
    "grid.added": Route(()),
    "grid.renamed": Route(()),
    "grid.closed": Route(()),
    "officer.named": Route((P.PEOPLE, P.OFFICES)),
    "officer.edited": Route(()),
    "officer.placed": Route((P.PEOPLE,)),
    "officer.taken_out": Route((P.PEOPLE,)),
    "officer.ended": Route((P.OFFICES, P.HUB)),
    "officer.phones_revealed": Route(()),
    "liaison.tied": Route((P.PEOPLE, P.ENTERPRISE, P.OFFICES)),
    "liaison.many_tied": Route((P.PEOPLE, P.ENTERPRISE, P.OFFICES)),
    "liaison.handed_over": Route((P.PEOPLE, P.ENTERPRISE, P.OFFICES)),
    "liaison.released": Route((P.PEOPLE, P.ENTERPRISE, P.OFFICES, P.HUB)),
    "lists.confirmed": Route((P.HUB,)),
    # 请假代办: PEOPLE are who is away and who hears in his stead.
    "leave.registered": Route((P.PEOPLE,), pace=Pace.PROMPT),
    "leave.ended": Route((P.PEOPLE,)),
    # 企业档案: OFFICES is the firm's community, PEOPLE who proposed a change.
    "enterprise.created": Route((P.OFFICES,)),
    "enterprise.updated": Route(()),
    "enterprise.proposed": Route((P.HUB,), action=True),
    "enterprise.proposal_approved": Route((P.PEOPLE,)),
    "enterprise.proposal_rejected": Route((P.PEOPLE,)),
    "enterprise.status_changed": Route((P.OFFICER, P.OFFICES)),
    "enterprise.assigned": Route((P.OFFICES,), action=True),
    "enterprise.verified": Route(()),
    "enterprise.contact_added": Route((P.OFFICER,)),
    "enterprise.contact_changed": Route(()),
    "enterprise.contact_ended": Route((P.OFFICER,)),
    "enterprise.phone_revealed": Route(()),
    "enterprise.card_issued": Route(()),
    "enterprise.card_revoked": Route((P.OFFICER,)),
    # 隐患线索与登记册: OFFICES follow it (what is grave: the safety office), PEOPLE found it or acted at the same time.
    "finding.found": Route((P.OFFICES, P.OFFICER, P.ENTERPRISE), action=True, also=(P.ENTERPRISE,)),
    "finding.grave": Route(
        (P.OFFICES, P.OFFICER, P.ENTERPRISE, P.HUB, P.LEADERS), action=True, also=(P.ENTERPRISE,), pace=Pace.URGENT
    ),
    "finding.advised": Route((P.ENTERPRISE, P.OFFICER)),
    "finding.claimed": Route((P.OFFICES, P.OFFICER), action=True, also=(P.OFFICER,)),
    "finding.passed": Route((P.ENTERPRISE, P.OFFICER, P.OFFICES, P.PEOPLE)),
    "finding.failed": Route((P.ENTERPRISE, P.OFFICER, P.OFFICES, P.PEOPLE), action=True, also=(P.ENTERPRISE,)),
    "finding.transferred": Route((P.OFFICES, P.OFFICER, P.ENTERPRISE), action=True),
    "finding.extended": Route((P.ENTERPRISE, P.OFFICER, P.PEOPLE)),
    "finding.closed": Route((P.ENTERPRISE, P.OFFICER, P.OFFICES, P.PEOPLE)),
    "finding.reopened": Route((P.ENTERPRISE, P.OFFICER, P.OFFICES), action=True, also=(P.ENTERPRISE, P.OFFICER)),
    "finding.judged": Route((P.ENTERPRISE, P.OFFICER, P.OFFICES), action=True, also=(P.ENTERPRISE,)),
    "finding.seen_again": Route((P.ENTERPRISE, P.OFFICER, P.OFFICES), action=True, also=(P.ENTERPRISE,)),
    "finding.reported": Route((P.OFFICER, P.OFFICES)),
    "finding.checked": Route(()),
    "finding.event_orphaned": Route((P.OFFICES,), action=True),
    "finding.orphan_settled": Route(()),
    "building.registered": Route((P.OFFICES, P.OFFICER)),
    "building.edited": Route(()),
    "building.told": Route((P.OFFICES, P.OFFICER, P.ENTERPRISE)),
    "building.appraised": Route((P.OFFICES, P.OFFICER, P.ENTERPRISE)),
    "building.remedied": Route((P.OFFICES, P.OFFICER)),
    "building.closed": Route((P.OFFICER, P.ENTERPRISE)),
    "building.reopened": Route((P.OFFICES, P.OFFICER), action=True),
    "illegal.registered": Route((P.OFFICES, P.OFFICER)),
    "illegal.edited": Route(()),
    "illegal.stopped": Route((P.OFFICES, P.OFFICER)),
    "illegal.transferred": Route((P.OFFICES, P.OFFICER)),
    "illegal.assisted": Route((P.OFFICES,)),
    "illegal.cleared": Route((P.OFFICES, P.OFFICER)),
    "illegal.closed": Route((P.OFFICES, P.OFFICER)),
    "illegal.looked_back": Route((P.OFFICES, P.OFFICER)),
    # 走访: OFFICES is the firm's community when another office came or something is to be looked at, or the offices that go.
    "visit.taken": Route((P.ENTERPRISE, P.OFFICES)),
    "visit.late_decided": Route((P.PEOPLE,)),
    "planned_visit.announced": Route((P.ENTERPRISE, P.OFFICER), action=True, also=(P.ENTERPRISE,)),
    "planned_visit.merged": Route((P.ENTERPRISE, P.OFFICES, P.PEOPLE)),
    "planned_visit.answered": Route((P.OFFICES, P.PEOPLE), action=True),
    "planned_visit.moved": Route((P.ENTERPRISE, P.OFFICES, P.OFFICER), action=True, also=(P.ENTERPRISE,)),
    "planned_visit.cancelled": Route((P.ENTERPRISE, P.OFFICES, P.OFFICER)),
    # 联系企业: ENTERPRISE are the firms it concerns, each told its own words; PEOPLE the officers it was given to, or who gave it.
    "contact.noted": Route(()),
    "contact.turned": Route(()),
    "message.from_enterprise": Route((P.OFFICER, P.DEPUTY), action=True, also=(P.OFFICER, P.DEPUTY)),
    "message.from_officer": Route((P.ENTERPRISE,), action=True, also=(P.ENTERPRISE,)),
    "meeting.held": Route((P.ENTERPRISE,)),
    "meeting.corrected": Route(()),
    "publicity.material_added": Route(()),
    "publicity.material_withdrawn": Route(()),
    "publicity.sent": Route((P.ENTERPRISE, P.OFFICER), action=True, also=(P.ENTERPRISE, P.OFFICER)),
    "publicity.received": Route(()),
    "publicity.closed": Route(()),
    "alert.started": Route(
        (P.ENTERPRISE, P.OFFICER, P.DEPUTY, P.OFFICES, P.HUB),
        action=True,
        also=(P.ENTERPRISE, P.OFFICER),
        pace=Pace.URGENT,
    ),
    "alert.replied": Route(()),
    "alert.confirmed": Route((P.OFFICER,)),
    "alert.lifted": Route((P.ENTERPRISE, P.OFFICER, P.DEPUTY)),
    "errand.given": Route((P.PEOPLE,), action=True),
    "errand.done": Route((P.PEOPLE,)),
    "errand.cancelled": Route((P.PEOPLE,)),
    # 专项行动: OFFICES are the communities of its enterprises, PEOPLE their lead officers.
    "campaign.opened": Route((P.OFFICES, P.PEOPLE), action=True),
    "campaign.closed": Route((P.OFFICES, P.PEOPLE)),
    # 手机: OFFICES is the officer's own; he himself is told by his phone.
    "field.lost": Route((P.OFFICES, P.HUB), action=True),
    # 事故快报: PEOPLE are all it went to, by name, in the moment it was made.
    "accident.reported": Route((P.PEOPLE,), action=True, pace=Pace.URGENT),
    "accident.seen": Route(()),
    "accident.arrived": Route((P.PEOPLE,)),
    "accident.noted": Route((P.PEOPLE,)),
    "accident.closed": Route((P.PEOPLE,)),
}
"""By kind of fact. Facts that are neither (accounts, plans, imported lists) are read in the ledger and tell nobody."""
