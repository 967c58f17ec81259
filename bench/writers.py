"""Eight processes submit at once: each its own town, then all one town. `python -m bench.writers TOWN SECONDS` is one of them."""

import json
import random
import subprocess
import sys
import time

WRITERS, SECONDS = 8, 10.0


def one(town: str, seconds: float) -> None:
    from bench.house import open_house

    open_house()
    from bench import cast
    from bench.texts import Texts
    from qinqing.cases.actions.submit import submit
    from qinqing.kernel import clock

    owners, texts, took = cast.owners(town), Texts(random.Random(town)), []

    def go(number: int) -> None:
        owner = owners[number % len(owners)]
        submit(by=owner, at=clock.now(), enterprise_id=owner.enterprise_id or 0, text=texts.said()[1])

    go(0)
    print("ready", flush=True)
    sys.stdin.readline()  # all eight begin together, however long it took each to get up
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        go(len(took))
        took.append(time.perf_counter() - begun)
    print(json.dumps(took))


def all_() -> None:
    from bench.measure import Row, percentiles

    rows = []
    for key, what, towns in (
        ("writers_towns", "8 writers submit, each in its town", [f"bench{n:02d}" for n in range(2, 2 + WRITERS)]),
        ("writers_one", "8 writers submit, all in one town", ["bench02"] * WRITERS),
    ):
        words = [sys.executable, "-m", "bench.writers"]
        running = [
            subprocess.Popen([*words, town, str(SECONDS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for town in towns
        ]
        for child in running:
            child.stdout.readline()  # type: ignore[union-attr]
        for child in running:
            child.stdin.write("go\n")  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
        took = [second for child in running for second in json.loads(child.communicate()[0])]
        row = Row(key, what, more={"per_second": round(len(took) / SECONDS, 1), "submitted": len(took)})
        row.p50, row.p95 = percentiles(took)
        rows.append(row.as_json())
    print(json.dumps(rows, ensure_ascii=False))


if __name__ == "__main__":
    if sys.argv[1:]:
        one(sys.argv[1], float(sys.argv[2]))
    else:
        all_()
