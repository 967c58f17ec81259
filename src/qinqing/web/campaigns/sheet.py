"""One campaign: progress by community, its enterprises, the sheet, the summing up."""

from io import BytesIO
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from qinqing.campaigns import actions, reads, rules
from qinqing.campaigns.reads import FirmLine, PlaceLine, Sheet
from qinqing.campaigns.words import Progress
from qinqing.kernel import clock
from qinqing.kernel.sheets import STAMP_LINE, Column, write_sheet
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.campaigns.campaigns import TONES
from qinqing.web.forms import Form, Long
from qinqing.web.gate import Request, screen
from qinqing.web.parts.charts import Bar

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = [
    Column("企业", 30), Column("村（社区）", 16), Column("园区", 18), Column("主责网格员", 12), Column("走访日期", 12),
    Column("情况", 10),
]  # fmt: skip


class CloseForm(Form):
    """How it went."""

    summary = Long("总结", 4000, rows=4, help_text="开展情况、发现的主要问题、下一步打算。")


@screen(Right.READ_VISITS)
def campaign(request: Request, campaign_id: int) -> HttpResponse:
    """Show one campaign as far as its enterprises are the reader's. Source: 三职(一)-4."""
    return shown(request, campaign_id)


def shown(request: Request, campaign_id: int, tried: forms.BaseForm | None = None) -> HttpResponse:
    """Return the page, with the summing up that was refused if there is one."""
    by, today = request.actor, clock.now().date()
    found = reads.sheet(by, campaign_id, today)
    community = asked.number(request, "community")
    progress = asked.one_of(request, "progress", dict(Progress.choices()))
    rows = reads.firms(
        by, campaign_id, today, community_id=community, progress=progress, after=asked.number(request, "after")
    )
    page = rows[: reads.FIRMS]
    here = reverse("campaign", args=[campaign_id])
    place = next((one.name for one in found.places if one.id == community), "")
    context = {
        "sheet": found,
        "campaign": found.campaign,
        "tone": TONES[found.stand],
        "bars": [_bar(one, here) for one in found.places],
        "totals": [
            ("应走访", found.owed, _address(here), ""),
            ("已走访", found.done, _address(here, progress=Progress.DONE.value), "ok" if found.done else ""),
            ("未走访", found.left, _address(here, progress=Progress.LEFT.value), ""),
        ],
        "place": place,
        "all_places": _address(here, progress=progress),
        "pills": [
            ("全部", _address(here, community=community), not progress),
            *(
                (label, _address(here, community=community, progress=code), progress == code)
                for code, label in Progress.choices()
            ),
        ],
        "rows": [(one, _visits_of(one, found)) for one in page],
        "next": _address(here, community=community, progress=progress, after=page[-1].id) if len(rows) > len(page) else "",
        "form": tried or CloseForm(),
        "is_past": today > found.campaign.ends_on,
    }  # fmt: skip
    return respond.screen(
        request, "campaigns/campaign.html", context, status=respond.status_of(tried) if tried else None
    )


def _bar(one: PlaceLine, here: str) -> Bar:
    return Bar(one.name, one.done / one.owed, f"{one.done}/{one.owed}", _address(here, community=one.id))


def _address(here: str, **more: int | str) -> str:
    said = {name: value for name, value in more.items() if value}
    return f"{here}?{urlencode(said)}" if said else here


def _visits_of(one: FirmLine, found: Sheet) -> str:
    """Return where the visits of a firm within the campaign are."""
    if one.visited_on is None:
        return ""
    narrowed = {
        "enterprise": one.enterprise_id,
        "since": found.campaign.starts_on,
        "until": found.campaign.ends_on,
    }
    return f"{reverse('patrol_visits')}?{urlencode(narrowed)}"


@require_POST
@screen(Right.OPEN_CAMPAIGN)
def close(request: Request, campaign_id: int) -> HttpResponse:
    """Sum a campaign up. Source: 三职(一)-4."""
    by, form = request.actor, CloseForm(request.POST)

    def act() -> object:
        return actions.close_campaign(
            campaign_id=campaign_id, summary=form.cleaned_data["summary"], by=by, at=clock.now()
        )

    if respond.tried(form, act):
        return respond.done(request, reverse("campaign", args=[campaign_id]), "已总结，村（社区）和网格员会收到消息。")
    return shown(request, campaign_id, form)


@screen(Right.EXPORT)
def export(request: Request, campaign_id: int) -> HttpResponse:
    """Give the enterprises of a campaign as .xlsx, as far as they are the reader's."""
    by, now = request.actor, clock.now()
    found = reads.sheet(by, campaign_id, now.date())
    lines = reads.firms(by, campaign_id, now.date(), size=rules.MOST_FIRMS)
    row = found.campaign
    notes = [
        f"依据：{row.basis}。期间：{row.starts_on:%Y-%m-%d}至{row.ends_on:%Y-%m-%d}。已走访{found.done}家，应走访{found.owed}家。",
        *([f"总结：{row.summary}"] if row.summary else []),
        STAMP_LINE,
    ]
    out = BytesIO()
    title = f"{row.name}进展表"
    write_sheet(
        out,
        title,
        _COLUMNS,
        [_cells(one) for one in lines],
        notes,
        maker=f"{by.office_name}　{by.name}",
        made_at=now,
    )
    disposition = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    return HttpResponse(out.getvalue(), content_type=_XLSX, headers={"Content-Disposition": disposition})


def _cells(one: FirmLine) -> list[str]:
    done = one.visited_on is not None
    day = f"{one.visited_on:%Y-%m-%d}" if one.visited_on else ""
    return [one.name, one.community, one.park, one.officer, day, (Progress.DONE if done else Progress.LEFT).label]
