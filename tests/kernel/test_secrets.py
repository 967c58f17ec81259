"""Sealed at rest: opens with its key and purpose only, keys can be changed, equal values can be found."""

import base64
import os

import pytest

from qinqing.env import env
from qinqing.kernel import secrets


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> "list[str]":
    made = [f"k{n}:{base64.b64encode(os.urandom(32)).decode()}" for n in (1, 2)]
    monkeypatch.setattr(env, "field_keys", made[0])
    return made


class TestSealing:
    def test_comes_back(self) -> None:
        assert secrets.unseal(secrets.seal("13800000000", "contact.phone"), "contact.phone") == "13800000000"
        assert secrets.unseal_bytes(secrets.seal_bytes(b"\x00:\xff", "upload"), "upload") == b"\x00:\xff"

    def test_says_nothing_about_its_content(self) -> None:
        first, second = (secrets.seal("13800000000", "contact.phone") for _ in range(2))
        assert first != second
        assert "138" not in first.partition(":")[2]

    def test_does_not_open_for_another_purpose(self) -> None:
        with pytest.raises(secrets.SealBrokenError):
            secrets.unseal(secrets.seal("13800000000", "contact.phone"), "card.token")

    @pytest.mark.parametrize("spoil", ["", "k9:AAAA", "test:不是", "test:AAAA", "test:" + "A" * 60])
    def test_does_not_open_when_changed(self, spoil: str) -> None:
        with pytest.raises(secrets.SealBrokenError):
            secrets.unseal(spoil, "contact.phone")


class TestKeys:
    def test_a_new_key_seals_and_the_old_one_still_opens(
        self, keys: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = secrets.seal("13800000000", "p")
        old_index = secrets.index("13800000000", "p")
        monkeypatch.setattr(env, "field_keys", f"{keys[1]},{keys[0]}")
        assert secrets.check_keys() == ["k2", "k1"]
        assert secrets.seal("x", "p").startswith("k2:")
        assert secrets.unseal(old, "p") == "13800000000"
        assert old_index in secrets.indexes("13800000000", "p")
        monkeypatch.setattr(env, "field_keys", keys[1])
        with pytest.raises(secrets.SealBrokenError):
            secrets.unseal(old, "p")

    @pytest.mark.parametrize(
        "setting", ["k1", "k1:不是", "k1:AAAA", ",", "k 1:AAAA", "k1:" + "A" * 43 + "=,k1:" + "A" * 43 + "="]
    )
    def test_unusable_setting(self, setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(env, "field_keys", setting)
        with pytest.raises(secrets.BadKeysError):
            secrets.check_keys()

    def test_production_needs_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(env, "mode", "production")
        monkeypatch.setattr(env, "field_keys", "")
        with pytest.raises(secrets.BadKeysError):
            secrets.check_keys()


def test_index_depends_on_purpose_and_key(keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = secrets.index("13800000000", "a")
    assert first == secrets.index("13800000000", "a") != secrets.index("13800000000", "b")
    monkeypatch.setattr(env, "field_keys", keys[1])
    assert secrets.index("13800000000", "a") != first
