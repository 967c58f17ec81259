"""What an import would do with each row: create, update, leave alone, turn away. Pure: the town's firms come in as given.

Every bad cell is named by row, column and reason. A bad cell turns its row away; a doubt is only a remark.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from qinqing.enterprises import places, rules, showing, uscc, values
from qinqing.enterprises.imports.headings import Headings
from qinqing.enterprises.words import Decision, NumberKind, Status
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean, mask_phone

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

Progress = Callable[[int, int], None]
_ENOUGH_TO_TELL = 10
NO_CODE = "导入名单未提供代码"
_PLAIN = frozenset(rules.FIELDS) - {"name", "uscc", "old_number", "park_id", "kind"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Something to say about one cell; `column` is the heading as written."""

    row: int
    column: str
    reason: str
    value: str = ""


@dataclass(slots=True)
class Checked:
    """One row judged.

    Attributes:
        number: of the row in the sheet, from 1.
        values: stored values to write: all of them for a new firm, the differing ones for a known one.
        contact: name and phone as stored, when the row names somebody.
    """

    number: int
    decision: Decision = Decision.REJECT
    name: str = ""
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    contact: tuple[str, str] | None = None
    enterprise_id: int | None = None
    suggested: str = ""
    problems: list[Cell] = field(default_factory=list)
    remarks: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """The town as the check sees it: its firms by code, old number and name key, its communities and parks."""

    by_uscc: Mapping[str, "Enterprise"]
    by_old: Mapping[str, "Enterprise"]
    by_name: Mapping[str, "Enterprise"]
    places: Sequence[places.Place]
    parks: Mapping[str, int]
    contacts: Mapping[int, tuple[str, str]]
    city: str = ""


def check(headings: Headings, known: Known, progress: Progress | None = None) -> list[Checked]:
    """Judge every row that is not empty, in order; `progress` hears (rows done, rows in all) every 500 rows."""
    rows = list(_filled(headings))
    known = replace(known, city=_usual_city(headings, known))
    done: list[Checked] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        done.append(_Row(headings, number, cells, known, seen).judge())
        if progress and len(done) % 500 == 0:
            progress(len(done), len(rows))
    return done


def _usual_city(headings: Headings, known: Known) -> str:
    """Return the first four digits of the region most firms are registered in; "" while too few are known to tell."""
    column = next((place for place, name in headings.columns.items() if name == "uscc"), None)
    codes = list(known.by_uscc)
    if column is not None:
        codes += [uscc.normalise(cells[column][:60]) for _, cells in _filled(headings) if column < len(cells)]
    common = Counter(code[2:6] for code in codes if len(code) == 18 and code[2:6].isdigit()).most_common(1)
    return common[0][0] if common and common[0][1] >= _ENOUGH_TO_TELL else ""


def _filled(headings: Headings) -> Iterator[tuple[int, list[str]]]:
    for at, cells in enumerate(headings.table.rows[headings.row :], start=headings.row + 1):
        if any(cell.strip() for cell in cells):
            yield at, cells


