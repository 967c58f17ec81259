"""The form of a press, made from its row of the lifecycle table: one description, no form written twice."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest

from qinqing.cases import files
from qinqing.cases.lifecycle import Step
from qinqing.cases.needs import Ask, Need
from qinqing.cases.options import Asking, Option, initial_for, options_for
from qinqing.web.forms import CHOOSE, Choice, Choices_, Day, Files, Form, Line, Long, Moment, Whole, Yes

ITEM_ROWS = 5
"""Lines of a task list; the first is the lead's."""
_FEW = 5
"""So many choices are laid open as buttons, more become a list to unfold."""


class PressForm(Form):
    """What one press asks for. `values(received files)` gives what the action takes."""

    def __init__(self, step: Step, ask: Asking, *args: Any, **kwargs: Any) -> None:
        self.needs = step.needs_for(ask.case.kind)
        made = {
            need.name: _field(need, options_for(need, ask), initial_for(step.verb, need, ask)) for need in self.needs
        }
        # Django copies the fields of a form from here; ours differ from press to press.
        self.base_fields = {name: field for name, field in made.items() if field is not None}  # type: ignore[misc]
        for need in self.needs:
            if need.ask is Ask.ITEMS:
                self.base_fields.update(_item_fields(options_for(need, ask)))
        super().__init__(*args, **kwargs)

    @property
    def item_rows(self) -> list[list[forms.BoundField]]:
        """Return the lines of the task list, three fields each; [] where the press has none."""
        names = ("items_office_{}", "items_what_{}", "items_days_{}")
        rows = [[name.format(place) for name in names] for place in range(1, ITEM_ROWS + 1)]
        return [[self[name] for name in row] for row in rows if row[0] in self.fields]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Return the fields that are not part of a task list."""
        return [bound for bound in self if not bound.name.startswith("items_")]

    def values(self) -> dict[str, Any]:
        """Return what the action takes, files checked and stored.

        Raises:
            Refused: a file that is not taken, beside the field "files".
        """
        found: dict[str, Any] = {}
        for need in self.needs:
            given = self.cleaned_data.get(need.name)
            if need.ask is Ask.FILES:
                found[need.name] = [files.receive(one.name or "附件", one) for one in given or []]
            elif need.ask is Ask.ITEMS:
                found[need.name] = self._items()
            else:
                found[need.name] = given
        return found

    def _items(self) -> list[dict[str, Any]]:
        rows = []
        for place in range(1, ITEM_ROWS + 1):
            office = self.cleaned_data.get(f"items_office_{place}")
            if office:
                what, days = self.cleaned_data[f"items_what_{place}"], self.cleaned_data.get(f"items_days_{place}")
                rows.append({"office": office, "what": what, "days": days or 5})
        return rows

    def add_error(self, field: str | None, error: Any) -> None:
        """Put what is said of the task list beside its first line."""
        super().add_error("items_what_1" if field == "items" else field, error)


def form_for(request: HttpRequest, step: Step, ask: Asking) -> PressForm:
    """Return the form of a press, filled with what was sent if it was sent."""
    if request.method == "POST":
        return PressForm(step, ask, request.POST, request.FILES)
    return PressForm(step, ask)


def _pairs(options: list[Option]) -> list[tuple[Any, Any]]:
    """Return the choices as forms take them, under their headings where they have any."""
    words = [(o.group, (o.value, f"{o.label}（{o.hint}）" if o.hint else o.label)) for o in options]
    groups = [(heading, [pair for _, pair in found]) for heading, found in groupby(words, key=lambda one: one[0])]
    return [one for heading, pairs in groups for one in ([(heading, pairs)] if heading else pairs)]


def _closed(options: list[Option]) -> list[str | int]:
    return [option.value for option in options if option.is_closed]


def _choice(need: Need, options: list[Option], initial: Any) -> forms.Field:
    is_open = 0 < len(options) <= _FEW
    pairs = (
        _pairs(options) if is_open and need.required else [CHOOSE if need.required else ("", "不选"), *_pairs(options)]
    )
    to = int if options and isinstance(options[0].value, int) else str
    return Choice(
        need.label,
        pairs,
        open_=is_open and need.required,
        to=to,
        closed=_closed(options),
        required=need.required,
        initial=initial,
    )


def _line(need: Need, options: list[Option], initial: Any) -> forms.Field:
    usual = "常用：" + "、".join(option.label for option in options) if options else ""
    return Line(need.label, need.limit, required=need.required, initial=initial, help_text=need.help or usual)


_MAKERS: dict[Ask, Callable[[Need, list[Option], Any], forms.Field]] = {
    Ask.LINE: _line,
    Ask.LONG: lambda n, _, i: Long(n.label, n.limit, required=n.required, initial=i),
    Ask.CHOICE: _choice,
    Ask.CHOICES: lambda n, o, i: Choices_(
        n.label,
        _pairs(o),
        to=int if o and isinstance(o[0].value, int) else str,
        closed=_closed(o),
        required=n.required,
        initial=i,
    ),
    Ask.DATE: lambda n, _, i: Day(n.label, required=n.required, initial=i),
    Ask.MOMENT: lambda n, _, i: Moment(n.label, required=n.required, initial=i),
    Ask.YES: lambda n, _, i: Yes(n.label, initial=i),
    Ask.FILES: lambda n, _, _i: Files(n.label, accept=files.ACCEPT, most=files.MOST, required=n.required),
}


def _field(need: Need, options: list[Option], initial: Any) -> forms.Field | None:
    if need.ask is Ask.ITEMS:
        return None
    field = _MAKERS[need.ask](need, options, initial)
    field.help_text = need.help or field.help_text
    return field


def _item_fields(options: list[Option]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for place in range(1, ITEM_ROWS + 1):
        first = place == 1
        fields[f"items_office_{place}"] = Choice(
            "牵头单位" if first else f"第{place}项单位",
            [CHOOSE, *_pairs(options)],
            to=int,
            closed=_closed(options),
            required=first,
        )
        fields[f"items_what_{place}"] = Line("办什么", 500, required=False)
        fields[f"items_days_{place}"] = Whole("工作日", low=1, high=10, required=False, initial=5 if first else None)
    return fields
