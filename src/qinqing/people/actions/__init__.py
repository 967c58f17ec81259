"""Everything that changes towns and offices (`towns`), accounts (`accounts`) and posts (`posts`)."""
