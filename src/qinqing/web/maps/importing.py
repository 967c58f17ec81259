"""Taking the town's map in: one GeoJSON file."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.kernel import clock
from qinqing.maps import actions, reads
from qinqing.maps.rules import BIGGEST
from qinqing.people.rights import Right
from qinqing.web import forms, gate, respond


class MapForm(forms.Form):
    """The file."""

    file = forms.Files(
        "地图文件",
        accept=".geojson,.json",
        most=1,
        required=True,
        error_messages={"required": "请选择文件。"},
        help_text="GeoJSON，5MB 以内，坐标为经纬度；每个地块的 name 写村（社区）或园区的名称。",
    )


@gate.screen(Right.MANAGE_ENTERPRISES)
def take_in(request: gate.Request) -> HttpResponse:
    """Ask for the file; keep it as the town's map."""
    by = request.actor
    form = MapForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: actions.import_map(content=form.cleaned_data["file"][0].read(BIGGEST + 1), by=by, at=clock.now()),
        )
        if done:
            return respond.done(request, reverse("cockpit"), f"地图已导入，共{len(done.outlines)}块。")
    names = [name for _, _, name in reads.places(by.town_id)]
    context = {"form": form, "row": reads.of_town(by.town_id), "names": names}
    return respond.screen(request, "maps/import.html", context)
