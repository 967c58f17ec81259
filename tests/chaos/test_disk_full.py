"""A full disk, really full: the profile lies on a small disk of its own. Quota emulation passes without testing anything."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chaos.handset import Handset
from tests.chaos.proxy import Proxy
from tests.chaos.test_storm import OFFICER, begin, look
from tests.chaos.town import Town

MEGABYTES = 160


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[str]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("NOT SHOWN HERE: this machine lets nobody mount a small disk, so a full one was not tried")
    yield str(place)
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_full_disk_is_said_and_nothing_kept_before_is_lost(
    town: Town, line: Proxy, handset: Callable[..., Handset], small_disk: str
) -> None:
    phone = handset(folder=small_disk)
    begin(phone, OFFICER)
    line.line.is_down = True
    filler = Path(small_disk) / "filler"
    free = os.statvfs(small_disk)
    filler.write_bytes(b"\0" * max(0, free.f_bavail * free.f_frsize - 12_000_000))
    found = phone.ask("window.chaos.fill(200, 900)")
    assert 0 < found["kept"] < 200
    assert "存储满了" in found["fault"], found
    filler.unlink()
    phone.kill()
    phone.open()
    look(phone)
    held = phone.ask("window.chaos.state()")
    draft = next(one for one in held["drafts"] if one["id"] == found["draft"])
    assert draft["text"] == ("满盘之后的文字" if found["text"] else ""), found
    assert len(held["photos"]) == found["kept"]
