"""The town as a map: outlines of its communities and parks, taken in from a file of its own. No tile server, no network."""
