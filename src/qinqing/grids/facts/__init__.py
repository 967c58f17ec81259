"""What the ledger is told about grids, officers and ties. All of it stands under the community's two lists."""
