"""Everything that changes towns and offices (`towns`), accounts (`accounts`), posts (`posts`) and leave (`leaves`)."""
