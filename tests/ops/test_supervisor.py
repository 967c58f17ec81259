"""Two processes as one: stopping together, starting again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from qinqing.ops.supervisor import Child, keep_running

PYTHON = sys.executable
FOREVER = "import time; time.sleep(60)"


def _write_and(then: str, path: Path) -> list[str]:
    return [PYTHON, "-c", f"open({str(path)!r}, 'a').write('x'); {then}"]


def test_when_main_ends_the_helper_is_stopped_and_its_code_returned(tmp_path: Path) -> None:
    main, helper = Child("网站", [PYTHON, "-c", "raise SystemExit(3)"]), Child("任务", [PYTHON, "-c", FOREVER])
    assert keep_running(main=main, helper=helper) == 3
    assert helper.process is not None
    assert helper.process.poll() == -signal.SIGTERM


def test_a_helper_that_dies_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "starts"
    main = Child("网站", [PYTHON, "-c", "import time; time.sleep(4)"])
    keep_running(main=main, helper=Child("任务", _write_and("raise SystemExit(1)", mark)))
    assert mark.read_text() == "xx"


def test_sigterm_stops_both(tmp_path: Path) -> None:
    program = (
        "import sys; from qinqing.ops.supervisor import Child, keep_running\n"
        f"one = Child('网站', [sys.executable, '-c', {FOREVER!r}]); two = Child('任务', [sys.executable, '-c', {FOREVER!r}])\n"
        "one_start, two_start = one.start, two.start\n"
        "def start():\n"
        "    one_start(); print(one.process.pid, flush=True)\n"
        "def start_two():\n"
        "    two_start(); print(two.process.pid, flush=True)\n"
        "one.start, two.start = start, start_two\n"
        "sys.exit(keep_running(main=one, helper=two))\n"
    )
    family = subprocess.Popen([PYTHON, "-c", program], stdout=subprocess.PIPE, text=True)
    assert family.stdout is not None
    children = [int(family.stdout.readline()) for _ in range(2)]
    family.send_signal(signal.SIGTERM)
    assert family.wait(timeout=20) == 0
    time.sleep(0.1)
    assert not [child for child in children if Path(f"/proc/{child}").exists() and os.getpgid(child) == child]


def test_as_a_program_it_gives_mains_code(tmp_path: Path) -> None:
    main, helper = [PYTHON, "-c", "raise SystemExit(4)"], [PYTHON, "-c", FOREVER]
    words = [PYTHON, "-m", "qinqing.ops.supervisor", *main, "--", *helper]
    assert subprocess.run(words, check=False, timeout=60).returncode == 4
