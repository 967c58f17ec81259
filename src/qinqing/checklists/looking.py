"""What taking in a sheet would do, before anything is written: bad cells, doubts, and the difference from what is in use."""

from dataclasses import dataclass

from qinqing.checklists import policy, reads, sheets
from qinqing.checklists.reads import Version
from qinqing.checklists.rules import checking, comparing, items
from qinqing.checklists.rules.comparing import Difference
from qinqing.checklists.rules.items import Content
from qinqing.checklists.sheets import BadCell
from qinqing.checklists.words import VersionState
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.plan import reads as plans


@dataclass(frozen=True, slots=True)
class Look:
    """What a sheet holds.

    Attributes:
        content: None while there are bad cells.
        text: the content as one text that the next step takes without the file.
        bad: every bad cell.
        doubts: what is allowed but worth a second look; also what the reader had to guess.
        difference: from the version in use, None without one.
        in_use, waiting: the versions it would stand beside, and replace.
    """

    content: Content | None
    text: str
    rows: int
    bad: tuple[BadCell, ...]
    doubts: tuple[str, ...]
    difference: Difference | None
    in_use: Version | None
    waiting: Version | None


def look(code: str, filename: str, upload: bytes, *, by: Actor) -> Look:
    """Return what taking in this file as a version of a list would do.

    Raises:
        NotFound: the town has no such list.
        NotAllowed: somebody else keeps it.
        Refused: the file is no table of a checklist.
    """
    row = reads.checklist(code, by=by)
    policy.require_manage(by, code, plans.current(by.book))
    earlier = reads.last_items(row.pk)
    sheet = sheets.read(filename, upload, earlier=earlier)
    found = {version.status: version for version in reversed(reads.versions(code, by=by))}
    in_use = found.get(VersionState.PUBLISHED)
    content = sheet.content
    return Look(
        content=content,
        text=as_text(content) if content else "",
        rows=sheet.rows,
        bad=sheet.bad,
        doubts=(*sheet.notes, *(checking.doubts(content.items, earlier) if content else ())),
        difference=comparing.difference(in_use.content, content) if content and in_use else None,
        in_use=in_use,
        waiting=found.get(VersionState.DRAFT),
    )


def as_text(content: Content) -> str:
    """Return content as a text for the next step's form."""
    return items.body_of(content, code="", annex="", title="", number=0, is_draft=True)


def from_text(text: str) -> Content:
    """Return the content of such a text; what it says is checked again when it is taken in.

    Raises:
        Refused: it came back damaged.
    """
    try:
        return items.parse(text)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Refused("text_damaged", "核对后的内容没有完整送到，请重新选择文件。", field="file") from None
