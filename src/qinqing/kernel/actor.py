"""Who presses: passed into every action and read, never taken from thin air."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting from one post (or the enterprise's contact, or a named job of the system).

    Attributes:
        account_id: the account, None for the system and for the bearer of an enterprise card.
        name: as the ledger shall show it.
        post: a code of `people.words.Role`.
        post_label: the same in 中文.
        office_id, office_name, office_kind: where the post sits; None / "" for enterprises and the system.
        town_id, book: the town and its code (= the name of its ledger book).
        enterprise_id: set for an enterprise's contact only.
        charge_ids: offices in a leader's charge: 分管 departments and 蹲点 communities.
        via: the door: "web", "api", "cli", "job", "card".
    """

    account_id: int | None
    name: str
    post: str
    post_label: str
    town_id: int
    book: str
    office_id: int | None = None
    office_name: str = ""
    office_kind: str = ""
    enterprise_id: int | None = None
    charge_ids: frozenset[int] = field(default_factory=frozenset)
    via: str = "web"

    @classmethod
    def system(cls, job: str, *, town_id: int, book: str) -> "Actor":
        """Name a job of the system as the one who acts, e.g. `Actor.system("封账", …)`."""
        return cls(None, f"系统·{job}", "system", "系统", town_id, book, via="job")

    @property
    def is_system(self) -> bool:
        """Say whether no person stands behind this act."""
        return self.post == "system"
