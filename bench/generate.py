"""Makes the data of the bench: `python -m bench.generate --cases 10000` into the database that DATABASE_URL names.

Deterministic by seed; texts are composed from invented parts (`texts.py`), or taken from a CSV named by --csv.
The ledger chain, holdings, balances, tallies, involvements, tasks and search rows agree with the cases as if the actions
had written them; `--check` proves it on one town.
"""

import argparse
import gc
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bench.house import open_house

open_house()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Model  # noqa: E402

from bench import histories, towns  # noqa: E402
from bench.histories import Days, Event, Fate, Life  # noqa: E402
from bench.loading import NULL, Later, Table, Writer, begin_loading, defaults, end_loading, line, utc  # noqa: E402
from bench.texts import Texts  # noqa: E402
from qinqing.cases import search  # noqa: E402
from qinqing.cases.models import Balance, Case, Feedback, Holding, Involvement, Problem, Rating, Serial, Tally, Task  # noqa: E402
from qinqing.enterprises.models import Contact  # noqa: E402
from qinqing.kernel import clock  # noqa: E402
from qinqing.ledger import guards  # noqa: E402
from qinqing.ledger.chain import ALGORITHM, FIELDS, NOTHING, SEPARATOR, hasher  # noqa: E402
from qinqing.ledger.models import Head  # noqa: E402
from qinqing.notices.models import Cursor  # noqa: E402

TOWNS, FIRMS, DAYS = 40, 50_000, 500
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_ACTOR, _OFFICE = FIELDS.index("actor_id"), FIELDS.index("office_id")
LOADED: tuple[type[Model], ...] = (Case, Task, Involvement, Holding, Feedback, Rating, Problem)


def big_town(cases: int) -> int:
    """Return how many cases the one large town has, which is measured: enough for a 100th page, at full size for a sheet
    of 100 000 rows."""
    return 6 * cases // 10 if cases < 300_000 else 100_000


