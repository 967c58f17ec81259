"""Sealing of personal data at rest: AES-256-GCM with key ids, and a keyed index to find a sealed value again.

QINQING_FIELD_KEYS is "k2:BASE64,k1:BASE64", each key 32 bytes. The first key seals; any listed key opens, so a key is
changed by putting a new one in front and dropping the old one when nothing sealed by it is left.
Every seal is bound to a purpose ("contact.phone"): a sealed phone copied into another column does not open there.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qinqing.env import env

_NONCE = 12


class BadKeysError(ValueError):
    """QINQING_FIELD_KEYS cannot be used; the sentence says why."""


class SealBrokenError(ValueError):
    """A sealed value does not open: its key is not listed, or it was changed, or it belongs to another purpose."""


def seal(text: str, purpose: str) -> str:
    """Return the text sealed, as printable "key-id:BASE64". The same text gives a different seal each time."""
    key_id, sealed = _seal(text.encode(), purpose)
    return f"{key_id}:{base64.b64encode(sealed).decode()}"


def unseal(sealed: str, purpose: str) -> str:
    """Return what `seal` was given.

    Raises:
        SealBrokenError: unknown key id, changed data, or another purpose.
    """
    key_id, _, body = sealed.partition(":")
    try:
        content = base64.b64decode(body, validate=True)
    except ValueError as fault:
        raise SealBrokenError("密文已损坏。") from fault
    return _unseal(key_id, content, purpose).decode()


def seal_bytes(content: bytes, purpose: str) -> bytes:
    """Return content sealed for a binary column: key id, a colon, nonce and ciphertext."""
    key_id, sealed = _seal(content, purpose)
    return key_id.encode() + b":" + sealed


def unseal_bytes(sealed: bytes, purpose: str) -> bytes:
    """Return what `seal_bytes` was given.

    Raises:
        SealBrokenError: as `unseal`.
    """
    key_id, _, body = bytes(sealed).partition(b":")
    return _unseal(key_id.decode(errors="replace"), body, purpose)


def index(text: str, purpose: str) -> str:
    """Return the keyed index to store beside a sealed value: equal texts, equal index; useless without the key."""
    return indexes(text, purpose)[0]


def indexes(text: str, purpose: str) -> list[str]:
    """Return the index under every listed key: search with all of them, so that rows of an old key are found too."""
    return [
        hmac.new(_derive(key, f"index:{purpose}"), text.encode(), hashlib.sha256).hexdigest()
        for key in _keys(env.field_keys, env.mode).values()
    ]


def check_keys() -> list[str]:
    """Return the ids of the usable keys, the sealing one first.

    Raises:
        BadKeysError: the setting is not in the form described above.
    """
    return list(_keys(env.field_keys, env.mode))


def _seal(content: bytes, purpose: str) -> tuple[str, bytes]:
    key_id, key = next(iter(_keys(env.field_keys, env.mode).items()))
    nonce = os.urandom(_NONCE)
    return key_id, nonce + AESGCM(_derive(key, "seal")).encrypt(nonce, content, purpose.encode())


def _unseal(key_id: str, body: bytes, purpose: str) -> bytes:
    key = _keys(env.field_keys, env.mode).get(key_id)
    if key is None:
        raise SealBrokenError(f"密钥 {key_id!r} 不在 QINQING_FIELD_KEYS 里。")
    try:
        return AESGCM(_derive(key, "seal")).decrypt(body[:_NONCE], body[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError) as fault:
        raise SealBrokenError("密文打不开：被改动过，或用途不符。") from fault


@lru_cache(maxsize=64)
def _derive(key: bytes, use: str) -> bytes:
    """Separate the sealing key from the index keys, so that none of them tells anything about another."""
    return hmac.new(key, use.encode(), hashlib.sha256).digest()


@lru_cache(maxsize=4)
def _keys(setting: str, mode: str) -> dict[str, bytes]:
    if not setting.strip():
        if mode == "production":
            raise BadKeysError("正式环境必须设置 QINQING_FIELD_KEYS。")
        # Demo and test data is invented; a fixed key lets a copied demo database open anywhere.
        return {mode: hashlib.sha256(f"qinqing {mode} field key".encode()).digest()}
    keys: dict[str, bytes] = {}
    for part in filter(None, (part.strip() for part in setting.split(","))):
        key_id, colon, encoded = part.partition(":")
        if not colon or not key_id.isalnum() or key_id in keys:
            raise BadKeysError(f"QINQING_FIELD_KEYS 的第{len(keys) + 1}段应形如 k1:BASE64，且编号不重复。")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError as fault:
            raise BadKeysError(f"QINQING_FIELD_KEYS 里 {key_id} 不是 BASE64。") from fault
        if len(key) != 32:
            raise BadKeysError(f"QINQING_FIELD_KEYS 里 {key_id} 应为32字节，现为{len(key)}字节。")
        keys[key_id] = key
    if not keys:
        raise BadKeysError("QINQING_FIELD_KEYS 里没有密钥。")
    return keys
