"""Lists as people read them, what they are calculated from, and holding them against the ledger."""
