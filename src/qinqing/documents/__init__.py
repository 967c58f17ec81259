"""Papers 文书: .docx, .xlsx and PDF out of what the other folders keep."""
