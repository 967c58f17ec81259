"""Figures: what came in, what was done in time, what the enterprises said of it. Counted from the ledger, kept as sums."""
