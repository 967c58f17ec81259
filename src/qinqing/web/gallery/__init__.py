"""Every part of our pages in every tone, to look at and to test."""
