"""`make bench`: make the data, measure, print the table and keep it as JSON in bench/out/.

Without DATABASE_URL it starts a PostgreSQL of its own from PyPI, and measures SQLite too at 10k; with one, it uses that
database, and the data already in it if it has as many cases.
"""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"
SIZES = {"10k": 10_000, "300k": 300_000, "1m": 1_000_000}
# What a careful administrator would set on a small machine; commits wait for the disk.
SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "random_page_cost": "1.1",
}
GROUPS = (
    ("bulk", "due"),
    ("bulk", "verify"),
    ("pages",),
    ("bulk", "xlsx"),
    ("presses",),
    ("writers",),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument("--csv", help="texts from a CSV with columns title and text")
    parser.add_argument("--peers", action="store_true", help="measure only the peer, on as many tickets")
    args = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tools"))
    OUT.mkdir(parents=True, exist_ok=True)
    cases = SIZES[args.size]
    with _server() as url:
        if args.peers:
            return _peers(url, cases, args.size)
        _one("postgresql", url, cases, args)
    if args.size == "10k" and not os.environ.get("DATABASE_URL"):
        shutil.rmtree(OUT / "sqlite", ignore_errors=True)
        _one("sqlite", "", cases, args)
    return 0


@contextlib.contextmanager
def _server() -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield given
        return
    import postgres

    with postgres.running(durable=True, options=SETTINGS) as url:
        yield url


def _one(vendor: str, url: str, cases: int, args: argparse.Namespace) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "QINQING_DATA_DIR": str(OUT / vendor)}
    if not _has(environment, cases):
        words = ["bench.generate", "--cases", str(cases), "--check", *(["--csv", args.csv] if args.csv else [])]
        subprocess.run([sys.executable, "-m", *words], env=environment, check=True, cwd=ROOT)
    rows: list[dict[str, Any]] = []
    result: dict[str, Any] = {}
    for group in GROUPS:
        module, *words = group
        if vendor == "sqlite" and module == "writers":
            continue  # one writer at a time is what SQLite is for
        print(f"… {vendor} {' '.join(group)}", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{module}", *words],
            env=environment,
            check=True,
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        rows.extend(json.loads(done.stdout))
        result = _keep(vendor, args.size, cases, rows)
    print(table(result), flush=True)


def _keep(vendor: str, size: str, cases: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Write down what is measured so far: a run cut short keeps its rows."""
    result = {
        "database": vendor,
        "cases": cases,
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[1], 1),
        "rows": rows,
    }
    (OUT / f"{vendor}-{size}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1))
    return result


def _has(environment: dict[str, str], cases: int) -> bool:
    """Say whether the data are there from an earlier run."""
    look = (
        "from bench.house import open_house; open_house()\n"
        "from django.db import connection\n"
        "with connection.cursor() as c:\n"
        " c.execute('SELECT max(id) FROM cases_case'); print(c.fetchone()[0] or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    return done.returncode == 0 and int(done.stdout) >= cases


def table(result: dict[str, Any]) -> str:
    """Return the rows as a Markdown table."""
    head = (
        f"\n{result['database']}, {result['cases']:,} cases, {result['when']}, {result['cores']} cores, load {result['load']}\n\n"
        "| work | p50 ms | p95 ms | own CPU ms | statements | the same bare, p50 | more | aim |\n|---|--:|--:|--:|--:|--:|---|---|"
    )
    return "\n".join([head, *map(_line, result["rows"])])


def _line(row: dict[str, Any]) -> str:
    more = ", ".join(f"{name} {value:,}" for name, value in row["more"].items())
    figures = [row["p50"], row["p95"], row["own"], row["statements"], row["bare_p50"]]
    cells = [f"{figure:,}" if figure else "" for figure in figures]
    return f"| {row['what']} | {' | '.join(cells)} | {more} | {row['aim']} |"


def _peers(url: str, cases: int, size: str) -> int:
    python = ROOT / ".venv-peers" / "bin" / "python"
    if not python.exists():
        sys.exit("no .venv-peers: run make bench PEERS=1")
    environment = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(
        [str(python), "bench/peer_helpdesk.py", str(cases)],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    result = json.loads(done.stdout)
    (OUT / f"helpdesk-{size}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1))
    print(table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
