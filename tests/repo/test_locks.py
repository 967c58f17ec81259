"""Everything comes by hash, from wherever the reader's machine gets its packages."""

import json
import re

import pytest

from tests.repo import tree

LOCKS = sorted((tree.ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,-]+\])?==\S+", re.IGNORECASE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
class TestPythonLocks:
    def test_every_pin_has_a_hash(self, lock: object) -> None:
        text = lock.read_text()  # type: ignore[attr-defined]
        pins = [block for block in re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE) if PIN.match(block)]
        assert pins
        assert not [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin]

    def test_no_address(self, lock: object) -> None:
        assert not re.findall(r"https?://\S+|--index-url.*|--find-links.*", lock.read_text())  # type: ignore[attr-defined]


def test_the_lock_has_every_dependency() -> None:
    project = (tree.ROOT / "pyproject.toml").read_text()
    wanted = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert wanted
    names = re.findall(r'^\s*"([A-Za-z0-9-]+)', wanted[1], re.MULTILINE)
    locked = (tree.ROOT / "requirements" / "run.txt").read_text().lower()
    assert not [name for name in names if f"\n{name.lower()}==" not in locked and f"\n{name.lower()}[" not in locked]


def test_npm_lock_has_hashes_and_no_address() -> None:
    text = (tree.ROOT / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert not re.findall(r"https?://(?!opencollective|github|paypal|tidelift)\S+", text)
    assert not [name for name, one in packages.items() if name and "integrity" not in one]
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert "omit-lockfile-registry-resolved=true" in (tree.ROOT / ".npmrc").read_text()
    assert packages["node_modules/htmx.org"]["version"] == "2.0.11"
