"""Everything fetched of the statistics."""
