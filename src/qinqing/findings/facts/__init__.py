"""What the ledger is told of findings and of the two registers."""
