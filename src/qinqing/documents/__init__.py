"""Papers 文书: .docx and PDF out of what the other folders keep, each one reproducible from its ledger entry."""
