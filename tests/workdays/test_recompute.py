"""A notice comes in: cases with a provisional limit are settled, listed, and never moved earlier."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qinqing.cases.models import Case
from qinqing.ledger import reads as ledger
from qinqing.workdays import reads
from tests.cases.world import World, make_world, moment
from tests.workdays.test_notice import day, text

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def world(db: None) -> World:
    reads.forget()
    return make_world()


@pytest.fixture
def take_in(qinqing: Run, tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Import a notice by the command and return the cases it lists."""

    def run(days: list[dict[str, Any]], year: int = 2027) -> list[dict[str, Any]]:
        file = tmp_path / "notice.json"
        file.write_text(text(days, year=year), encoding="utf-8")
        code, out, err = qinqing("workdays", "import", file, "--json")
        assert code == 0, err
        cases: list[dict[str, Any]] = json.loads(out)["cases"]
        return cases

    return run


def _now(case: Case) -> tuple[Any, bool, int]:
    case = Case.objects.get(pk=case.pk)
    return case.due_at, case.due_provisional, len(list(ledger.entries_of("case", case.pk)))


def test_a_day_off_moves_the_date_later_and_the_case_is_listed(world: World, take_in: Any) -> None:
    case = world.demand(at=moment("2026-12-28 10:00"))
    other = world.demand(at=moment("2026-12-14 10:00"), text="另一件普通的演示诉求，期限在本年内。")
    before = _now(other)
    assert _now(case) == (moment("2027-01-05 17:30"), True, 1)
    listed = take_in([day("2027-01-01"), day("2027-01-04")])
    assert listed == [
        {"number": case.number, "was_due": "2027-01-05T17:30+08:00", "due": "2027-01-06T17:30+08:00", "moved": True}
    ]
    assert _now(case) == (moment("2027-01-06 17:30"), False, 2)
    assert "由1月5日" in list(ledger.entries_of("case", case.pk))[-1].sentence
    assert _now(other) == before


def test_a_make_up_day_never_moves_it_earlier(world: World, take_in: Any) -> None:
    case = world.demand(at=moment("2026-12-28 10:00"))
    listed = take_in([day("2027-01-01"), day("2027-01-02", off=False)])
    assert [(one["due"], one["moved"]) for one in listed] == [("2027-01-05T17:30+08:00", False)]
    assert _now(case) == (moment("2027-01-05 17:30"), False, 2)


def test_the_same_notice_again_lists_nothing(world: World, take_in: Any) -> None:
    case = world.demand(at=moment("2026-12-28 10:00"))
    take_in([day("2027-01-01"), day("2027-01-04")])
    before = _now(case)
    assert take_in([day("2027-01-01"), day("2027-01-04")]) == []
    assert _now(case) == before


def test_a_notice_that_frees_new_years_eve_moves_a_date_that_seemed_certain(world: World, take_in: Any) -> None:
    case = world.demand(at=moment("2026-12-24 10:00"))
    assert _now(case)[:2] == (moment("2026-12-31 17:30"), False)
    listed = take_in([day("2026-12-31"), day("2027-01-01")])
    assert [one["due"] for one in listed] == ["2027-01-04T17:30+08:00"]
    assert _now(case) == (moment("2027-01-04 17:30"), False, 2)


def test_people_are_told_in_words(world: World, qinqing: Run, tmp_path: Path) -> None:
    case = world.demand(at=moment("2026-12-28 10:00"))
    file = tmp_path / "notice.json"
    file.write_text(text([day("2027-01-01"), day("2027-01-04")]), encoding="utf-8")
    out = qinqing("workdays", "import", file)[1]
    assert "以下1件事项的期限已重新核定：" in out
    assert f"{case.number}  2027-01-05 17:30  2027-01-06 17:30  顺延" in out
