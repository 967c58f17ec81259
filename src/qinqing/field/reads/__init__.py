"""Everything fetched of the field: who is calling (`senders`), what a call is answered (`answers`), what the office sees (`desk`),
what a phone takes along (`bundle`).
"""
