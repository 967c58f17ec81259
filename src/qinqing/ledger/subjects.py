"""Numbers of ledger subjects for rows whose key is not a number."""

from uuid import UUID


def number_of(key: UUID) -> int:
    """Return the subject number of a row that a phone named by a UUID: its first 63 bits, which fit every database.

    Two rows of one kind with the same number would share a page of the ledger and nothing else; 59 of the bits are random.
    """
    return key.int >> 65