class Generator:
    def __init__(self, cases: int, seed: int, csv_path: Path | None) -> None:
        self.cases, self.dice = cases, random.Random(seed)
        self.at = clock.now()
        self.texts = Texts(self.dice, csv_path)
        self.base, self.task_base = defaults(Case), defaults(Task)
        self.ids: Counter[type] = Counter()
        self.balances: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
        self.tallies: Counter[tuple[int, str]] = Counter()
        self.numbers: Counter[tuple[int, str, int]] = Counter()
        self.began = time.monotonic()

    def say(self, words: str) -> None:
        print(f"{time.monotonic() - self.began:7.1f} s  {words}", file=sys.stderr, flush=True)

    def run(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        gc.disable()  # nothing here is thrown away in circles, and a million lives are long to look through
        self.writer = Writer()
        self.tables: dict[type[Model], Table] = {model: Table.of(model, self.writer) for model in LOADED}
        key = "case_id" if connection.vendor == "postgresql" else "rowid"
        self.search = Table("cases_search", (key, "tokens"), self.writer)
        self.entries = Table("ledger_entry", (*FIELDS, "digest"), self.writer)
        self.towns = towns.build(TOWNS, FIRMS, at=self.at, dice=self.dice, writer=self.writer)
        self.days = Days(histories.terms_for(self.towns[0]), self.at.date(), DAYS)
        self.fate = Fate(self.days, self.texts, self.dice)
        self.say(f"{len(self.towns)} towns, {FIRMS} enterprises")
        guards.remove()
        begin_loading()
        Contact.objects.bulk_create([contact for town in self.towns for contact in town.contacts])
        later = Later([*(m._meta.db_table for m in LOADED), "cases_search", "ledger_entry"])
        self.heads = {head.book: (head.seq, head.digest) for head in Head.objects.all()}
        self._live()
        self.writer.close()
        self._books()
        self.say("indexes")
        later.make_again(self.say)
        guards.install()
        self.say("statistics")
        end_loading((*LOADED, *towns.LOADED))
        self.say(f"{self.cases} cases, {self.entries.count} entries")

    def _live(self) -> None:
        """Go through the days: new cases of every town, then the day's entries of every book, in order."""
        big = big_town(self.cases)
        rest = (self.cases - big) // (len(self.towns) - 1)
        shares = [self.cases - rest * (len(self.towns) - 1), *[rest] * (len(self.towns) - 1)]
        waiting: dict[int, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
        made, count = 0, len(self.days)
        for day in range(count):
            coming = [
                town
                for town, share in zip(self.towns, shares, strict=True)
                for _ in range(share * (day + 1) // count - share * day // count)
            ]
            self.dice.shuffle(coming)
            for town in coming:
                made += 1
                life = self.fate.life(made, town, day, self.numbers)
                self._rows(life)
                for event in self.fate.events(life):
                    waiting[event.at[0]][town.code].append(event)
            for book, events in waiting.pop(day, {}).items():
                self._chain(book, events)
            self._flush(only_full=True)
            if day % 50 == 49:
                self.say(f"{made} of {self.cases} cases, {self.entries.count + len(self.entries.rows)} entries")
        self._flush(only_full=False)

    def _flush(self, *, only_full: bool) -> None:
        for table in (*self.tables.values(), self.search, self.entries):
            table.flush(only_full=only_full)

    def _chain(self, book: str, events: list[Event]) -> None:
        events.sort(key=lambda event: (event.at, event.case, event.step))
        seq, digest = self.heads.get(book, (0, ""))
        fresh = hasher(ALGORITHM)
        put = self.entries.rows.append
        for event in events:
            seq += 1
            form, seat, actor = event.form, event.seat, event.actor
            cells = [
                digest, book, str(seq), ALGORITHM, "case", str(event.case), str(event.step), event.label,
                self.days.stamp(event.at), form.kind, form.verb, form.sentence % event.fill, form.facts % event.fill,
                form.clause, str(actor.id) if actor else NOTHING, event.actor_name, event.post,
                str(seat.id) if seat else NOTHING, seat.name if seat else "", "web", "",
            ]  # fmt: skip
            one = fresh.copy()
            one.update(SEPARATOR.join(cells).encode())
            digest = one.hexdigest()
            if actor is None:
                cells[_ACTOR] = NULL
            if seat is None:
                cells[_OFFICE] = NULL
            cells.append(digest)
            put("\t".join(cells))
        self.heads[book] = (seq, digest)

    def _put(self, model: type[Model], *cells: Any) -> None:
        self.ids[model] += 1
        self.tables[model].rows.append(line((self.ids[model], *cells)))

    def _rows(self, life: Life) -> None:
        days, town, done = self.days, life.town, life.done
        begin = life.path[0][1]
        due, last_due = utc(days.due(begin[0], 5)), utc(days.due(begin[0], 10))
        when = {step: days.utc(moment) for step, moment in done.items()}
        sent = when.get("forwarded") or when.get("handed") or when.get("reported")
        signed = when.get("signed") or when.get("reported")
        person, name, _, _ = histories._actor(life.path[0][0], life, town.hub.people[0])
        code = "".join(self.dice.choices(_LETTERS, k=8))
        state = life.state
        self.tables[Case].rows.append(
            line(
                {
                    **self.base, "id": life.id, "town_id": town.id, "book": town.code, "plan_version_id": town.version,
                    "kind": life.kind, "number": life.number, "state": state, "title": life.title, "text": life.text,
                    "topic": life.topic[0] if "accepted" in done or life.kind == "problem" else "",
                    "topic_name": life.topic[1] if "accepted" in done or life.kind == "problem" else "",
                    "source": "department" if life.kind == "problem" else "portal" if life.firm.owner else "card",
                    "route": "own" if life.kind == "problem" else "community" if "handed" in done else "department" if "forwarded" in done else "",
                    "enterprise_id": life.firm.id, "enterprise_name": life.firm.name, "community_id": life.firm.community,
                    "park_id": life.firm.park, "submitter_id": person.id if person else None, "submitter_name": name,
                    "track_code": code, "submitted_at": days.utc(begin), "clock_at": days.utc(begin),
                    "accepted_at": when.get("accepted") or when.get("reported"), "dispatched_at": sent,
                    "due_at": due, "first_due_at": due, "answered_at": when.get("finished"),
                    "registered_at": when.get("registered"), "ended_at": when.get("written_off"),
                    "touched_at": days.utc(life.path[-1][1]), "last_due_at": last_due, "hub_id": town.hub.id,
                    "lead_office_id": life.lead.id if sent else None,
                    "handler_id": life.handler.id if signed or "handed" in done else None,
                    "outcome": "solved" if "finished" in done else "", "satisfaction": "satisfied" if "rated" in done else "",
                    "rated_round": int("rated" in done),
                    "rate_until": utc(days.due(done["finished"][0], 11)) if "finished" in done else None,
                    "is_key": life.id % 97 == 0,
                }.values()
            )
        )  # fmt: skip
        parts = (life.number, life.firm.name, life.title, life.text, name, code)
        self.search.rows.append(line((life.id, search.document(search.words_of(town.id, life.firm.initials, parts)))))
        if life.kind == "problem":
            self.tables[Problem].rows.append(line((life.id, "general", False, "", "", None, "", "", "", "", False, "")))
        self._beside(life, when, sent, signed, due, person.id if person else None)

    def _beside(
        self, life: Life, when: dict[str, str], sent: str | None, signed: str | None, due: str, submitter: int | None
    ) -> None:
        town, days, done = life.town, self.days, life.done
        offices = [town.hub.id, *([life.lead.id] if sent else [])]
        accounts = {submitter, town.hub.people[0].id if len(life.path) > 1 and life.kind == "demand" else None}
        accounts.add(life.handler.id if signed else None)
        for office in offices:
            self._put(Involvement, life.id, office, None)
        for account in sorted(one for one in accounts if one):
            self._put(Involvement, life.id, None, account)
        begin = life.path[0][1]
        dispatched = next((done[step] for step in ("forwarded", "handed", "reported") if step in done), begin)
        end = done.get("written_off")
        for office, moment in zip(offices, (begin, dispatched), strict=False):
            self._put(Holding, life.id, office, days.utc(moment), when.get("written_off"))
            self.balances[office, days.month(moment)][0] += 1
            if end:
                self.balances[office, days.month(end)][1] += 1
            else:
                self.tallies[office, "open"] += 1
        if sent:
            day = dispatched[0]
            one_day = utc(days.due(day, 1))
            state = "done" if "finished" in done else "working" if signed else "offered"
            self.ids[Task] += 1
            self.tables[Task].rows.append(
                line(
                    {
                        **self.task_base, "id": self.ids[Task], "case_id": life.id, "office_id": life.lead.id,
                        "part": "lead", "state": state, "handler_id": life.handler.id if signed or "handed" in done else None,
                        "offered_at": sent, "sign_due_at": one_day, "return_due_at": one_day, "signed_at": signed,
                        "due_at": due, "done_at": when.get("finished"), "result": life.reply if "finished" in done else "",
                    }.values()
                )
            )  # fmt: skip
        if "finished" in done:
            told = when["finished"]
            self._put(
                Feedback,
                life.id,
                life.lead.name,
                life.handler.name,
                1,
                False,
                "solved",
                life.reply,
                "phone",
                told,
                told,
            )
        if "rated" in done:
            self._put(
                Rating,
                life.id,
                1,
                True,
                "satisfied",
                "",
                life.firm.name,
                when["rated"],
                when["rated"],
                "",
            )
        self._pile(life, signed)

    def _pile(self, life: Life, signed: str | None) -> None:
        hub, state = life.town.hub.id, life.state
        if state == "submitted":
            self.tallies[hub, "to_accept"] += 1
        elif state == "accepted":
            self.tallies[hub, "to_dispatch"] += 1
        elif state == "in_hand":
            self.tallies[life.lead.id, "working" if signed else "to_sign"] += 1
        elif state == "answered":
            self.tallies[hub, "to_write_off" if "registered" in life.done else "to_register"] += 1

    def _books(self) -> None:
        """Write the counters, the last numbers given, the heads of the books and the cursors of their readers."""
        Balance.objects.bulk_create(
            (Balance(office_id=o, month=m, hung=h, cleared=c) for (o, m), (h, c) in self.balances.items()),
            batch_size=2000,
        )
        Tally.objects.bulk_create(
            (Tally(office_id=o, pile=p, count=n) for (o, p), n in self.tallies.items()), batch_size=2000
        )
        Serial.objects.bulk_create(Serial(town_id=t, prefix=p, year=y, last=n) for (t, p, y), n in self.numbers.items())
        for book, (seq, digest) in self.heads.items():
            Head.objects.filter(book=book).update(seq=seq, digest=digest)
        Cursor.objects.bulk_create(
            Cursor(book=book, seq=seq) for book, (seq, _) in self.heads.items() if book != "*seals"
        )


def check() -> None:
    """Compare chain and counters of the smaller towns with what the product's own rules say.

    Raises:
        SystemExit: they differ.
    """
    from qinqing.cases.reads.books import recount
    from qinqing.cases.reads.find import sight_of
    from qinqing.cases.rules.books import holders, piles
    from qinqing.ledger.verify import verify
    from qinqing.people.reads import town as town_of

    verdict = verify("bench02")
    if not verdict.ok:
        raise SystemExit(verdict.sentence())
    town = town_of("bench02")
    expected: Counter[tuple[int, str]] = Counter()
    for case in Case.objects.filter(town=town, ended_at__isnull=True):
        sight = sight_of(case)
        expected.update({(office, pile.value): n for (office, pile), n in piles(sight).items()})
        held = set(Holding.objects.filter(case=case, closed_at__isnull=True).values_list("office_id", flat=True))
        if held != holders(sight):
            raise SystemExit(f"case {case.number}: held by {held}, not {holders(sight)}")
    counted = {(t.office_id, t.pile): t.count for t in Tally.objects.filter(office__town=town) if t.count}
    if counted != {key: n for key, n in expected.items() if n}:
        raise SystemExit("tallies differ from a recount")
    for office, open_ in recount(town.pk).items():
        rows = Balance.objects.filter(office_id=office)
        if sum(row.hung - row.cleared for row in rows) != open_:
            raise SystemExit("a balance differs from a recount")
    print(f"checked: {verdict.sentence()} tallies, holdings and balances agree", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument(
        "--csv", type=Path, help="texts from a CSV with columns title and text instead of invented ones"
    )
    parser.add_argument("--check", action="store_true", help="compare one town with the product's own rules afterwards")
    args = parser.parse_args()
    Generator(args.cases, args.seed, args.csv).run()
    if args.check:
        check()
    return 0


if __name__ == "__main__":
    sys.exit(main())
