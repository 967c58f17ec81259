"""Everything fetched of cases: one matter, lists, the sheet of one case, the books beside them."""
