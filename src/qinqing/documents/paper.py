"""What stands on a paper, without saying how it is drawn: plain values that go into the ledger and come back the same.

A paper is a title, a number, blocks from top to bottom and what stands at its foot. The writers in `writing/` draw it.
"""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from qinqing.documents.words import PaperKind


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Heading(_Plain):
    """A heading in the text: level 1 一、 (黑体), 2 （一） (楷体)."""

    type: Literal["heading"] = "heading"
    text: str
    level: Literal[1, 2] = 1


class Para(_Plain):
    """A paragraph. `indent` in characters; `align` as it says; `label` stands before it in 黑体."""

    type: Literal["para"] = "para"
    text: str
    label: str = ""
    indent: int = 2
    align: Literal["left", "center", "right", "both"] = "both"


class Cell(_Plain):
    """One box of a form: `span` of the form's columns; a label is centred and narrow, a value may be tall (`lines`)."""

    text: str
    span: int = 1
    is_label: bool = False
    lines: int = 1


class Form(_Plain):
    """A form of boxes (表格式文书): every row fills `columns`."""

    type: Literal["form"] = "form"
    columns: int = 4
    rows: tuple[tuple[Cell, ...], ...]


class Table(_Plain):
    """A table with a heading row that repeats on every page. `widths` in millimetres, 156 in all on an upright page."""

    type: Literal["table"] = "table"
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


class Signatures(_Plain):
    """Lines to sign on: one label each."""

    type: Literal["signatures"] = "signatures"
    labels: tuple[str, ...]


class Picture(_Plain):
    """A picture kept by its digest, drawn `width_mm` wide; `attachment` is its page's name for it, `alt` says what it shows."""

    type: Literal["picture"] = "picture"
    sha256: str
    attachment: str
    alt: str
    width_mm: int = 40


Block = Annotated[Heading | Para | Form | Table | Signatures | Picture, Field(discriminator="type")]


class Paper(_Plain):
    """One paper.

    Attributes:
        kind: which paper.
        head: who issues it, over the paper; red for a 公文, black over a form.
        is_official: drawn as 公文 (red head and line); else a form.
        title: its title.
        number: 交办〔2026〕0001号, or with a gap to be filled in.
        marks: words at the top left: 送审稿, 草案, 演示.
        blocks: its contents.
        issuer, date: 落款.
        copies: 抄送.
        landscape: A4 lying.
        compact: smaller letters, for registers and checklists.
        as_of: what the foot says of the state of the ledger it was drafted from.
    """

    kind: PaperKind
    head: str
    title: str
    number: str = ""
    is_official: bool = False
    marks: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    issuer: str = ""
    date: str = ""
    copies: str = ""
    landscape: bool = False
    compact: bool = False
    as_of: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON values, as the ledger keeps it."""
        return self.model_dump(mode="json")

    @property
    def digest(self) -> str:
        """Return the SHA-256 of its plain form: what its foot shows and its entry in the ledger vouches for."""
        text = json.dumps(self.plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def form_row(*pairs: str | tuple[str, str], columns: int = 4, lines: int = 1) -> tuple[Cell, ...]:
    """Return a row of labels and values, the last value as wide as what is left of the row."""
    cells: list[Cell] = []
    for place, pair in enumerate(pairs):
        label, value = pair if isinstance(pair, tuple) else (pair, "")
        span = 1 if place < len(pairs) - 1 else columns - 2 * len(pairs) + 1
        cells += [Cell(text=label, is_label=True), Cell(text=value, span=span, lines=lines)]
    return tuple(cells)
