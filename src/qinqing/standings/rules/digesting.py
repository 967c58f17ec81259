"""The digest of a list: what its paper shows, what the ledger keeps, what a recount has to come to."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def digest_of(period: str, until_seq: int, counted_at: str, scores: Iterable[dict[str, Any]]) -> str:
    """Return the SHA-256 of a list: its period, the entry and moment it was made from, every office's sums, points and place."""
    whole = [period, until_seq, counted_at, sorted(scores, key=lambda one: one["office_id"])]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
