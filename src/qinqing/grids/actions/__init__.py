"""Everything that changes the two lists: grids (`grids`), the roster (`officers`), who answers for whom (`ties`), confirming (`lists`)."""
