"""An import contract: a noun's tables are imported inside that noun only; everybody else uses its reads and actions."""

import grimp
from importlinter import Contract, ContractCheck, fields, output


class OwnModels(Contract):
    """`<root>.<noun>.models` (module or folder) may be imported by `<root>.<noun>.…` and by nobody else."""

    type_name = "own_models"
    root = fields.StringField()

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every import of a noun's models from outside that noun."""
        depth = str(self.root).count(".") + 2
        foreign = []
        for imported in sorted(graph.modules):
            parts = imported.split(".")
            if not imported.startswith(f"{self.root}.") or parts[depth : depth + 1] != ["models"]:
                continue
            noun = ".".join(parts[:depth])
            importers = graph.find_modules_that_directly_import(imported)
            foreign += [(one, imported) for one in sorted(importers) if not f"{one}.".startswith(f"{noun}.")]
        return ContractCheck(kept=not foreign, metadata={"foreign": foreign})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that has to go."""
        for importer, imported in check.metadata["foreign"]:
            output.print_error(f"{importer} imports {imported}; use that noun's reads or actions.")
