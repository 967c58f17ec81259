"""What the ledger is told of the other contacts with enterprises, one file a topic."""
