"""Submit, forward and finish with all their side effects beside bare SQL for the same rows; then the notices' pump."""

import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.house import open_house

open_house()

from bench import cast  # noqa: E402
from bench.measure import Row, percentiles, writing  # noqa: E402
from bench.texts import Texts  # noqa: E402
from qinqing.cases.actions.press import press  # noqa: E402
from qinqing.cases.actions.submit import submit  # noqa: E402
from qinqing.cases.models import Case  # noqa: E402
from qinqing.cases.terms import current_terms  # noqa: E402
from qinqing.cases.words import Kind, Verb  # noqa: E402
from qinqing.kernel import clock  # noqa: E402
from qinqing.kernel.actor import Actor  # noqa: E402
from qinqing.notices import actions as notices  # noqa: E402
from qinqing.people.words import Role  # noqa: E402

TIMES, WARM = 40, 3
_AIM = "p95 ≤ 60 ms, ≥ ½ of the bare rate"


class Presses:
    """Two halves of cases go the same way: one pressed, one written bare."""

    def __init__(self) -> None:
        self.owners = cast.owners()
        self.clerk, self.handler = cast.actor(Role.HUB_CLERK), cast.actor(Role.HANDLER)
        self.texts = Texts(random.Random(7))
        self.topic = current_terms(cast.book())[1].matters(Kind.DEMAND)[0].code
        self.halves: tuple[list[int], list[int]] = ([], [])

    def rows(self) -> list[Row]:
        last = Case.objects.order_by("-id").values_list("pk", flat=True)[0]
        for number in range(WARM):
            self._submit(number)()
        submits = [[self._submit(half * TIMES + number) for number in range(TIMES)] for half in (0, 1)]
        rows = [writing(Row("submit", "submit by an owner", _AIM), *submits)]
        made = list(Case.objects.filter(book=cast.book(), pk__gt=last).order_by("id").values_list("pk", flat=True))
        made = made[WARM:]
        self.halves = (made[:TIMES], made[TIMES:])
        self._all(Verb.ACCEPT, self.clerk, topic=self.topic, grade="ordinary")
        rows.append(
            self._measured("forward", "forward to a department", Verb.FORWARD, self.clerk, lead=self.handler.office_id)
        )
        self._all(Verb.SIGN, self.handler, handler=self.handler.account_id)
        rows.append(
            self._measured(
                "finish", "finish with feedback", Verb.FINISH, self.handler,
                outcome="solved", reply="已修好，请查看。", told_way="phone",
            )
        )  # fmt: skip
        return rows

    def _submit(self, number: int) -> Callable[[], Any]:
        owner = self.owners[number % len(self.owners)]
        _, text = self.texts.said()
        return lambda: submit(
            by=owner, at=clock.now(), enterprise_id=owner.enterprise_id or 0, text=text, press_key=f"b{time.time_ns()}"
        )

    def _work(self, verb: Verb, case: int, by: Actor, values: dict[str, Any]) -> Callable[[], Any]:
        return lambda: press(verb, case, by=by, at=clock.now(), values=values)

    def _all(self, verb: Verb, by: Actor, **values: Any) -> None:
        for half in self.halves:
            for case in half:
                self._work(verb, case, by, values)()

    def _measured(self, key: str, what: str, verb: Verb, by: Actor, **values: Any) -> Row:
        works = [[self._work(verb, case, by, values) for case in half] for half in self.halves]
        return writing(Row(key, what, _AIM), *works)


def pump() -> Row:
    """Read on what the presses left in the ledger."""
    took, read = [], 0
    while True:
        begun = time.perf_counter()
        got = notices.pump(at=clock.now())
        took.append(time.perf_counter() - begun)
        if not got:
            break
        read += got
    row = Row("pump", "notices: ledger entries read and inboxes filled")
    row.p50, row.p95 = percentiles(took)
    row.more = {"entries": read, "per_second": round(read / sum(took))}
    return row


def main() -> int:
    rows = [*Presses().rows(), pump()]
    print(json.dumps([row.as_json() for row in rows], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
