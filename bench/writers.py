"""Eight processes submit at once: each its own town, then all one town. `python -m bench.writers TOWN SECONDS START` is one of them."""

import json
import random
import subprocess
import sys
import time

WRITERS, SECONDS, HEAD_START = 8, 10.0, 12.0


def one(town: str, seconds: float, start: float) -> None:
    from bench.house import open_house

    open_house()
    from bench import cast
    from bench.texts import Texts
    from qinqing.cases.actions.submit import submit
    from qinqing.kernel import clock

    owners, texts, took = cast.owners(town), Texts(random.Random(start)), []

    def go(number: int) -> None:
        owner = owners[number % len(owners)]
        submit(by=owner, at=clock.now(), enterprise_id=owner.enterprise_id or 0, text=texts.said()[1])

    go(0)
    time.sleep(max(start - time.time(), 0))
    while time.time() < start + seconds:
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
        start = time.time() + HEAD_START
        words = [sys.executable, "-m", "bench.writers"]
        running = [
            subprocess.Popen([*words, town, str(SECONDS), str(start)], stdout=subprocess.PIPE, text=True)
            for town in towns
        ]
        took = [second for child in running for second in json.loads(child.communicate()[0])]
        row = Row(key, what, more={"per_second": round(len(took) / SECONDS, 1), "submitted": len(took)})
        row.p50, row.p95 = percentiles(took)
        rows.append(row.as_json())
    print(json.dumps(rows, ensure_ascii=False))


if __name__ == "__main__":
    if sys.argv[1:]:
        one(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
    else:
        all_()
