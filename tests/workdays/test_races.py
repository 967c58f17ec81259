"""Two administrators importing the same year at the same moment: one waits, nothing is mixed."""

import threading

import pytest
from django.db import connection

from qinqing.workdays import actions, reads
from qinqing.workdays.models import CalendarDay, Notice
from tests.workdays.test_import import AT, BY
from tests.workdays.test_notice import day, text


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_a_year_do_not_mix() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; its in-memory test database knows one connection")
    texts = [text([day(f"2027-02-{d:02}", f"第{n}份") for d in range(1, 6)]) for n in range(4)]
    start = threading.Barrier(len(texts))
    faults: list[BaseException] = []

    def take_in(raw: str) -> None:
        try:
            start.wait()
            actions.import_notice(text=raw, by=BY, at=AT)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=take_in, args=(raw,)) for raw in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert Notice.objects.filter(year=2027).count() == len(texts)
    assert len(set(CalendarDay.objects.filter(notice_year=2027).values_list("label", flat=True))) == 1
    assert CalendarDay.objects.filter(notice_year=2027).count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_shipped_years_are_there_after_a_test_that_emptied_the_tables() -> None:
    reads.forget()
    assert reads.confirmed_years() == {2024, 2025, 2026}
