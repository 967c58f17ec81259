"""Everything that changes the field: phones (`devices`, `beats`), records (`storing`, `taking`, `amending`), attachments (`pieces`),
receipts (`receipts`), what the office does about the questionable (`handling`).
"""
