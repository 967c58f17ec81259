"""Who sees which list, and which results on it. Offices are ranked; an officer, a handler, a leader never."""

from django.db.models import Exists, OuterRef, QuerySet

from qinqing.kernel.actor import Actor
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, OFFICE_ROLES, Role
from qinqing.standings.models import Listing, Score
from qinqing.standings.words import SHOWN_TO_OFFICES, State

_LEADERS = (State.SUBMITTED, State.APPROVED, State.PUBLISHED)


def visible_to(by: Actor) -> QuerySet[Listing]:
    """Return the lists somebody may open: hub and supervision all, leaders from the submission on, an office from the moment it
    may object, everybody else on the staff what is published. Outside the town hall nobody.

    Source: 三要(三)-2; domain §1.14.
    """
    if not rights.may(by.post, Right.READ_STANDINGS):
        return Listing.objects.none()
    rows = Listing.objects.filter(town_id=by.town_id)
    if by.post in EVERYTHING_ROLES:
        return rows
    if by.post == Role.LEADER:
        return rows.filter(state__in=[state.value for state in _LEADERS])
    published = rows.filter(state=State.PUBLISHED.value)
    if by.post not in OFFICE_ROLES:
        return published
    own = Score.objects.filter(listing=OuterRef("pk"), office_id=by.office_id or 0)
    return published | rows.filter(Exists(own), state__in=[state.value for state in SHOWN_TO_OFFICES])


def scores_for(by: Actor, listing: Listing) -> QuerySet[Score]:
    """Return the results somebody reads on a list he may open: before it is published an office reads its own alone."""
    rows = Score.objects.filter(listing=listing)
    if listing.state == State.PUBLISHED or by.post in EVERYTHING_ROLES or by.post == Role.LEADER:
        return rows
    return rows.filter(office_id=by.office_id or 0)


def reads_cases(by: Actor, score: Score) -> bool:
    """Say whether the cases behind a result are for this person: the hub's, supervision's, the leaders', the office's own."""
    return by.post in EVERYTHING_ROLES or by.post == Role.LEADER or score.office_id == by.office_id
