"""A paper opened as an office would: by LibreOffice, to the letter and to the picture."""

import io
import os
import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest

from qinqing.documents import reads
from qinqing.documents.models import Issue
from qinqing.documents.writing import docx as as_docx
from qinqing.documents.writing import pdf as as_pdf

needs_office = pytest.mark.skipif(
    not shutil.which("soffice"), reason="no LibreOffice on this machine: the gate installs one"
)


def words_of(raw: bytes) -> str:
    """Return every word of a .docx, as an office program finds it."""
    page = docx.Document(io.BytesIO(raw))
    boxes = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    feet = [line.text for section in page.sections for line in section.footer.paragraphs]
    return "\n".join([*(line.text for line in page.paragraphs), *boxes, *feet])


def text_of(row: Issue) -> str:
    """Return every word of an issued paper."""
    return words_of(as_docx.write(reads.paper_of(row)))


def opened(row: Issue, *, pages: int, words: tuple[str, ...]) -> None:
    """Assert that LibreOffice draws so many pages with these words, the snapshot at every foot and no missing letter.

    QINQING_PICTURES names a folder for the pages as pictures.
    """
    paper = reads.paper_of(row)
    first, again = as_docx.write(paper), as_docx.write(paper)
    assert first == again, "the same paper, other bytes"
    with pypdfium2.PdfDocument(as_pdf.write(first)) as drawn:
        texts = [page.get_textpage().get_text_range() for page in drawn]
        _keep(drawn, row.kind)
    plain = ["".join(text.split()) for text in texts]
    assert len(plain) == pages
    for text in plain:
        assert row.digest[:16] in text
    whole = "".join(plain)
    assert [word for word in words if "".join(word.split()) not in whole] == []
    assert not {"\ufffd", "\u25a1", "\ufffe"} & set(whole), "letters no font of this machine has"


def _keep(drawn: pypdfium2.PdfDocument, name: str) -> None:
    folder = os.environ.get("QINQING_PICTURES")
    if folder:
        for number, page in enumerate(drawn, start=1):
            page.render(scale=1.1).to_pil().save(Path(folder) / f"{name}-{number}.png")
