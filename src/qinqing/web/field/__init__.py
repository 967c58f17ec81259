"""The field: the phone's own page and its calls (`calls`), the office's view of phones and records, photos through the scope check."""
