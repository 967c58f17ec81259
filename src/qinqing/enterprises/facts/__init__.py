"""What the ledger is told about firms. Kinds are stable for ever; phone numbers never stand in an entry."""
