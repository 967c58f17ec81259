"""A visit from an officer's phone, through the field's own calls, to the desk, to what is owed and to the firm."""

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from qinqing.patrol.models import Visit
from qinqing.people.models import Account
from tests.field.phone import Phone
from tests.patrol.world import NOW, Rounds

if TYPE_CHECKING:
    from tests.conftest import Clock


def browser(rounds: Rounds, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=rounds.world.who[who].account_id))
    return client


@pytest.mark.clause("附2安-(2)a", "二(一)-4")
def test_from_the_phone_to_the_desk_and_the_firm(rounds: Rounds, clock: "Clock") -> None:
    clock.at("2026-11-23 09:00")
    rounds.owe()
    phone = Phone(rounds.world, "officer")
    draft = phone.finalize("visit", photos=1)
    (photo,) = draft.photos
    run = rounds.answers("F7", bad=("F7-02",))
    next(one for one in run["answers"] if one["item"] == "F7-02")["photos"] = [photo]
    body = rounds.body(NOW, checklists=[run, rounds.answers("F6")])
    envelope = json.loads(draft.body)
    item = phone.finalize("visit", id=draft.id, data=body, attachments=envelope["attachments"])
    item.photos.update(draft.photos)

    answer = phone.put(item)
    assert (answer.status_code, answer.json()["flags"]) == (201, [])
    assert phone.put(item).status_code == 200
    told = phone.patch(photo, 0, item.photos[photo]).json()
    assert told["receipt"]["manifest_sha256"] == item.manifest()

    visit = Visit.objects.get()
    assert str(visit.uid) == item.id
    assert rounds.duties(kind="checklist") == {"F6 2026Q4": "done", "F7 2026Q4": "done"}
    page = browser(rounds, "village").get(reverse("patrol_visit", args=[visit.uid])).content.decode()
    assert f"{told['receipt']['no']:06d}" in page
    assert photo in page
    owner = browser(rounds, "owner")
    assert photo in owner.get(reverse("portal_visit", args=[visit.uid])).content.decode()
    assert owner.get(reverse("field_attachment", args=[photo])).status_code == 200
    assert browser(rounds, "owner2").get(reverse("field_attachment", args=[photo])).status_code == 404
