"""Taking in what the phones bring, one file a kind of record. What is questionable becomes a flag; nothing is refused for
what it says. Only a record that can be entered nowhere (no such firm) is refused, and then waits with a person.
"""