class _Row:
    """One row on its way to being judged."""

    def __init__(
        self, headings: Headings, number: int, cells: Sequence[str], known: Known, seen: dict[str, int]
    ) -> None:
        self.known, self.seen = known, seen
        self.result = Checked(number)
        self.title = {name: headings.titles[place] for place, name in headings.columns.items()}
        # Cells are limited before anything is matched against them: one may hold a whole book.
        self.raw = {
            name: clean(cells[place][:20_000]) if place < len(cells) else "" for place, name in headings.columns.items()
        }
        width = len(headings.table.rows[headings.row - 1])
        self.spill = width, [cell for cell in cells[width:] if cell.strip()]

    def judge(self) -> Checked:
        result = self.result
        self._require_same_width()
        result.name = self._read("name", lambda: values.name("name", self.raw.get("name", ""))) or ""
        if not result.name and not result.problems:
            self._problem("name", "没有企业名称")
        facts = self._number()
        facts |= self._facts()
        self.raw.setdefault("status", "")
        status = self._read("status", lambda: values.choice("status", self.raw["status"], Status, rules.STATUS_ALIASES))
        place = self._place()
        result.contact = self._contact()
        known = self._known(facts)
        self._require_once(known, facts["old_number"])
        if result.problems:
            return result
        if known is None:
            self._create(facts, status or Status.OPERATING.value, place)
        else:
            self._update(known, facts, status or "", place)
        return result

    def _read(self, name: str, reader: Callable[[], Any]) -> Any:
        try:
            return reader()
        except Refused as refusal:
            self._problem(name, refusal.sentence)
            return None

    def _problem(self, name: str, reason: str) -> None:
        self.result.problems.append(self._cell(name, reason))

    def _remark(self, name: str, reason: str) -> None:
        self.result.remarks.append(self._cell(name, reason))

    def _cell(self, name: str, reason: str) -> Cell:
        value = self.raw.get(name, "")
        # A wrong phone number is often a right one with a slip: it is personal data all the same.
        shown = mask_phone(value) if name == "phone" else value[:60]
        return Cell(self.result.number, self.title.get(name, rules.FIELDS["name"].label), reason, shown)

    def _require_same_width(self) -> None:
        headings, extra = self.spill
        if extra:
            reason = f"这一行比表头（{headings}列）多出内容，可能是某格里的分隔符没有加引号"
            self.result.problems.append(Cell(self.result.number, "整行", reason, extra[0][:60]))

    def _number(self) -> dict[str, Any]:
        found: dict[str, Any] = {"uscc": None, "old_number": None}
        for name in ("uscc", "old_number"):
            number = uscc.read(self.raw.get(name, ""), city=self.known.city)
            if number.problem:
                self._problem(name, number.problem)
            for warning in number.warnings:
                self._remark(name, warning)
            if number.kind is not NumberKind.NONE:
                found["uscc" if number.kind is NumberKind.USCC else "old_number"] = number.text
        self.result.code = showing.number(found["uscc"], found["old_number"])
        return found

    def _facts(self) -> dict[str, Any]:
        """Return the stored values of the cells that say something; an empty cell never wipes what is known."""
        found: dict[str, Any] = {}
        for name in self.raw:
            if name in _PLAIN and self.raw[name]:
                value = self._read(name, partial(rules.FIELDS[name].read, name, self.raw[name]))
                if value not in (None, "", []):
                    found[name] = value
        self._kind(found)
        park = self.raw.get("park", "")
        if park:
            if park in self.known.parks:
                found["park_id"] = self.known.parks[park]
            else:
                self._remark("park", f"没有名为“{park[:20]}”的园区，未填")
        return found

    def _kind(self, found: dict[str, Any]) -> None:
        """Read the legal form; an unknown word is kept as the licence's own, the code tells the rest."""
        text = values.line("kind", self.raw.get("kind", "")[:60], 60)
        if not text:
            return
        found["legal_form"] = text
        try:
            found["kind"] = rules.FIELDS["kind"].read("kind", text)
        except Refused:
            if "分支机构" in text or "分公司" in text:
                found["kind"] = "branch"

    def _place(self) -> places.Place | None:
        text = self.raw.get("community", "")
        found = places.exact(text, self.known.places)
        if text and found is None:
            self._remark("community", f"“{text[:20]}”不是本镇现有的村（社区），列入待归属")
        return found

    def _contact(self) -> tuple[str, str] | None:
        phone = self._read("phone", lambda: values.phone("phone", self.raw.get("phone", "")))
        name = self._read("contact", lambda: values.line("contact", self.raw.get("contact", ""), 60))
        if not name and phone:
            name = self._read("legal_person", lambda: values.line("legal_person", self.raw.get("legal_person", ""), 60))
            name = name or "联系人"
        return (name, phone or "") if name else None

    def _known(self, facts: Mapping[str, Any]) -> "Enterprise | None":
        """Return the firm this row is about: by code, by old number, by exact name if one of the two has no code."""
        known = self.known
        found = known.by_uscc.get(facts["uscc"] or "")
        if found is None:
            found = known.by_old.get(facts["old_number"] or "")
            if found is not None and found.uscc and facts["uscc"]:
                found = None  # two codes are two firms, whatever the old number says
        namesake = known.by_name.get(values.name_key(self.result.name)) if self.result.name else None
        if found is None and namesake is not None:
            if not facts["uscc"] or not namesake.uscc:
                return namesake
            self._remark("name", f"已有同名企业，代码为{namesake.uscc}，请核对是否同一家")
        return found

    def _require_once(self, known: "Enterprise | None", old: str | None) -> None:
        """Let each firm stand in the list once: by code, by the firm it means, and by name if it has no code."""
        keys = [self.result.code, old or "", f"firm {known.pk}" if known else ""]
        if not self.result.code and self.result.name:
            keys.append(values.name_key(self.result.name))
        holder = self.known.by_old.get(old or "")
        if holder is not None and holder is not known:
            self._problem("old_number", f"这个注册号已登记在“{holder.name}”名下")
        for key in filter(None, keys):
            first = self.seen.setdefault(key, self.result.number)
            if first != self.result.number:
                self._problem("uscc" if self.result.code else "name", f"与第{first}行是同一家企业，请只留一行")
                return

    def _create(self, facts: dict[str, Any], status: str, place: places.Place | None) -> None:
        result, code = self.result, facts["uscc"]
        kind = NumberKind.USCC if code else NumberKind.OLD if facts["old_number"] else NumberKind.NONE
        if kind is NumberKind.NONE:
            self._remark("uscc" if "uscc" in self.title else "name", "没有代码，先按名称建档")
        unassigned = place is None and rules.is_active(status)
        result.values = facts | {
            "name": result.name,
            "number_kind": kind.value,
            "no_code_reason": NO_CODE if kind is NumberKind.NONE else "",
            "kind": facts.get("kind") or rules.kind_of_code(code),
            "status": status,
            "community_id": place.id if place else None,
            "is_unassigned": unassigned,
        }
        result.decision = Decision.UNASSIGNED if unassigned else Decision.CREATE
        if unassigned:
            guess = places.suggest(
                facts.get("production_address", "") or facts.get("registered_address", ""), self.known.places
            )
            result.suggested = guess.name if guess else ""

    def _update(self, known: "Enterprise", facts: dict[str, Any], status: str, place: places.Place | None) -> None:
        wanted = {name: value for name, value in facts.items() if value is not None} | {"name": self.result.name}
        if facts["uscc"]:
            wanted |= {"number_kind": NumberKind.USCC.value, "no_code_reason": ""}
        elif facts["old_number"] and known.number_kind == NumberKind.NONE:
            wanted |= {"number_kind": NumberKind.OLD.value, "no_code_reason": ""}
        if place:
            wanted |= {"community_id": place.id, "is_unassigned": False}
        if status:
            wanted["status"] = status
            if known.community_id is None and not place:
                wanted["is_unassigned"] = rules.is_active(status)
        result = self.result
        result.enterprise_id = known.pk
        result.values = {name: value for name, value in wanted.items() if getattr(known, name) != value}
        if result.contact:
            self._keep_contact(known.pk)
        result.decision = Decision.UPDATE if result.values or result.contact else Decision.SAME

    def _keep_contact(self, enterprise_id: int) -> None:
        """Leave a main contact that is known alone: a list may fill a gap, it does not dismiss people."""
        if enterprise_id in self.known.contacts:
            name, mask = self.known.contacts[enterprise_id]
            if self.result.contact and (name, mask) != (self.result.contact[0], mask_phone(self.result.contact[1])):
                self._remark(
                    "contact" if "contact" in self.title else "phone", "与已登记的联系人不同，未改动，请在企业页核对"
                )
            self.result.contact = None
