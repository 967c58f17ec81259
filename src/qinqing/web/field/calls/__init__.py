"""The protocol's doors (docs/field-protocol.md): they speak JSON, also when they refuse. A credential opens nothing else."""
