"""Pure decisions of the field: reading a body (`envelope`), its clock (`clock`), its receipt (`receipts`), what a phone lost (`losses`)."""
