"""A process that submits demands one after the other and says each number as it is acknowledged, until it is killed."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.settings")
django.setup()


def main() -> None:
    from django.core.management import call_command

    from tests.cases.world import make_world

    if "migrate" in sys.argv:
        call_command("migrate", verbosity=0)
    world = make_world()
    print("ready", flush=True)
    for number in range(100_000):
        case = world.demand(text=f"第{number}件：东门路灯不亮。")
        print(case.number, flush=True)


if __name__ == "__main__":
    main()
