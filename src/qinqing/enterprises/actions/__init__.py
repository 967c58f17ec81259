"""Everything that changes firms: `files`, `proposals`, `contacts`, `cards`, `parks`, `imports`."""
