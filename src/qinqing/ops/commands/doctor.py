"""`qinqing doctor`: what is wrong with this installation."""

from argparse import Namespace

from qinqing.kernel import clock
from qinqing.ops.checkup import State, examine
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json, table


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("doctor", help="检查这套系统哪里不对，并说明怎么办")
    parser.set_defaults(run=doctor)


def doctor(args: Namespace) -> int:
    """Print every finding; 1 if something is wrong (reminders do not count)."""
    found = examine(clock.now())
    wrong = [one for one in found if one.state is State.WRONG]
    if args.json:
        findings = [
            {"about": one.about, "state": one.state.value, "says": one.says, "remedy": one.remedy} for one in found
        ]
        say_json({"ok": not wrong, "findings": findings})
        return 1 if wrong else 0
    table([(one.state.label, one.about, one.says) for one in found])
    advice = [one for one in found if one.remedy and one.state is not State.WELL]
    if advice:
        say()
        for one in advice:
            say(f"{one.state.label}·{one.about}：{one.remedy}")
    say()
    say(f"有 {len(wrong)} 处需要处理。" if wrong else "没有发现需要处理的问题。")
    return 1 if wrong else 0
