"""封账单: the days that are closed, one sheet to print for each, and the comparison of a sheet with the ledger."""

from datetime import date

import segno
from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString

from qinqing.kernel import clock
from qinqing.ledger import reads as ledger
from qinqing.ledger.reads import SealSheet
from qinqing.ledger.verify import same_as_printed
from qinqing.ledger.words import Algorithm
from qinqing.people import reads as people
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen


@screen(Right.READ_TOWN, Right.READ_AUDIT)
def listing(request: Request) -> HttpResponse:
    """Show the newest seals; with `day` and `printed`, say whether a sheet on paper is the one kept."""
    day, code = asked.day(request, "day"), asked.words(request, "printed", 120)
    seals = ledger.seals(60)
    context = {
        "seals": [{"seal": seal, "short": _groups(seal.digest)[:4]} for seal in seals],
        "day": day or (seals[0].day if seals else None),
        "code": code,
        "is_asked": bool(code),
        "is_same": day is not None and same_as_printed(day, code),
    }
    return respond.screen(request, "ledger/seals.html", context)


@screen(Right.READ_TOWN, Right.READ_AUDIT)
def sheet(request: Request, day: str) -> HttpResponse:
    """Show the sheet of a closed day, made to be printed on A4 and signed."""
    found = ledger.seal_sheet(_day(day))
    if found is None:
        raise Http404
    names = {town.code: town.name for town in people.towns()}
    context = {
        "sheet": found,
        "lines": [
            {"name": names.get(line.book, line.book), "line": line, "digest": _groups(line.digest)}
            for line in found.lines
        ],
        "digest": _groups(found.digest),
        "previous": _groups(found.previous)[:4],
        "algorithm": Algorithm.label_of(found.algorithm),
        "qr": _qr(found),
        "printed_at": clock.now(),
        "by": request.actor,
    }
    return respond.screen(request, "ledger/seal.html", context)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Http404 from None


def _groups(digest: str) -> list[str]:
    """Return a digest in groups of four, as people read it aloud."""
    return [digest[start : start + 4] for start in range(0, len(digest), 4)]


def _qr(found: SealSheet) -> SafeString:
    """Return what the sheet proves as a QR code: plain text, so that comparing needs no trust in any server."""
    text = f"亲清封账单 {found.day} 第{found.number}号 {found.entries}笔 {found.algorithm}:{found.digest}"
    code = segno.make(text, error="m", micro=False)
    return SafeString(code.svg_inline(scale=3, border=2, omitsize=True, svgclass="qr", lineclass=""))
