"""The people of the demonstration town, called by their user names, and a clock that only goes forward."""

from datetime import datetime, timedelta
from typing import Any

from qinqing.cases.actions.submit import report, submit
from qinqing.cases.reads import find
from qinqing.cases.words import Verb
from qinqing.consultations.actions import press
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people

BOOK = "demo"


class Cast:
    """Who acts in a story. `at` is the story's present; every act moves it on a little, never past `until`."""

    def __init__(self, at: datetime, until: datetime) -> None:
        self.at, self.until = at, until
        self.town = people.town(BOOK)
        self._actors: dict[str, Actor] = {}

    def who(self, username: str) -> Actor:
        """Return the actor with this user name.

        Raises:
            NotFound: nobody of that name has a post or speaks for a firm.
        """
        if username not in self._actors:
            account = people.account_by_username(username)
            posts = people.posts_of(account, self.until.date())
            actor = people.actor_of(posts[0], via="job") if posts else enterprises.contact_actor(account, via="job")
            if actor is None:
                raise NotFound(f"演示镇里没有“{username}”。")
            self._actors[username] = actor
        return self._actors[username]

    def office(self, code: str) -> int:
        """Return the id of an office by the plan's code."""
        return people.office_by_code(self.town.pk, code).pk

    def pass_time(self, **by: float) -> None:
        """Let time go by (`minutes=20`, `hours=3`, `days=1`), at most up to the present."""
        self.at = min(self.at + timedelta(**by), self.until)

    def submit(self, owner: str, text: str, **more: Any) -> int:
        """Let an owner (or, on his behalf, a member of staff: `firm` is then the owner meant) submit a demand; return the case."""
        by = self.who(owner)
        firm = self.who(more.pop("firm", owner)).enterprise_id or 0
        case = submit(by=by, at=self.at, enterprise_id=firm, text=text, **more)
        self.pass_time(minutes=25)
        return case.pk

    def report(self, finder: str, owner: str, text: str, **more: Any) -> int:
        """Let an officer or a department report a suspected problem of an owner's firm; return the case."""
        firm = self.who(owner).enterprise_id or 0
        case = report(by=self.who(finder), at=self.at, enterprise_id=firm, text=text, **more)
        self.pass_time(minutes=15)
        return case.pk

    def press(self, verb: Verb, case_id: int, by: str, **values: Any) -> None:
        """Let somebody press."""
        press(verb, case_id, by=self.who(by), at=self.at, values=values)
        self.pass_time(minutes=40)

    def finish(self, case_id: int, by: str, reply: str, outcome: str = "solved", told_way: str = "phone") -> None:
        """Let the lead office finish with feedback."""
        self.press(Verb.FINISH, case_id, by, outcome=outcome, reply=reply, told_way=told_way)

    def close(self, case_id: int, owner: str = "", satisfaction: str = "very") -> None:
        """Let the owner rate (if given), the hub register and write off."""
        self.pass_time(hours=2)
        if owner:
            self.press(Verb.RATE, case_id, owner, solved="yes", satisfaction=satisfaction)
        self.press(Verb.REGISTER, case_id, "hub1")
        self.press(Verb.WRITE_OFF, case_id, "hub1")

    def number(self, case_id: int) -> str:
        """Return the number of a case."""
        return find.parties_of([case_id])[case_id].number
