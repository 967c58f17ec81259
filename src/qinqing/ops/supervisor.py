"""Two processes as one: started together, stopped together.

`python -m qinqing.ops.supervisor MAIN … -- HELPER …` is the same as a program: it needs none of Django's memory.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

from qinqing.ops.say import warn

PATIENCE_S = 40.0
"""How long a child may take to finish what it is doing after being told to stop."""
PAUSE_S = 2.0
"""How long to wait before a helper that died is started again."""
LOOK_EVERY_S = 0.2


@dataclass
class Child:
    """A process of ours: what people call it and how it is started."""

    name: str
    words: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    died_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it in its own group: Ctrl-C reaches the supervisor only, which then stops everything in order."""
        self.process = subprocess.Popen(list(self.words), env=os.environ, start_new_session=True)  # noqa: S603  our own words

    def ended(self) -> int | None:
        """Return its exit code, or None while it runs."""
        return self.process.poll() if self.process else None

    def stop(self) -> None:
        """Tell it to finish."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, until: float) -> None:
        """Wait for its end up to a moment of the monotonic clock, then end it."""
        if not self.process:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            warn(f"{self.name}没有按时停止，已强行结束。")
            self.process.kill()
            self.process.wait()


def keep_running(*, main: Child, helper: Child) -> int:
    """Run both until `main` ends or this process is told to stop; a helper that dies is started again.

    Returns main's exit code, 0 if it was us who stopped it.
    """
    told: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        main.start()
        helper.start()
        while not told and main.ended() is None:
            _revive(helper)
            time.sleep(LOOK_EVERY_S)
        code = main.ended()
        return 0 if code is None or told else code
    finally:
        for child in (main, helper):
            child.stop()
        until = time.monotonic() + PATIENCE_S
        for child in (main, helper):
            child.wait(until)
        for number, handler in before.items():
            signal.signal(number, handler)


def _revive(helper: Child) -> None:
    if helper.ended() is None:
        return
    if not helper.died_at:
        helper.died_at = time.monotonic()
        warn(f"{helper.name}意外停止（退出码 {helper.ended()}），即将重新启动。")
    elif time.monotonic() - helper.died_at >= PAUSE_S:
        helper.died_at = 0.0
        helper.start()


def take_over(*, main: Child, helper: Child) -> None:
    """Become the supervisor of both, in this process's place and under its number. Does not return."""
    words = [sys.executable, "-m", __name__, *main.words, "--", *helper.words]
    os.execv(sys.executable, words)  # noqa: S606  our own words


if __name__ == "__main__":
    _between = sys.argv.index("--")
    _main, _helper = Child("网站", sys.argv[1:_between]), Child("后台任务", sys.argv[_between + 1 :])
    sys.exit(keep_running(main=_main, helper=_helper))
